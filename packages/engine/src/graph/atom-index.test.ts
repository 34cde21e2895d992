import { expect, test } from "vitest";
import { sampleAtom, samplePlugin } from "../../test/support/sample-tasks.ts";
import { indexAtoms } from "./atom-index.ts";

const one = samplePlugin("one", { atoms: { run_a: sampleAtom({ alias: "a" }) }, targets: { check: ["run_a"] } });
const two = samplePlugin("two", {
  atoms: { run_b: sampleAtom({ alias: "b" }) },
  targets: { check: ["b"], all: ["check", "a"] },
});

test("the same target of several plugins adds up, and targets may hold targets", () => {
  const index = indexAtoms([one, two], {});
  expect(index.ok && Object.fromEntries(index.value.targets)).toEqual({
    all: ["run_a", "run_b"],
    check: ["run_a", "run_b"],
  });
});

test("a target of the configuration takes the place of the plugins'", () => {
  const index = indexAtoms([one, two], { check: ["b"], mine: ["all"] });
  expect(index.ok && Object.fromEntries(index.value.targets)).toEqual({
    all: ["run_b", "run_a"],
    check: ["run_b"],
    mine: ["run_b", "run_a"],
  });
});

test("an atom is found by id and by alias", () => {
  const index = indexAtoms([one, two], {});
  expect(index.ok && [index.value.find("run_b")?.id, index.value.find("b")?.id, index.value.find("c")]).toEqual([
    "run_b",
    "run_b",
    undefined,
  ]);
});

test("two owners of one name are refused, both named", () => {
  const rival = samplePlugin("rival", { atoms: { run_c: sampleAtom({ alias: "a" }) } });
  expect(errors(indexAtoms([one, rival], {}))).toEqual([
    "SYM1305 `a` names an atom of plugin one and one of plugin rival",
  ]);
});

test("a target that names nothing, or itself, is refused", () => {
  expect(errors(indexAtoms([one], { check: ["nothing"] }))).toEqual([
    "SYM1205 target `check` names `nothing`, which is no atom and no target",
  ]);
  expect(errors(indexAtoms([one], { x: ["y"], y: ["x"] }))).toContain("SYM1205 target `x` contains itself");
});

function errors(result: ReturnType<typeof indexAtoms>): string[] {
  return result.ok ? [] : result.error.map(({ code, message }) => `${code} ${message}`);
}
