import { expect, test } from "vitest";
import type { FoundConfig } from "./find.ts";
import { hasSetting, layerOf } from "./layers.ts";

const layers = [
  layer("base", { atoms: { build: { inputs: ["a", "b"], command: "x" } }, disable: ["ruff"] }),
  layer("own", { atoms: { build: { inputs: ["c"] } }, timeout: 5 }),
];

test.each([
  [["atoms", "build", "inputs", 0], "own"],
  [["atoms", "build", "command"], "base"],
  [["disable"], "base"],
  [["timeout"], "own"],
  [["atoms", "build", "outputs"], "own"],
  [["nothing"], "own"],
])("%j has its value from %s", (path, expected) => {
  expect(layerOf(layers, path).file).toBe(expected);
});

test("what an object inherits is not written in it", () => {
  expect(hasSetting({}, ["toString"])).toBe(false);
  expect(hasSetting(null, ["a"])).toBe(false);
});

function layer(file: string, value: unknown): FoundConfig {
  return { file, text: "", value, graph: { imports: new Map() } };
}
