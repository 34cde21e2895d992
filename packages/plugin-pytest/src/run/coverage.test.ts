import { expect, test } from "vitest";
import { fixture } from "../../test/fixture.ts";
import { readCoverage, roundCovered } from "./coverage.ts";
import { placesOf } from "./places.ts";

test("no rounding makes nearly all into all, or little into nothing", () => {
  expect(roundCovered(99.999, 1)).toBe(99.9);
  expect(roundCovered(100, 1)).toBe(100);
  expect(roundCovered(0.001, 1)).toBe(0.1);
  expect(roundCovered(0, 1)).toBe(0);
  expect(roundCovered(91.25, 1)).toBe(91.3);
});

test("a report of coverage.py 7.17 gives totals, and the lines of each file from the repository root", () => {
  const coverage = readCoverage(fixture("coverage.json"), placesOf("/home/user/shop/api", "api"));
  expect(coverage?.metrics).toEqual([
    { name: "coverage", value: 66.67, unit: "%" },
    { name: "covered_lines", value: 5, unit: "lines" },
    { name: "lines", value: 7, unit: "lines" },
    { name: "covered_branches", value: 1, unit: "branches" },
    { name: "branches", value: 2, unit: "branches" },
  ]);
  expect(coverage?.files).toEqual({
    "api/shop/__init__.py": { executed: "1-2,5,7", missing: "3,8", branches: { executed: "2>5", missing: "2>3" } },
    "core/core.py": { executed: "1", missing: "" },
  });
});

test("a report that is cut off or of another shape is none", () => {
  const places = placesOf("/home/user/shop/api", "api");
  expect(readCoverage(fixture("coverage.json").slice(0, -20), places)).toBeUndefined();
  expect(readCoverage(`{"files": {}}`, places)).toBeUndefined();
});
