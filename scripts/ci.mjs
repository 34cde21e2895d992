// What CI runs on every system: set-up, all checks, all tests, and a last line that can be believed.
import { join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { runSteps, STEPS, timed } from "./lib/steps.mjs";
import { runTests, summary } from "./lib/tests.mjs";
import { projectNode, script, ScriptError, status } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

/** What is done at random, by a few seeds that are printed. Not `performance`: what measures time is no check. */
const STRESSES = ["kill", "crowd", "damage", "edit", "graph", "issues"];

/** @type {import("./lib/tests.mjs").Counts} */
const NO_TESTS = { passed: 0, failed: 0, skipped: 0, reasons: [] };

await script(() => {
  const failedSteps = timed("set-up", succeeds) ? runSteps(STEPS) : ["set-up"];
  const counts = failedSteps.includes("set-up") ? NO_TESTS : timed("tests", () => runTests());
  if (!failedSteps.includes("set-up") && process.platform !== "win32") failedSteps.push(...STRESSES.filter(isStressed));
  const failed = counts.failed + failedSteps.length;
  const notes = [...counts.reasons, ...failedSteps.map((name) => `the step "${name}" failed`)];
  process.stdout.write(`\n${[...notes, `${counts.skipped} skipped`].join("\n")}\n`);
  process.stdout.write(`${summary({ ...counts, failed })}\n`);
  return failed === 0 ? 0 : 1;
});

/** @param {string} name */
function isStressed(name) {
  const argv = [join(ROOT, "scripts/stress.mjs"), name];
  return timed(`stress ${name}`, () => status(projectNode(), argv)) !== 0;
}

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
