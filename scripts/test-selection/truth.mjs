import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ScriptError } from "../lib/run.mjs";
import { apply, goTo } from "./checkout.mjs";
import { after, changedFrom } from "./differences.mjs";
import { planOf } from "./mutations.mjs";
import { runPlain } from "./plain.mjs";
import { PROOFS } from "./settings.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./mutations.mjs").Mutation} Mutation */
/** @typedef {import("./mutations.mjs").Planned} Planned */
/** @typedef {import("./differences.mjs").Changed} Changed */
/** @typedef {{ operator: string, tree: string, what: string, digest: string, exit: number, changed: Changed, flaky?: Changed }} TruthOfOne `flaky` is there once the suite ran a second time */
/** @typedef {{ tests: number, seconds: number, digest: string, flaky: Changed }} Base */
/** @typedef {{ name: string, commit: string, base: Record<string, Base>, mutations: Record<string, TruthOfOne> }} Truth */

/** Where one file cannot be collected, the others still have their outcome. */
const GO_ON = ["--continue-on-collection-errors"];

/**
 * Records what each mutation truly does by one run of the whole suite. What is recorded already is not run again.
 * @param {Checkout} checkout
 * @param {(text: string) => void} say
 */
export function recordTruth(checkout, say) {
  const { name } = checkout.repository;
  const { plan, truth, base } = startedTruth(checkout);
  for (const mutation of plan.mutations) {
    if (truth.mutations[mutation.id]?.digest === mutation.digest) continue;
    const { operator, tree, what, digest } = mutation;
    const { exit, outcomes } = runMutated(checkout, plan, mutation);
    const one = { operator, tree, what, digest, exit, changed: changedFrom(base[tree], outcomes) };
    truth.mutations[mutation.id] = one;
    write(truth);
    say(`${name} ${mutation.id}: exit ${exit}, ${counted(one)} (${what})`);
  }
  const planned = new Set(plan.mutations.map(({ id }) => id));
  for (const id of Object.keys(truth.mutations)) if (!planned.has(id)) delete truth.mutations[id];
  write(truth);
}

/**
 * The second run of each that is recorded: what is other in it is unsteady.
 * @param {Checkout} checkout
 * @param {(text: string) => void} say
 */
export function repeatTruth(checkout, say) {
  const { plan, truth, base } = startedTruth(checkout);
  for (const mutation of plan.mutations) {
    const one = truth.mutations[mutation.id];
    if (one === undefined || one.flaky !== undefined) continue;
    const { outcomes } = runMutated(checkout, plan, mutation);
    one.flaky = changedFrom(outcomesOf(base[mutation.tree], one), outcomes);
    write(truth);
    say(`${truth.name} ${mutation.id}, again: ${counted(one)}`);
  }
}

/**
 * The plan, what is recorded, and the outcomes of both trees without any mutation, which are run here.
 * @param {Checkout} checkout
 */
export function startedTruth(checkout) {
  const { name, head } = checkout.repository;
  const plan = planOf(checkout);
  const kept = readTruth(name);
  /** @type {Truth} */
  const truth = kept?.commit === head ? kept : { name, commit: head, base: {}, mutations: {} };
  const base = {
    real: baseOf(checkout, truth, "real", plan.commits.real),
    probes: baseOf(checkout, truth, "probes", plan.commits.probes),
  };
  for (const one of Object.values(truth.mutations)) {
    const before = one.tree === "real" ? base.real : base.probes;
    one.changed = changedFrom(before, outcomesOf(before, one));
  }
  return { plan, truth, base };
}

/**
 * @param {Checkout} checkout
 * @param {Truth} truth
 * @param {"real" | "probes"} tree
 * @param {string} commit
 * @returns {Map<string, string>}
 */
function baseOf(checkout, truth, tree, commit) {
  goTo(checkout, commit);
  const first = runPlain(checkout, { args: GO_ON });
  if (first.exit !== 0) throw new ScriptError(`${truth.name}: the suite fails without a mutation: ${first.last}`);
  const digest = digestOf(first.outcomes);
  if (truth.base[tree]?.digest === digest) return first.outcomes;
  if (Object.keys(truth.mutations).length > 0)
    throw new ScriptError(`${truth.name}: the suite has other outcomes than when the truth was recorded`);
  const second = runPlain(checkout, { args: GO_ON });
  const flaky = changedFrom(first.outcomes, second.outcomes);
  truth.base[tree] = { tests: first.outcomes.size, seconds: Math.round(first.seconds * 10) / 10, digest, flaky };
  return first.outcomes;
}

/** @param {ReadonlyMap<string, string>} outcomes */
function digestOf(outcomes) {
  const sorted = [...outcomes].map((one) => one.join(" ")).sort();
  return createHash("sha256").update(sorted.join("\n")).digest("hex").slice(0, 16);
}

/**
 * @param {Checkout} checkout
 * @param {Planned} plan
 * @param {Mutation} mutation
 */
function runMutated(checkout, plan, { tree, edits, env }) {
  goTo(checkout, plan.commits[tree]);
  apply(checkout, edits);
  const ran = runPlain(checkout, { args: GO_ON, env });
  goTo(checkout, plan.commits[tree]);
  return ran;
}

/**
 * The true outcomes under a mutation.
 * @param {ReadonlyMap<string, string>} base
 * @param {TruthOfOne} one
 */
export function outcomesOf(base, one) {
  return after(base, one.changed);
}

/** @param {TruthOfOne} one */
export function counted({ changed, flaky }) {
  const parts = Object.entries(changed).map(([outcome, ids]) => `${ids.length} ${outcome}`);
  const unsteady = Object.values(flaky ?? {}).flat().length;
  return `${parts.join(", ") || "nothing changes"}${unsteady > 0 ? `, ${unsteady} unsteady` : ""}`;
}

/** @param {string} name */
function fileOf(name) {
  return join(PROOFS, `${name}.truth.json`);
}

/** @param {string} name @returns {Truth | undefined} */
export function readTruth(name) {
  return existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), "utf8")) : undefined;
}

/** @param {Truth} truth */
function write(truth) {
  mkdirSync(PROOFS, { recursive: true });
  writeFileSync(`${fileOf(truth.name)}.new`, `${JSON.stringify(truth, null, 1)}\n`);
  renameSync(`${fileOf(truth.name)}.new`, fileOf(truth.name));
}
