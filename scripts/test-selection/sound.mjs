import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ScriptError } from "../lib/run.mjs";
import { buildId } from "./build.mjs";
import { apply, goTo } from "./checkout.mjs";
import { after, fileOf, readAgain, wrong } from "./differences.mjs";
import { kept } from "./results.mjs";
import { copyStore, runSelector } from "./selector.mjs";
import { outcomesOf, startedTruth } from "./truth.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./mutations.mjs").Mutation} Mutation */
/** @typedef {import("./truth.mjs").TruthOfOne} TruthOfOne */
/** @typedef {{ id: string, is: string, should: string }} Wrong */
/** @typedef {{ digest: string, changes: boolean, status: string, isHit: boolean, served: number, ran: number, never: number, stale: Wrong[], other: Wrong[] }} Sounded */

/** What a run of pytest that was not ended by itself, or by a failure, gives. */
const WHOLE = new Set([0, 1, 2, 5]);

/** Variables that pytest's task is given; they are in its key. */
const GIVEN = /^(PYTHON|PYTEST_|COV|CI$|TZ$)/;

/**
 * Each mutation of which the truth is recorded, from a store that has the records of the tree without it.
 * @param {Checkout} checkout
 * @param {(text: string) => void} say
 * @returns {number} how many are wrong
 */
export function sound(checkout, say) {
  const { name } = checkout.repository;
  const { plan, truth, base } = startedTruth(checkout);
  const results = kept(checkout, "sound");
  const stores = storesOf(checkout, plan.commits, say);
  // Files, settings and probes first: what is in a function is the least that can be missed.
  for (const mutation of plan.mutations.toReversed()) {
    const one = truth.mutations[mutation.id];
    if (one?.digest !== mutation.digest || results.has(mutation.id)) continue;
    const sounded = soundOne(checkout, mutation, {
      ...{ commit: plan.commits[mutation.tree], store: stores[mutation.tree] },
      ...asTaskSees(mutation, one, base[mutation.tree]),
    });
    results.set(mutation.id, sounded);
    say(`${name} ${mutation.id}: ${told(sounded)} (${mutation.what})`);
    for (const { id, is, should } of sounded.stale.slice(0, 5)) say(`  STALE ${id}: told ${is}, is ${should}`);
    for (const { id, is, should } of sounded.other.slice(0, 3)) say(`  other ${id}: told ${is}, is ${should}`);
  }
  return summed(name, results.all(), say);
}

/**
 * The truth for a task: of variables it is given only what it names. One that is withheld changes nothing for it.
 * @param {Mutation} mutation
 * @param {TruthOfOne} one
 * @param {ReadonlyMap<string, string>} base
 */
function asTaskSees({ env }, one, base) {
  const names = Object.keys(env);
  if (names.length === 0 || names.some((name) => GIVEN.test(name))) return { one, truth: outcomesOf(base, one) };
  return { one: { ...one, exit: 0, changed: {} }, truth: base };
}

/**
 * @param {Checkout} checkout
 * @param {Record<"real" | "probes", string>} commits
 * @param {(text: string) => void} say
 */
function storesOf(checkout, commits, say) {
  /** @param {"real" | "probes"} tree */
  const made = (tree) => {
    const folder = join(checkout.place, "stores", checkout.repository.name, tree);
    // A store of another build serves nothing, and what serves nothing is never wrong.
    const store = join(folder, buildId());
    if (existsSync(store)) return store;
    rmSync(folder, { recursive: true, force: true });
    goTo(checkout, commits[tree]);
    const { status, seconds } = runSelector(checkout, { store: join(folder, "new") });
    say(`${checkout.repository.name}: records of the tree (${tree}), ${status}, ${seconds.toFixed(1)} s`);
    copyStore(join(folder, "new"), store);
    if (servesNothing(runSelector(checkout, { store: join(folder, "new") })))
      throw new ScriptError(
        `${checkout.repository.name}: nothing of the unchanged tree (${tree}) is served: nothing could be stale`,
      );
    rmSync(join(folder, "new"), { recursive: true });
    return store;
  };
  return { real: made("real"), probes: made("probes") };
}

/** @param {import("./selector.mjs").Told} told */
function servesNothing({ isHit, selection }) {
  return !isHit && selection.served.length === 0;
}

/**
 * @param {Checkout} checkout
 * @param {Mutation} mutation
 * @param {{ commit: string, store: string, one: TruthOfOne, truth: ReadonlyMap<string, string> }} known
 * @returns {Sounded}
 */
function soundOne(checkout, mutation, { commit, store, one, truth }) {
  const own = join(checkout.place, "stores", checkout.repository.name, "own");
  copyStore(store, own);
  goTo(checkout, commit);
  apply(checkout, mutation.edits);
  const { status, isHit, outcomes, selection } = runSelector(checkout, { store: own, env: mutation.env });
  goTo(checkout, commit);
  const changes = Object.keys(one.changed).length > 0 || one.exit !== 0;
  const { served, ran, never } = selection;
  const counts = { served: served.length, ran: ran.length, never: never.length };
  const found = compare({ status, outcomes, served: new Set(served), isHit }, one, truth);
  return { digest: mutation.digest, changes, status, isHit, ...counts, ...found };
}

/**
 * @param {{ status: string, outcomes: ReadonlyMap<string, string>, served: ReadonlySet<string>, isHit: boolean }} told
 * @param {TruthOfOne} one
 * @param {ReadonlyMap<string, string>} truth
 */
function compare({ status, outcomes, served, isHit }, one, truth) {
  // Every outcome that the second run had, beside the first: none of these tests is judged.
  const unsteady = new Set(one.flaky === undefined ? [] : wrong(truth, after(truth, one.flaky)).map(({ id }) => id));
  // A suite that pytest cannot even begin, or that never ends, has no outcomes to compare: it may not be told to be fine.
  if (!WHOLE.has(one.exit)) {
    const whole = { id: "the whole run", is: status, should: `exit ${one.exit}` };
    return {
      stale: status === "ok" && (isHit || served.size > 0) ? [whole] : [],
      other: status === "ok" ? [whole] : [],
    };
  }
  const all = wrong(truth, readAgain(outcomes, truth)).filter(({ id }) => !unsteady.has(id));
  // Pytest runs nothing where a file cannot be collected, so what is absent then was not told to be fine either.
  const said = all.filter(({ is }) => is !== "absent" || status === "ok");
  return {
    stale: said.filter(({ id }) => isHit || served.has(fileOf(id))),
    other: said.filter(({ id }) => !isHit && !served.has(fileOf(id))),
  };
}

/** @param {Sounded} one */
function told({ status, isHit, changes, served, ran, never, stale, other }) {
  const files = isHit ? "all from the cache" : `${served} served, ${ran} run, ${never} never served`;
  const verdict = stale.length > 0 ? `${stale.length} STALE` : other.length > 0 ? `${other.length} other` : "right";
  return `${verdict}; ${changes ? "changes outcomes" : "changes none"}; ${status}, ${files}`;
}

/**
 * @param {string} name
 * @param {readonly Sounded[]} all
 * @param {(text: string) => void} say
 */
function summed(name, all, say) {
  const count = (/** @type {(one: Sounded) => boolean} */ holds) => all.filter(holds).length;
  const total = (/** @type {(one: Sounded) => number} */ of) => all.reduce((sum, one) => sum + of(one), 0);
  const served = total((one) => one.served);
  const files = served + total((one) => one.ran) + total((one) => one.never);
  const stale = count((one) => one.stale.length > 0);
  const share = files === 0 ? "0.0" : ((100 * served) / files).toFixed(1);
  say(
    `${name}: ${all.length} mutations, ${count((one) => one.changes)} change an outcome, ${stale} served stale, ` +
      `${count((one) => one.other.length > 0)} other differences, ${share} % of test files served`,
  );
  return stale;
}
