import { rmSync } from "node:fs";
import { join } from "node:path";
import { randomOf } from "../stress/random.mjs";
import { apply, configure, goTo } from "./checkout.mjs";
import { functionsOf } from "./mutations.mjs";
import { median, percent } from "./numbers.mjs";
import { runPlain } from "./plain.mjs";
import { recordingCost } from "./recording-cost.mjs";
import { kept } from "./results.mjs";
import { copyStore, runSelector } from "./selector.mjs";
import { SETTINGS } from "./settings.mjs";
import { testmonShares } from "./testmon.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./checkout.mjs").Edits} Edits */
/** @typedef {{ what: string, edits: Edits }} Change */
/** @typedef {{ share: number, never: number, files: number, seconds: number }} Worth of test seconds and test files */

const FUNCTIONS = 20;

/**
 * How much runs again after a change of one function, by us and by others, and what recording costs.
 * @param {Checkout} checkout
 * @param {{ say: (text: string) => void, mirror: string | undefined }} options
 * @returns {number} nothing is wrong here
 */
export function worth(checkout, { say, mirror }) {
  const { name, head } = checkout.repository;
  goTo(checkout, head);
  const results = kept(checkout, "worth");
  const changes = changesOf(checkout);
  if (!results.has("plain")) results.set("plain", plainOf(checkout));
  /** @type {{ seconds: number, files: Record<string, number> }} */
  const plain = results.get("plain");
  say(`${name}: plain pytest ${plain.seconds.toFixed(1)} s, all of it after each change`);
  for (const granularity of ["recorded", "imports"]) {
    const shares = granularityShares(checkout, { granularity, changes, plain, results, say });
    if (shares !== undefined) say(`${name} ${granularity}: ${toldAll(shares)}`);
  }
  const testmon = testmonShares(checkout.repository, { place: checkout.place, mirror, changes, plain, results });
  say(`${name} pytest-testmon: ${testmon === undefined ? "does not run here" : toldAll(testmon)}`);
  say(`${name}: ${recordingCost(checkout, results)}`);
  goTo(checkout, head);
  return 0;
}

/** Functions of the package, each with one more statement that does nothing. @param {Checkout} checkout @returns {Change[]} */
function changesOf(checkout) {
  const random = randomOf(SETTINGS.seed);
  const all = functionsOf(checkout);
  /** @type {Change[]} */
  const chosen = [];
  while (chosen.length < FUNCTIONS && all.length > 0) chosen.push(...all.splice(random.int(all.length), 1));
  return chosen;
}

/** @param {Checkout} checkout */
function plainOf(checkout) {
  const { seconds, fileSeconds } = runPlain(checkout);
  return { seconds, files: Object.fromEntries(fileSeconds) };
}

/**
 * @param {Checkout} checkout
 * @param {object} known
 * @param {string} known.granularity
 * @param {readonly Change[]} known.changes
 * @param {{ files: Record<string, number> }} known.plain
 * @param {ReturnType<typeof kept>} known.results
 * @param {(text: string) => void} known.say
 * @returns {Worth[] | undefined} nothing where the plugin has no such option
 */
function granularityShares(checkout, { granularity, changes, plain, results, say }) {
  const { name, head } = checkout.repository;
  const folder = join(checkout.place, "stores", name);
  const [made, own] = [join(folder, `worth-${granularity}`), join(folder, "worth-own")];
  const start = `${granularity} cold`;
  configure(checkout, granularity === "recorded" ? {} : { granularity });
  try {
    if (!results.has(start)) {
      goTo(checkout, head);
      rmSync(made, { recursive: true, force: true });
      const cold = runSelector(checkout, { store: made });
      if (cold.exit === 2) return void say(`${name}: ${cold.said.trim().split("\n")[0]}`);
      results.set(start, cold.seconds);
    }
    return changes.map((change) => {
      const key = `${granularity} ${change.what}`;
      if (results.has(key)) return results.get(key);
      copyStore(made, own);
      goTo(checkout, head);
      apply(checkout, change.edits);
      const { selection, seconds, isHit } = runSelector(checkout, { store: own });
      const again = isHit ? [] : [...selection.ran, ...selection.never];
      const files = again.length + selection.served.length;
      const one = { share: shareOf(again, plain.files), never: selection.never.length, files, seconds };
      results.set(key, one);
      say(`${name} ${granularity}: ${percent(one.share)} of test seconds again (${change.what})`);
      return one;
    });
  } finally {
    configure(checkout);
  }
}

/** @param {readonly string[]} again @param {Record<string, number>} files */
function shareOf(again, files) {
  const sum = (/** @type {readonly string[]} */ names) => names.reduce((all, name) => all + (files[name] ?? 0), 0);
  return sum(again) / sum(Object.keys(files));
}

/** @param {readonly Worth[]} all */
function toldAll(all) {
  const never = median(all.map((one) => one.never / Math.max(one.files, 1)));
  const [share, seconds] = [median(all.map((one) => one.share)), median(all.map((one) => one.seconds))];
  return `median ${percent(share)} of test seconds again over ${all.length} functions, ${percent(never)} of files never served, ${seconds.toFixed(1)} s a run`;
}
