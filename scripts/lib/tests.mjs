import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "./paths.mjs";
import { binOf, projectNode, status } from "./run.mjs";

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} reasons what was counted as failed and is no test
 */

/**
 * Runs the test suite and counts from Vitest's own report.
 * @param {readonly string[]} [args] more arguments for Vitest
 * @returns {Counts}
 */
export function runTests(args = []) {
  const report = join(CACHE, "test-report.json");
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = status(projectNode(), [binOf("vitest"), "run", ...reporters, ...args]);
  return count(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined, code);
}

/**
 * A file that could not be loaded, a run that died and an error outside any test have no failed test in the report:
 * each counts as one failure, so that "0 failed" is never printed for a run that failed.
 * @param {any} report
 * @param {number} code
 * @returns {Counts}
 */
export function count(report, code) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, reasons: ["the test run left no report"] };
  const broken = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === "failed" && !file.assertionResults.some((/** @type {any} */ one) => one.status === "failed"),
  );
  const reasons = broken.map((/** @type {any} */ file) => `${file.name} could not run`);
  const failed = report.numFailedTests + reasons.length;
  if (failed === 0 && code !== 0) reasons.push(`the test run ended with exit code ${code}`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + reasons.length,
    skipped: report.numPendingTests + report.numTodoTests,
    reasons,
  };
}

/**
 * The closing line of CI.
 * @param {Counts} counts
 */
export function summary({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
