import { expect, test } from "vitest";
import { sampleAtom, samplePlugin, sampleWorkspace } from "../../test/support/sample-tasks.ts";
import { indexAtoms, type AtomIndex } from "./atom-index.ts";
import { selectAtoms, selectProjects } from "./selection.ts";

const workspace = sampleWorkspace({ core: [], "lib-a": ["core"], api: ["lib-a"], docs: [] });

test.each([
  [[], ["api", "core", "docs", "lib-a"]],
  [["api"], ["api"]],
  [["api..."], ["api", "core", "lib-a"]],
  [["...core"], ["api", "core", "lib-a"]],
  [["...lib-a..."], ["api", "core", "lib-a"]],
  [
    ["lib-*", "docs"],
    ["docs", "lib-a"],
  ],
  [["./docs"], ["docs"]],
  [["./docs/"], ["docs"]],
  [["./*"], ["api", "core", "docs", "lib-a"]],
] as const)("the filters %j mean %j", (filters, expected) => {
  const chosen = selectProjects(filters, [], workspace);
  expect(chosen.ok ? [...chosen.value].sort() : chosen.error).toEqual(expected);
});

test("what is excluded is taken away, with the same words", () => {
  const chosen = selectProjects([], ["...lib-a", "docs"], workspace);
  expect(chosen.ok && [...chosen.value]).toEqual(["core"]);
});

test("a filter that means nothing is an error each, with what was meant", () => {
  const chosen = selectProjects(["cor", "tag:rust"], ["nothing-near"], workspace);
  expect(chosen.ok ? [] : chosen.error.map(({ code, message, hint }) => [code, message, hint])).toEqual([
    ["SYM2003", "no project is called `cor`", "did you mean `core`?"],
    ["SYM2003", "no project is called `tag:rust`", "`symbiotic projects` lists them"],
    ["SYM2003", "no project is called `nothing-near`", "`symbiotic projects` lists them"],
  ]);
});

test("a name is a target, an atom's id or its alias, and may name a project in front", () => {
  const wanted = (name: string): unknown => {
    const found = selectAtoms([name], index(), workspace);
    return found.ok ? found.value : found.error.map(({ code }) => code);
  };
  expect(wanted("check")).toEqual([{ atom: "run_lint" }, { atom: "run_tests" }]);
  expect(wanted("lint")).toEqual([{ atom: "run_lint" }]);
  expect(wanted("api:run_tests")).toEqual([{ atom: "run_tests", project: "api" }]);
  expect(wanted("api:check")).toEqual([
    { atom: "run_lint", project: "api" },
    { atom: "run_tests", project: "api" },
  ]);
  expect(wanted("web:lint")).toEqual(["SYM2003"]);
  expect(wanted("lnt")).toEqual(["SYM2001"]);
});

function index(): AtomIndex {
  const atoms = { run_lint: sampleAtom({ alias: "lint" }), run_tests: sampleAtom() };
  const found = indexAtoms([samplePlugin("sample", { atoms, targets: { check: ["lint", "run_tests"] } })], {});
  if (!found.ok) throw new Error("the sample is wrong");
  return found.value;
}

test("an atom or target whose name holds colons is meant by its whole name, with a project in front as well", () => {
  const atoms = { run_unit: sampleAtom({ alias: "unit" }) };
  const indexed = indexAtoms([samplePlugin("sample", { atoms, targets: { "test:unit": ["run_unit"] } })], {});
  if (!indexed.ok) throw new Error("the sample is wrong");
  const chosen = selectAtoms(["test:unit", "api:test:unit", "api:unit"], indexed.value, workspace);
  expect(chosen.ok ? chosen.value : chosen.error).toEqual([
    { atom: "run_unit" },
    { atom: "run_unit", project: "api" },
    { atom: "run_unit", project: "api" },
  ]);
  const unknown = selectAtoms(["api:test:integration"], indexed.value, workspace);
  expect(unknown.ok ? [] : unknown.error.map(({ message }) => message)).toEqual(["no project is called `api:test`"]);
});
