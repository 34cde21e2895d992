import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

test("coverage that the repository asks for itself is seen in both spellings", () => {
  expect(readArguments(["--cov"]).measures).toBe(true);
  expect(readArguments(["--cov=src", "--cov-report", "html:x", "--cov-report=term-missing"])).toMatchObject({
    measures: true,
    reports: ["html", "term-missing"],
  });
  expect(readArguments(["--cov-report=xml"]).measures).toBe(false);
});

test.each([[["--no-cov"]], [["-p", "no:cov"]], [["-pno:pytest_cov"]]])("%j switches coverage off", (words) => {
  expect(readArguments(words).blocksCoverage).toBe(true);
});

test("the last --cov-fail-under counts, and 0 demands nothing", () => {
  expect(readArguments(["--cov-fail-under=80", "--cov-fail-under", "92.5"]).failUnder).toBe(92.5);
  expect(readArguments(["--cov-fail-under=0"]).failUnder).toBeNull();
});
