import type { Derived } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { options, type NodeOptionsInput } from "../options.ts";
import { derive } from "./derive.ts";

function derived(packages: readonly Readonly<Record<string, string>>[], given?: NodeOptionsInput): Derived {
  const files = [
    { path: "package.json", text: JSON.stringify({ workspaces: ["*"] }) },
    ...packages.map((scripts, index) => ({
      path: `p${String(index)}/package.json`,
      text: JSON.stringify({ name: `p${String(index)}`, scripts }),
    })),
  ];
  const result = derive({ options: options.parse(given), files });
  if (!result.ok) throw new Error("not derived");
  return result.value;
}

test("there is one atom for each name, whichever packages have it, and a target of that name", () => {
  const { atoms, targets } = derived([{ build: "a", lint: "b" }, { build: "c" }, {}]);
  expect(atoms.map(({ id, title, kind }) => [id, title, kind])).toEqual([
    ["run_build_script", "build", "check"],
    ["run_lint_script", "lint", "check"],
  ]);
  expect(targets).toEqual({ build: ["run_build_script"], lint: ["run_lint_script"] });
});

test("what is there does not depend on the order of packages and scripts", () => {
  const packages = [
    { "build:all": "a", "build-all": "b" },
    { test: "c", buildAll: "d" },
  ];
  expect(derived(packages.toReversed())).toEqual(derived(packages));
});

test("a script whose outputs are known is a build, in one package too", () => {
  const kind = (given: NodeOptionsInput): string | undefined => derived([{ build: "a" }], given).atoms[0]?.kind;
  expect(kind({ scripts: { build: { outputs: ["dist"] } } })).toBe("build");
  expect(kind({ packages: { p0: { scripts: { build: { outputs: ["dist"] } } } } })).toBe("build");
  expect(kind({ scripts: { build: { outputs: [] } } })).toBe("check");
});

test("what changes files or the world is of that kind", () => {
  const { atoms } = derived([{ format: "prettier --write .", deploy: "x" }]);
  expect(atoms.map(({ kind }) => kind)).toEqual(["effect", "edit"]);
});

test("a build waits for the builds behind it, tests for their own, type checks for those behind", () => {
  const { atoms } = derived([{ build: "a", test: "b", typecheck: "c", lint: "d", "test:watch": "e" }]);
  const first = Object.fromEntries(
    atoms.map(({ title, params }) => [title, (params as { dependsOn: string[] }).dependsOn]),
  );
  expect(first).toEqual({
    build: ["^run_build_script"],
    test: ["run_build_script", "^run_build_script"],
    "test:watch": ["run_build_script", "^run_build_script"],
    typecheck: ["^run_build_script"],
    lint: [],
  });
});

test("without builds nothing waits for them", () => {
  expect(derived([{ test: "b" }]).atoms[0]?.params).toMatchObject({ dependsOn: [] });
});

test("a script joins the targets that its settings name", () => {
  const { targets } = derived([{ lint: "a", test: "b" }], {
    scripts: { "*": { targets: ["gates"] }, test: { targets: ["validate"] } },
  });
  expect(targets).toEqual({
    gates: ["run_lint_script"],
    lint: ["run_lint_script"],
    test: ["run_test_script"],
    validate: ["run_test_script"],
  });
});
