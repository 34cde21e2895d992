import { expect, test } from "vitest";
import { plugin, pytest } from "./index.ts";

test("the plugin is found under both names, and its atom, gates and targets belong together", () => {
  expect(pytest).toBe(plugin);
  const { spec } = plugin();
  expect(spec).toMatchObject({ api: 1, name: "pytest" });
  expect(Object.keys(spec.atoms ?? {})).toEqual(["run_pytest_unit_with_coverage"]);
  expect(Object.values(spec.gates ?? {}).map((gate) => gate.reads)).toEqual([
    ["run_pytest_unit_with_coverage"],
    ["run_pytest_unit_with_coverage"],
    ["run_pytest_unit_with_coverage"],
  ]);
  expect(spec.targets).toEqual({ test: ["run_pytest_unit_with_coverage"], gates: ["run_pytest_unit_with_coverage"] });
});

test("without options there are all of them, as JSON", () => {
  const { spec } = plugin();
  const parsed = spec.options.parse(undefined);
  expect(parsed).toEqual({ args: [], coverage: true, testPaths: [], data: [], granularity: "recorded" });
  expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
});

test("an option that there is not is refused by name", () => {
  const result = plugin().spec.options.safeParse({ argz: [] });
  expect(result.success ? "" : JSON.stringify(result.error.issues)).toContain("argz");
});
