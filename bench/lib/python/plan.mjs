import { numbers } from "../random.mjs";

/** How deep the graph of projects is. */
export const LEVELS = 10;

/** How far to the side of its own place a project looks for what it depends on: libraries of one product, not of all. */
const SPREAD = 3;

/**
 * @typedef {object} Unit one Python project
 * @property {number} index
 * @property {string} name as requirements have it
 * @property {string} module as Python imports it
 * @property {number} level 0 depends on nothing
 * @property {readonly Unit[]} dependsOn
 */

/**
 * The projects and what they depend on: each on two or three of the level below it, near its own place there.
 * @param {number} count
 * @returns {Unit[]}
 */
export function planUnits(count) {
  const random = numbers(count);
  /** @type {Unit[][]} */
  const levels = Array.from({ length: LEVELS }, () => []);
  /** @type {Unit[]} */
  const units = [];
  for (let index = 0; index < count; index++) {
    const level = Math.floor((index * LEVELS) / count);
    const digits = String(index).padStart(4, "0");
    const below = levels[level - 1] ?? [];
    const place = levels[level]?.length ?? 0;
    const dependsOn = near(below, place, random);
    const unit = { index, name: `unit-${digits}`, module: `unit_${digits}`, level, dependsOn };
    levels[level]?.push(unit);
    units.push(unit);
  }
  return units;
}

/**
 * Everything that a unit depends on, itself left out.
 * @param {Unit} unit
 * @returns {Set<Unit>}
 */
export function upstreamOf(unit) {
  const seen = new Set(unit.dependsOn);
  for (const next of seen) for (const one of next.dependsOn) seen.add(one);
  return seen;
}

/**
 * @param {readonly Unit[]} below
 * @param {number} place
 * @param {(below: number) => number} random
 * @returns {Unit[]}
 */
function near(below, place, random) {
  const wanted = 2 + random(2);
  /** @type {Set<Unit>} */
  const chosen = new Set();
  for (let attempt = 0; attempt < wanted; attempt++) {
    const at = attempt === 0 ? place : place + random(2 * SPREAD + 1) - SPREAD;
    const unit = below[Math.min(Math.max(at, 0), below.length - 1)];
    if (unit) chosen.add(unit);
  }
  return [...chosen].sort((a, b) => a.index - b.index);
}
