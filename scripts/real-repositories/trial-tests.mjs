import { testByHand } from "./by-hand.mjs";
import { ATOMS, testsOf } from "./by-symbiotic.mjs";
import { compareTests, ownOutcomes } from "./compare.mjs";
import { ownerOf, trackedFiles } from "./folders.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./by-symbiotic.mjs").Project} Project */
/** @typedef {import("./by-symbiotic.mjs").SymbioticRun} SymbioticRun */
/** @typedef {{ task: import("./by-symbiotic.mjs").Task, tests: ReadonlyMap<string, string> }} Seen */
/** @typedef {ReadonlyMap<string, Seen>} SeenByProject */

/**
 * @typedef {object} HandSide
 * @property {Record<string, number>} counts
 * @property {Map<string, number>} failing how many tests fail, by project, as the first run must have seen them
 * @property {number} seconds
 * @property {string[]} differences
 * @property {string[]} unsteady what only the first of two runs with the same inputs had
 * @property {Set<string>} unsteadyTasks
 */

/**
 * Every test that a run has, by project.
 * @param {Checkout} checkout
 * @param {string} cache
 * @param {readonly Project[]} projects
 * @param {SymbioticRun} run
 * @returns {SeenByProject}
 */
export function testsSeen(checkout, cache, projects, { summary }) {
  const tasks = summary.tasks.filter(({ id }) => id.endsWith(`:${ATOMS.tests}`));
  const seen = new Map();
  for (const task of tasks) {
    const project = projects.find(({ name }) => name === task.project);
    if (project !== undefined) {
      seen.set(project.name, { task, tests: testsOf(checkout, cache, { task, project, summary }) });
    }
  }
  return seen;
}

/**
 * The projects whose tests are compared: those with a task, and those that own a file named like a test.
 * @param {Checkout} checkout
 * @param {{ all: readonly Project[], chosen: readonly Project[], seen: SeenByProject }} known
 */
export function testedProjects(checkout, { all, chosen, seen }) {
  const files = trackedFiles(checkout).filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file));
  const owners = new Set(files.map((file) => ownerOf(file, all).name));
  return chosen.filter(({ name }) => seen.has(name) || owners.has(name));
}

/**
 * Runs pytest by hand in each project and compares it with what both runs have.
 * @param {Checkout} checkout
 * @param {{ all: readonly Project[], tested: readonly Project[], first: SeenByProject, second: SeenByProject }} known
 * @param {{ recordings: string, say: (text: string) => void }} settings
 * @returns {HandSide}
 */
export function compareWithHand(checkout, { all, tested, first, second }, { recordings, say }) {
  /** @type {HandSide} */
  const side = {
    counts: { total: 0 },
    failing: new Map(),
    seconds: 0,
    differences: [],
    unsteady: [],
    unsteadyTasks: new Set(),
  };
  for (const [at, project] of tested.entries()) {
    say(`${checkout.name}: pytest by hand in ${project.root} (${at + 1} of ${tested.length})`);
    const hand = testByHand(checkout, project.root, recordings);
    const outcomes = ownOutcomes(project, all, hand);
    side.seconds += hand.seconds;
    for (const outcome of outcomes.values()) side.counts[outcome] = (side.counts[outcome] ?? 0) + 1;
    side.counts["total"] = (side.counts["total"] ?? 0) + outcomes.size;
    const isBroken = hand.outcomes.size === 0 && hand.exit !== 0 && hand.exit !== 5;
    side.failing.set(project.name, isBroken ? 1 : failingIn(outcomes));
    const of = (/** @type {Seen | undefined} */ seen) =>
      compareTests({ project, projects: all, task: seen?.task }, hand, seen?.tests ?? new Map());
    const [one, two] = [first.get(project.name), second.get(project.name)];
    const found = of(one);
    // What failed and then passed with nothing changed depends on more than its inputs: on the machine's load, most often.
    if (found.length > 0 && one?.task.status === "failed" && of(two).length === 0) {
      side.unsteady.push(...found);
      side.unsteadyTasks.add(one.task.id);
      side.failing.set(project.name, failingIn(one.tests));
    } else {
      side.differences.push(...found);
    }
  }
  return side;
}

/** @param {ReadonlyMap<string, string>} outcomes */
function failingIn(outcomes) {
  return [...outcomes.values()].filter((outcome) => outcome === "failed" || outcome === "error").length;
}
