import { join } from "node:path";
import { symbioticOf } from "./checkout.mjs";
import { differences } from "./compare.mjs";
import { CONFIGURATIONS } from "./configurations.mjs";
import { localHooks } from "./local-hooks.mjs";
import { output, run } from "./processes.mjs";
import { cloneFor, releaseOf, visibleFiles } from "./validator-clones.mjs";
import { tupleOf, tuplesOf } from "./validator-tuples.mjs";
import { BY_HAND } from "./validators-by-hand.mjs";

/** @typedef {import("./validator-clones.mjs").Source} Source */
/** @typedef {import("./validator-tuples.mjs").Told} Told */
/** @typedef {{ id: string, status: string, cache: string, reason: string | null, summary: string, diagnostics: { code: string, message: string }[] }} Task */
/** @typedef {{ tasks: Task[], findings: Told[], diagnostics: { code: string, message: string }[] }} Summary */
/** @typedef {{ symbiotic: string, folder: string, osvUrl: string, hooksAreLocal: boolean }} Settings */

/**
 * @typedef {object} Trial
 * @property {string} name
 * @property {string} commit
 * @property {string} validator
 * @property {string} release
 * @property {string} found the number of findings, or why there are none
 * @property {string} byHand
 * @property {string} again what the second run did
 * @property {string[]} differences
 */

/** Those whose results are never kept. */
const NEVER_CACHED = ["gitleaks-history", "pip-audit", "pre-commit", "hyperfine", "dbt", "great-expectations"];

/**
 * Runs a validator twice with symbiotic and its tool once by hand, each side in a clone of its own, and compares.
 * @param {Source} source
 * @param {string} validator
 * @param {Settings} settings
 * @returns {Promise<Trial>}
 */
export async function tryValidator(source, validator, settings) {
  const configuration = CONFIGURATIONS[validator]?.(settings);
  const clone = (/** @type {string} */ name) =>
    cloneFor(source, validator, { folder: join(settings.folder, name), configuration, symbiotic: settings.symbiotic });
  const [own, other] = [clone("symbiotic"), clone("hand")];
  if (validator === "pre-commit" && settings.hooksAreLocal) {
    const env = localHooks(own.root, settings.folder);
    for (const each of [own, other]) Object.assign(each.env, env);
  }
  const first = runOnce(validator, own, settings);
  const second = runOnce(validator, own, settings);
  const left = leftIn(own);
  const release = releaseOf(validator, own);
  const trial = { name: source.name, commit: source.commit, validator, release };
  const why = whyNothing(first);
  const byHand = BY_HAND[validator];
  if (byHand === undefined || why?.status === "skipped")
    return { ...trial, found: why?.text ?? "", byHand: "not run", again: "", differences: [] };
  const hand = await byHand({
    root: other.root,
    env: { ...other.env, OSV_URL: settings.osvUrl },
    temporary: settings.folder,
  });
  // A warehouse that is a file of the repository is written to by hand, too.
  const written = validator === "dbt" ? leftIn(other).filter((line) => line.startsWith(" M ")) : [];
  const strange = left.filter((line) => !written.includes(line)).map((line) => `left in the work tree: ${line}`);
  if (hand.refused !== undefined || why !== undefined) {
    const isBoth = hand.refused !== undefined && why !== undefined;
    const texts = [`symbiotic: ${why?.text ?? "has findings"}`, `by hand: ${hand.refused ?? "has findings"}`];
    return {
      ...trial,
      found: why?.text ?? String(first.findings.length),
      byHand: hand.refused ?? String(hand.found.length),
      again: "",
      differences: [...strange, ...(isBoth ? [] : texts)],
    };
  }
  const visible = visibleFiles(other);
  const wanted = hand.onlyVisible === false ? hand.found : hand.found.filter((tuple) => visible.has(fileOf(tuple)));
  const found = tuplesOf(validator, first.findings);
  return {
    ...trial,
    found: String(found.length),
    byHand: String(wanted.length),
    again: hitsOf(second),
    differences: [...strange, ...differences("finding", wanted, found), ...compareAgain(validator, first, second)],
  };
}

/**
 * What git sees that is new in a clone.
 * @param {{ root: string }} clone
 */
function leftIn({ root }) {
  return output("git", ["status", "--porcelain", "--untracked-files=all"], { cwd: root }).split("\n").filter(Boolean);
}

/** @param {string} tuple */
function fileOf(tuple) {
  return tuple.replace(/:\d+ [^:]*$/, "");
}

/**
 * @param {string} validator
 * @param {{ root: string, env: NodeJS.ProcessEnv }} clone
 * @param {Settings} settings
 * @returns {Summary}
 */
function runOnce(validator, { root, env }, { symbiotic, folder }) {
  const { file, first } = symbioticOf({ symbiotic });
  const own = { ...env, SYMBIOTIC_CACHE_DIR: join(folder, "cache") };
  const done = run(file, [...first, "run", validator, "--json"], { cwd: root, env: own });
  try {
    return JSON.parse(done.stdout);
  } catch {
    const message = `exit code ${done.code}, no summary: ${done.stderr.trim().split("\n").slice(0, 3).join(" ")}`;
    return { tasks: [], findings: [], diagnostics: [{ code: "", message }] };
  }
}

/**
 * Where there is no task with a result: a reason.
 * @param {Summary} summary
 * @returns {{ status: string, text: string } | undefined}
 */
function whyNothing({ tasks, diagnostics }) {
  const broken = tasks.find(({ status }) => status === "broken");
  if (broken !== undefined)
    return { status: "broken", text: broken.diagnostics.map(({ code, message }) => `${code} ${message}`).join("; ") };
  if (tasks.some(({ status }) => status === "ok" || status === "failed")) return undefined;
  const skipped = tasks.find(({ status }) => status === "skipped");
  if (skipped !== undefined) return { status: "skipped", text: `skipped: ${skipped.reason ?? skipped.summary}` };
  const [first] = diagnostics;
  return first === undefined
    ? { status: "skipped", text: "no task" }
    : { status: "broken", text: `${first.code} ${first.message}` };
}

/** @param {Summary} summary */
function hitsOf({ tasks }) {
  const ended = tasks.filter(({ status }) => status === "ok");
  return `${ended.filter(({ cache }) => cache === "hit").length} of ${ended.length} served`;
}

/**
 * The second run says the same, from the cache where the result may be kept.
 * @param {string} validator
 * @param {Summary} first
 * @param {Summary} second
 * @returns {string[]}
 */
export function compareAgain(validator, first, second) {
  const isKept = !NEVER_CACHED.includes(validator);
  const wrong = second.tasks.filter(({ status, cache }) => status === "ok" && (cache === "hit") !== isKept);
  return [
    ...wrong.map(({ id, cache }) => `${id} in the second run: ${cache}`),
    ...differences("finding of the second run", first.findings.map(tupleOf), second.findings.map(tupleOf)),
  ];
}
