// What CI runs on every system: set-up, all checks, all tests, and a last line that can be believed.
import { runSteps, STEPS, timed } from "./lib/steps.mjs";
import { runTests, summary } from "./lib/tests.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

/** @type {import("./lib/tests.mjs").Counts} */
const NO_TESTS = { passed: 0, failed: 0, skipped: 0, reasons: [] };

await script(() => {
  const failedSteps = timed("set-up", succeeds) ? runSteps(STEPS) : ["set-up"];
  const counts = failedSteps.includes("set-up") ? NO_TESTS : timed("tests", () => runTests());
  const failed = counts.failed + failedSteps.length;
  const notes = [...counts.reasons, ...failedSteps.map((name) => `the step "${name}" failed`)];
  process.stdout.write(`\n${[...notes, `${counts.skipped} skipped`].join("\n")}\n`);
  process.stdout.write(`${summary({ ...counts, failed })}\n`);
  return failed === 0 ? 0 : 1;
});

function succeeds() {
  try {
    setUp();
    return true;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    process.stdout.write(`error  ${error.message}\n`);
    return false;
  }
}
