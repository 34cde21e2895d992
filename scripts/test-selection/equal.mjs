import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { apply, goTo, rangeOf } from "./checkout.mjs";
import { coverageDifferences } from "./coverage.mjs";
import { readAgain, wrong } from "./differences.mjs";
import { runPlain } from "./plain.mjs";
import { kept } from "./results.mjs";
import { copyStore, runSelector } from "./selector.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./plain.mjs").Plain} Plain */
/** @typedef {import("./selector.mjs").Told} Told */
/** @typedef {{ differences: string[], plainRuns: number, isHit: boolean, served: number, ran: number, never: number, testSeconds: number, rerunSeconds: number, plainSeconds: number, ownSeconds: number }} Step */

const MOST_SHOWN = 12;
/** So often plain pytest may run until one run is as ours. */
const MOST_PLAIN = 3;

/**
 * The same as one plain run of everything: cold, from the cache, with records only, and after each commit of the range in order.
 * @param {Checkout} checkout
 * @param {(text: string) => void} say
 * @returns {number} how many steps are other
 */
export function equal(checkout, say) {
  const { name, base } = checkout.repository;
  const results = kept(checkout, "equal");
  const steps = [
    { key: "cold", commit: base, isChanged: false },
    { key: "again", commit: base, isChanged: false },
    { key: "comment", commit: base, isChanged: true },
    ...rangeOf(checkout).map((commit) => ({ key: commit.slice(0, 12), commit, isChanged: false })),
  ];
  const folder = join(checkout.place, "stores", name);
  for (const [at, step] of steps.entries()) {
    if (results.has(step.key)) continue;
    const store = join(folder, "equal");
    // What a step leaves is what the next begins with; one that was cut off begins again.
    if (at === 0) rmSync(store, { recursive: true, force: true });
    else copyStore(join(folder, "equal-done"), store);
    goTo(checkout, step.commit);
    if (step.isChanged) comment(checkout);
    const one = stepOf(checkout, store);
    if (step.key === "again" && !one.isHit) one.differences.push("nothing changed, and it is no hit");
    copyStore(store, join(folder, "equal-done"));
    results.set(step.key, one);
    say(`${name} ${step.key}: ${told(one)}`);
    for (const difference of one.differences.slice(0, MOST_SHOWN)) say(`  ${difference}`);
  }
  goTo(checkout, checkout.repository.head);
  return summed(name, results.all(), say);
}

/** A comment at the end of the package's first module: no line moves. @param {Checkout} checkout */
function comment(checkout) {
  const { root, repository } = checkout;
  const path = `${repository.package}/__init__.py`;
  apply(checkout, { [path]: `${readFileSync(join(root, path), "utf8")}\n# One more comment.\n` });
}

/** @param {Checkout} checkout @param {string} store @returns {Step} */
function stepOf(checkout, store) {
  const own = runSelector(checkout, { store });
  const { plain, differences, plainRuns } = closest(checkout, own);
  const { served, ran, never } = own.selection;
  const seconds = [...plain.fileSeconds.values()].reduce((sum, each) => sum + each, 0);
  const again = [...ran, ...never].reduce((sum, file) => sum + (plain.fileSeconds.get(file) ?? 0), 0);
  const counts = { served: served.length, ran: ran.length, never: never.length };
  const times = { testSeconds: seconds, rerunSeconds: again, plainSeconds: plain.seconds, ownSeconds: own.seconds };
  return { differences, plainRuns, isHit: own.isHit, ...counts, ...times };
}

/**
 * The plain run that ours is like: lines that depend on time run in one of two plain runs and not in the other.
 * @param {Checkout} checkout
 * @param {Told} own
 */
function closest(checkout, own) {
  for (let plainRuns = 1; ; plainRuns += 1) {
    const plain = runPlain(checkout, { coverage: checkout.repository.coverage ?? [] });
    const differences = differencesOf(plain, own);
    if (differences.length === 0 || plainRuns === MOST_PLAIN) return { plain, differences, plainRuns };
  }
}

/** @param {Plain} plain @param {Told} own */
function differencesOf(plain, own) {
  const should =
    plain.exit === 0 || plain.exit === 5 ? "ok" : plain.exit === 1 || plain.exit === 2 ? "failed" : "broken";
  const tests = wrong(plain.outcomes, readAgain(own.outcomes, plain.outcomes));
  return [
    ...(own.status === should ? [] : [`the task is ${own.status}, pytest ended with ${plain.exit}: ${plain.last}`]),
    ...tests.map(({ id, is, should }) => `${id}: told ${is}, is ${should}`),
    ...(own.status === "ok" ? coverageDifferences(plain.coverage, own.evidence) : []),
  ];
}

/** @param {Step} step */
function told({
  differences,
  plainRuns,
  isHit,
  served,
  ran,
  never,
  testSeconds,
  rerunSeconds,
  plainSeconds,
  ownSeconds,
}) {
  const files = isHit ? "a hit" : `${served} served, ${ran} run, ${never} never served`;
  const verdict =
    differences.length === 0
      ? plainRuns > 1
        ? `equal to plain run ${plainRuns}`
        : "equal"
      : `${differences.length} DIFFERENCES`;
  const tests = `${rerunSeconds.toFixed(2)} of ${testSeconds.toFixed(2)} test seconds run`;
  return `${verdict}; ${files}; ${tests}; plain ${plainSeconds.toFixed(1)} s, ours ${ownSeconds.toFixed(1)} s`;
}

/** @param {string} name @param {readonly Step[]} all @param {(text: string) => void} say */
function summed(name, all, say) {
  const other = all.filter(({ differences }) => differences.length > 0).length;
  say(`${name}: ${all.length} steps, ${other} other than plain pytest`);
  return other;
}
