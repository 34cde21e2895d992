import { expect, test } from "vitest";
import { scriptIds } from "./script-ids.ts";

test.each([
  ["build", "run_build_script"],
  ["test:unit", "run_test_unit_script"],
  ["build-all", "run_build_all_script"],
  ["buildAll", "run_build_all_script"],
  ["e2e", "run_e2e_script"],
  ["__x__", "run_x_script"],
  ["проверка", "run_unnamed_script"],
  ["2build", "run_2build_script"],
])("%s is %s", (name, id) => {
  expect(scriptIds([name]).get(name)).toBe(id);
});

test("names that look alike have ids of their own, whatever the order they come in", () => {
  const names = ["build:all", "build-all", "buildAll", "build_all_2"];
  const ids = scriptIds(names);
  expect([...ids]).toEqual([...scriptIds(names.toReversed())]);
  expect(new Set(ids.values()).size).toBe(4);
  expect(ids.get("build-all")).toBe("run_build_all_script");
});
