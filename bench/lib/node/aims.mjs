import { cells, lines, ratiosOf } from "../markdown.mjs";
import { spread } from "../statistics.mjs";

/** @typedef {import("./results.mjs").Results} Results */
/** @typedef {import("../results.mjs").Figures} Figures */

/**
 * @typedef {object} Aim
 * @property {string} text
 * @property {string} series
 * @property {number} atMost
 * @property {(results: Results) => number[]} values one of each round
 * @property {string} [unit]
 */

/** @type {readonly Aim[]} */
const AIMS = [
  byTurbo("cached-10", 1),
  byTurbo("cached-100", 1),
  byTurbo("cached-1000", 0.35),
  byTurbo("cached-5000", 0.25),
  byTurbo("cached-100x200", 0.5),
  ...["cached-1000", "cached-3000", "cached-5000"].map(byFloor),
  {
    text: "peak memory, by that of turbo",
    series: "cached-1000",
    atMost: 1,
    values: both("turbo", (ours, its) => ours.peakKb / its.peakKb),
  },
  byTurbo("changed-leaf-1000", 1),
  byTurbo("changed-root-1000", 1),
  byTurbo("changed-root-comment-1000", 1),
  byTurbo("affected-1000", 1),
  byTurbo("cold-10", 1),
  byTurbo("cold-100", 1),
  byTurbo("cold-1000", 1),
  {
    text: "time beyond that of bare Node",
    series: "version",
    atMost: 5,
    values: both("node", (ours, bare) => ours.ms - bare.ms),
    unit: "ms",
  },
  {
    text: "time",
    series: "why-1000",
    atMost: 100,
    values: ({ rounds }) => rounds.flatMap(({ samples }) => samples["symbiotic"]?.ms ?? []),
    unit: "ms",
  },
];

/**
 * What the figures were to be, beside what they are.
 * @param {readonly Results[]} all
 */
export function aimsTable(all) {
  const rows = AIMS.flatMap((aim) => {
    const results = all.find(({ name }) => name === aim.series);
    const values = results === undefined ? [] : aim.values(results);
    return values.length === 0 ? [] : [rowOf(aim, values)];
  });
  return lines(["aim", "series", "at most", "median", "min–max", "quartiles", "met"], rows);
}

/**
 * @param {Aim} aim
 * @param {readonly number[]} values
 */
function rowOf({ text, series, atMost, unit }, values) {
  const say = (/** @type {number} */ value) => (unit === undefined ? value.toFixed(2) : `${value.toFixed(1)} ${unit}`);
  const found = spread(values);
  const met = found.median <= atMost ? "yes" : `no, by ${say(found.median - atMost)}`;
  return [text, `\`${series}\``, `${atMost}${unit === undefined ? "" : ` ${unit}`}`, ...cells(found, say), met];
}

/**
 * @param {string} series
 * @param {number} atMost
 * @returns {Aim}
 */
function byTurbo(series, atMost) {
  const values = (/** @type {Results} */ { rounds }) => ratiosOf(rounds, "symbiotic", "turbo");
  return { text: "time by that of turbo", series, atMost, values };
}

/**
 * @param {string} series
 * @returns {Aim}
 */
function byFloor(series) {
  const values = (/** @type {Results} */ { rounds }) => ratiosOf(rounds, "symbiotic", "floor");
  return { text: "time by that of the floor", series, atMost: 2, values };
}

/**
 * @param {string} id
 * @param {(ours: Figures, its: Figures) => number} compare
 * @returns {Aim["values"]}
 */
function both(id, compare) {
  return ({ rounds }) =>
    rounds.flatMap(({ samples }) => {
      const [ours, its] = [samples["symbiotic"], samples[id]];
      return ours && its ? [compare(ours, its)] : [];
    });
}
