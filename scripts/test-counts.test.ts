import { expect, test } from "vitest";
import { count, summary } from "./lib/tests.mjs";

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

test("a run that passed is told as it is", () => {
  const counts = count(report, 0);
  expect(counts).toEqual({ passed: 5, failed: 0, skipped: 2, reasons: [] });
  expect(summary(counts)).toBe("5 passed, 0 failed");
});

test("a failed test counts once", () => {
  const file = { name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed" }] };
  expect(count({ ...report, numFailedTests: 1, testResults: [file] }, 1)).toMatchObject({ failed: 1, reasons: [] });
});

test("a file that could not be loaded counts as a failure", () => {
  const file = { name: "a.test.ts", status: "failed", assertionResults: [] };
  const counts = count({ ...report, testResults: [file] }, 1);
  expect(counts).toMatchObject({ failed: 1, reasons: ["a.test.ts could not run"] });
});

test("an error outside any test counts as a failure", () => {
  expect(count(report, 1)).toMatchObject({ failed: 1, reasons: ["the test run ended with exit code 1"] });
});

test("no report is a failure, never zero of zero", () => {
  expect(summary(count(undefined, 0))).toBe("0 passed, 1 failed");
});
