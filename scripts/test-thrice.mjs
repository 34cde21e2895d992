// Runs the suite three times, each in another order: `node scripts/test-thrice.mjs [seed seed seed]`.
import { randomInt } from "node:crypto";
import { script } from "./lib/run.mjs";
import { runTests, summary } from "./lib/tests.mjs";
import { setUp } from "./setup.mjs";

await script(() => {
  setUp();
  const given = process.argv.slice(2).map(Number);
  const seeds = given.length > 0 ? given : Array.from({ length: 3 }, () => randomInt(1, 2 ** 31));
  const runs = seeds.map((seed) => ({ seed, counts: runTests([`--sequence.seed=${seed}`]) }));
  for (const { seed, counts } of runs) {
    process.stdout.write(`${[`seed ${seed}: ${summary(counts)}`, ...counts.reasons].join("\n  ")}\n`);
  }
  return runs.every(({ counts }) => counts.failed === 0) ? 0 : 1;
});
