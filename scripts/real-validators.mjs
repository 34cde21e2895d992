// Compares validators with their tools run by hand, in clones of real repositories: `node scripts/real-validators.mjs
// <checkout>... [--validators <name>,<name>] [--report <file>] [--local-hooks] [--symbiotic <file>]`. docs/real-repositories.md says which.
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./lib/paths.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { serveAdvisories } from "./real-repositories/advisories.mjs";
import { listOf, table } from "./real-repositories/report.mjs";
import { openSource } from "./real-repositories/validator-clones.mjs";
import { tryValidator } from "./real-repositories/validator-trial.mjs";
import { BY_HAND } from "./real-repositories/validators-by-hand.mjs";

/** @typedef {import("./real-repositories/validator-trial.mjs").Trial} Trial */

await script(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      validators: { type: "string", default: Object.keys(BY_HAND).join(",") },
      "local-hooks": { type: "boolean", default: false },
      report: { type: "string" },
      symbiotic: { type: "string", default: join(ROOT, "packages/cli/bin/symbiotic.js") },
    },
  });
  if (positionals.length === 0)
    throw new ScriptError("name at least one checkout; docs/real-repositories.md has how to make them");
  const validators = values.validators.split(",");
  const unknown = validators.filter((name) => !(name in BY_HAND));
  if (unknown.length > 0) throw new ScriptError(`no validator is called ${unknown.join(", ")}`);
  const symbiotic = resolve(values.symbiotic);
  if (!existsSync(symbiotic))
    throw new ScriptError(`${values.symbiotic} is not there; run \`node scripts/setup.mjs\` first`);
  const trials = await tryAll(positionals, validators, { symbiotic, hooksAreLocal: values["local-hooks"] });
  const report = reportOf(trials);
  process.stdout.write(report);
  if (values.report !== undefined) writeFileSync(values.report, report);
  return trials.some(({ differences }) => differences.length > 0) ? 1 : 0;
});

/**
 * @param {readonly string[]} checkouts
 * @param {readonly string[]} validators
 * @param {{ symbiotic: string, hooksAreLocal: boolean }} options
 */
async function tryAll(checkouts, validators, options) {
  const advisories = await serveAdvisories();
  /** @type {Trial[]} */
  const trials = [];
  try {
    for (const source of checkouts.map(openSource)) {
      for (const validator of validators) {
        const folder = realpathSync(mkdtempSync(join(tmpdir(), "validators-")));
        process.stderr.write(`${source.name}: ${validator}\n`);
        try {
          trials.push(await tryValidator(source, validator, { ...options, folder, osvUrl: advisories.url }));
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }
    }
  } finally {
    advisories.stop();
  }
  return trials;
}

/** @param {readonly Trial[]} trials */
function reportOf(trials) {
  const rows = trials.map((trial) => [
    trial.name,
    `\`${trial.commit.slice(0, 12)}\``,
    trial.validator,
    trial.release,
    trial.found,
    trial.byHand,
    String(trial.differences.length),
    trial.again,
  ]);
  const head = ["repository", "commit", "validator", "release", "findings", "by hand", "differences", "second run"];
  const different = trials.flatMap(({ name, validator, differences }) =>
    differences.map((text) => `${name}, ${validator}: ${text}`),
  );
  return `${table(head, rows)}\n\n${different.length === 0 ? "No difference." : listOf(different)}\n`;
}
