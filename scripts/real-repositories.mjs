// Proves the main job on checkouts of real repositories: `node scripts/real-repositories.mjs <checkout>... [--projects <filter>]
// [--report <file>] [--recordings <folder>] [--symbiotic <file>]`. docs/real-repositories.md says how to make the checkouts.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./lib/paths.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { openCheckout } from "./real-repositories/checkout.mjs";
import { reportOf } from "./real-repositories/report.mjs";
import { tryCheckout } from "./real-repositories/trial.mjs";

await script(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      projects: { type: "string", multiple: true, default: [] },
      report: { type: "string" },
      recordings: { type: "string" },
      symbiotic: { type: "string", default: join(ROOT, "packages/cli/bin/symbiotic.js") },
    },
  });
  if (positionals.length === 0)
    throw new ScriptError("name at least one checkout; docs/real-repositories.md has how to make them");
  const symbiotic = resolve(values.symbiotic);
  if (!existsSync(symbiotic))
    throw new ScriptError(`${values.symbiotic} is not there; run \`node scripts/setup.mjs\` first`);
  const checkouts = positionals.map((path) => openCheckout(path, symbiotic));
  const temporary = mkdtempSync(join(tmpdir(), "recordings-"));
  const recordings = values.recordings === undefined ? temporary : resolve(values.recordings);
  try {
    const trials = checkouts.map((checkout) => tryCheckout(checkout, { filters: values.projects, recordings, say }));
    const report = reportOf(trials);
    process.stdout.write(report);
    if (values.report !== undefined) writeFileSync(values.report, report);
    return trials.some(({ differences }) => differences.length > 0) ? 1 : 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}
