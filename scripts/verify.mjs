// From a fresh clone to passed tests, in one command: `node scripts/verify.mjs`.
import { script } from "./lib/run.mjs";
import { runTests, summary } from "./lib/tests.mjs";
import { setUp } from "./setup.mjs";

await script(() => {
  setUp();
  const counts = runTests(process.argv.slice(2));
  process.stdout.write(`\n${[...counts.reasons, `${counts.skipped} skipped`, summary(counts)].join("\n")}\n`);
  return counts.failed === 0 ? 0 : 1;
});
