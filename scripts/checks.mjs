// The checks beside the tests: all of them, or those that are named. `.ci/run` does all between set-up and tests.
import { script, ScriptError } from "./lib/run.mjs";
import { runSteps, STEPS } from "./lib/steps.mjs";
import { setUp } from "./setup.mjs";

await script(() => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new ScriptError(`no check ${unknown.join(", ")}; there is: ${STEPS.map(({ name }) => name).join(", ")}`);
  }
  const chosen = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (chosen.some(({ needsBuild }) => needsBuild)) setUp();
  const failed = runSteps(chosen);
  process.stdout.write(failed.length === 0 ? "\nall passed\n" : `\nfailed: ${failed.join(", ")}\n`);
  return failed.length === 0 ? 0 : 1;
});
