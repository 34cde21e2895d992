// Holds the score of `issues plan` against a real history: `node scripts/merge-history.mjs <repository> [--merges N] [--proof <file>]`.
// Of each merge, both sides become an issue document, and git says whether they conflicted. docs/issues-plan.md has the formula.
import { basename, resolve } from "node:path";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildIsFresh } from "./lib/digest.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { mergesOf } from "./merge-history/merges.mjs";
import { riskOf } from "./merge-history/risk-of.mjs";
import { measured, pageOf } from "./merge-history/told.mjs";

const KINDS = /** @type {const} */ (["paths", "folders", "words"]);

await script(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { merges: { type: "string", default: "400" }, proof: { type: "string" }, name: { type: "string" } },
  });
  const [given] = positionals;
  if (given === undefined) throw new ScriptError("name a clone of a repository, with its history");
  if (!buildIsFresh()) throw new ScriptError("the build is missing or older than the sources: run `pnpm build` first");
  const repository = resolve(given);
  const merges = mergesOf(repository, Number(values.merges));
  if (merges.length === 0) throw new ScriptError("its history has no merge of two sides that both have commits");
  const tried = merges.map((merge) => ({
    merge,
    risks: Object.fromEntries(KINDS.map((kind) => [kind, riskOf(merge, kind, repository)])),
  }));
  const page = pageOf(
    values.name ?? basename(repository),
    tried,
    Object.fromEntries(KINDS.map((kind) => [kind, measured(tried, kind)])),
  );
  process.stdout.write(page);
  if (values.proof !== undefined) writeFileSync(values.proof, page);
  return 0;
});
