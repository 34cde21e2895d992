import { numbers } from "../random.mjs";

/** How deep the graph of projects is, where there are that many projects. */
const LEVELS = 10;

/** How far to the side of its own place a project looks for what it depends on: packages of one product, not of all. */
const SPREAD = 3;

/**
 * @typedef {object} Project
 * @property {number} index
 * @property {string} name as package.json has it, and its folder below `packages/`
 * @property {number} level 0 depends on nothing
 * @property {readonly Project[]} dependsOn
 */

/**
 * The projects in topological order. The first one is alone on its level, so everything depends on it; each other one
 * depends on one to three of the level below, near its own place there. The last one is a leaf: nothing depends on it.
 * @param {number} count
 * @returns {Project[]}
 */
export function planProjects(count) {
  const random = numbers(count);
  /** @type {Project[][]} */
  const levels = Array.from({ length: LEVELS }, () => []);
  /** @type {Project[]} */
  const projects = [];
  for (let index = 0; index < count; index++) {
    const level = index === 0 ? 0 : 1 + Math.floor(((index - 1) * (LEVELS - 1)) / (count - 1));
    const own = levels[level] ?? [];
    const dependsOn = near(levels[level - 1] ?? [], own.length, random);
    const project = { index, name: `pkg-${String(index).padStart(5, "0")}`, level, dependsOn };
    own.push(project);
    projects.push(project);
  }
  return projects;
}

/**
 * @param {readonly Project[]} below
 * @param {number} place
 * @param {(below: number) => number} random
 * @returns {Project[]}
 */
function near(below, place, random) {
  if (below.length === 0) return [];
  const wanted = 1 + random(3);
  /** @type {Set<Project>} */
  const chosen = new Set();
  for (let attempt = 0; attempt < wanted; attempt++) {
    const at = attempt === 0 ? place : place + random(2 * SPREAD + 1) - SPREAD;
    const project = below[Math.min(Math.max(at, 0), below.length - 1)];
    if (project) chosen.add(project);
  }
  return [...chosen].sort((a, b) => a.index - b.index);
}
