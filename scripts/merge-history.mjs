// Holds the score of `issues plan` against real histories: `node scripts/merge-history.mjs <name>=<clone>... [--merges N] [--proof]`.
// Of each merge, both sides become an issue document, and git says whether they conflicted. docs/issues-plan.md has the formula.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildIsFresh } from "./lib/digest.mjs";
import { ROOT } from "./lib/paths.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { mergesOf } from "./merge-history/merges.mjs";
import { riskOf } from "./merge-history/risk-of.mjs";
import { headOf, measured, pageOf } from "./merge-history/told.mjs";

const KINDS = /** @type {const} */ (["paths", "folders", "words"]);

await script(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { merges: { type: "string", default: "400" }, proof: { type: "boolean", default: false } },
  });
  if (positionals.length === 0) throw new ScriptError("name clones with their history: `pallets/click=../click`");
  if (!buildIsFresh()) throw new ScriptError("the build is missing or older than the sources: run `pnpm build` first");
  const count = Number(values.merges);
  if (!Number.isInteger(count) || count < 1) throw new ScriptError(`${values.merges} is no number of merges`);
  const pages = positionals.map((given) => tried(given, count));
  const page = [headOf(count, positionals.map(nameOf)), ...pages].join("\n");
  process.stdout.write(page);
  if (values.proof) writeFileSync(join(ROOT, "docs/proofs/issues-plan.md"), page);
  return 0;
});

/** @param {string} given @param {number} count */
function tried(given, count) {
  const repository = resolve(given.slice(given.indexOf("=") + 1));
  const merges = mergesOf(repository, count);
  if (merges.length === 0) throw new ScriptError(`${given}: no merge of two sides that both have commits`);
  const all = merges.map((merge) => ({
    merge,
    risks: Object.fromEntries(KINDS.map((kind) => [kind, riskOf(merge, kind, repository)])),
  }));
  return pageOf(nameOf(given), all, Object.fromEntries(KINDS.map((kind) => [kind, measured(all, kind)])));
}

/** @param {string} given */
function nameOf(given) {
  return given.split("=")[0] ?? given;
}
