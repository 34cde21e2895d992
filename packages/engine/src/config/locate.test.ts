import { expect, test } from "vitest";
import { locate, type KeyPath } from "./locate.ts";

const TYPESCRIPT = `import { defineConfig, type Config } from "@symbiotic-build/engine";
import { ruff } from "@symbiotic-build/plugin-ruff";

const config: Config = defineConfig({
  "timeout": 60,
  cache: { dir: ".cache" } as const,
  plugins: [ruff(), ruff({ select: ["E"] })],
} satisfies Config);

export default config;
`;

test.each<[KeyPath, string]>([
  [["timeout"], '5:3 "timeout"'],
  [["cache", "dir"], "6:12 dir"],
  [["plugins", 1, "options", "select"], "7:28 select"],
  [["plugins", 0], "7:13 ruff()"],
  [["plugins", 0, "options", "select"], "7:13 ruff()"],
  [["cache", "maxBytes"], "6:3 cache"],
])("in TypeScript, %j stands at %s", async (path, expected) => {
  expect(await placed("symbiotic.config.ts", TYPESCRIPT, path)).toBe(expected);
});

test.each<[string, string, KeyPath, string]>([
  ["a.config.cjs", "module.exports = {\n  disable: [],\n};\n", ["disable"], "2:3 disable"],
  ["a.config.mjs", "export default { disable: [] };\n", ["disable"], "1:18 disable"],
  ["a.config.json", '{\n  "gates": { "x": { "thresold": 1 } }\n}\n', ["gates", "x", "thresold"], '2:21 "thresold"'],
  ["a.config.json", '{ "disable": ["ruff", 3] }\n', ["disable", 1], "1:23 3"],
  ["a.config.yaml", "gates:\n  x:\n    thresold: 1\n", ["gates", "x", "thresold"], "3:5 thresold"],
  ["package.json", '{ "name": "x", "symbiotic": { "base": 1 } }\n', ["base"], '1:31 "base"'],
])("in %s, `%s`: %j stands at %s", async (file, text, path, expected) => {
  expect(await placed(file, text, path)).toBe(expected);
});

test("where nothing of the path is written there is no place", async () => {
  expect(await locate("a.config.ts", "export default make();\n", ["base"])).toBeUndefined();
  expect(await locate("a.config.json", "{}", ["base"])).toBeUndefined();
});

test("lines that end as on Windows count the same", async () => {
  expect(await placed("a.config.json", '{\r\n  "base": 1\r\n}\r\n', ["base"])).toBe('2:3 "base"');
});

async function placed(file: string, text: string, path: KeyPath): Promise<string | undefined> {
  const place = await locate(file, text, path);
  if (place === undefined) return undefined;
  const { line = 0, column = 0, length = 0 } = place.location;
  return `${String(line)}:${String(column)} ${place.excerpt.slice(column - 1, column - 1 + length)}`;
}
