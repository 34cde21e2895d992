import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryAffected } from "./affected.mjs";
import { formatByHand, lintByHand, testByHand } from "./by-hand.mjs";
import { ATOMS, projectsOf, runGates, testsOf } from "./by-symbiotic.mjs";
import { restore, treeOf, versionsOf } from "./checkout.mjs";
import { compareFindings, compareGates, compareRuns, compareTests, ownOutcomes } from "./compare.mjs";
import { ownerOf, trackedFiles } from "./folders.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./by-symbiotic.mjs").Project} Project */
/** @typedef {import("./by-symbiotic.mjs").SymbioticRun} SymbioticRun */
/** @typedef {{ filters: readonly string[], recordings: string, say: (text: string) => void }} Settings */

/**
 * @typedef {object} Trial
 * @property {string} name
 * @property {string} commit
 * @property {Record<string, string>} versions
 * @property {number} projects
 * @property {number} tested
 * @property {Record<string, number>} counts of tasks
 * @property {number} findings
 * @property {number} unformatted
 * @property {Record<string, number>} tests
 * @property {import("./by-symbiotic.mjs").Gate[]} gates
 * @property {number} exit
 * @property {number} served
 * @property {{ first: number, second: number, hand: number }} seconds
 * @property {import("./affected.mjs").Touch[]} touched
 * @property {string[]} differences
 */

/**
 * Runs the main job twice on a checkout and its tools by hand, and compares.
 * @param {Checkout} checkout
 * @param {Settings} settings
 * @returns {Trial}
 */
export function tryCheckout(checkout, settings) {
  const { filters, say } = settings;
  const before = treeOf(checkout);
  const all = projectsOf(checkout);
  const cache = mkdtempSync(join(tmpdir(), "real-cache-"));
  say(`${checkout.name}: symbiotic run gates, ${all.length} projects`);
  const first = runGates(checkout, cache, filters);
  const seen = testsSeen(checkout, cache, all, first);
  say(`${checkout.name}: again`);
  const second = runGates(checkout, cache, filters);
  rmSync(cache, { recursive: true, force: true });
  const strange = restore(checkout, before).map((file) => `left in the work tree: ${file}`);
  const names = new Set(first.summary.tasks.map(({ project }) => project));
  const chosen = filters.length === 0 ? all : all.filter(({ name }) => names.has(name));
  const hand = byHand(checkout, { all, chosen, seen }, settings);
  const touched = filters.length === 0 ? affected(checkout, all, seen, say) : [];
  return {
    name: checkout.name,
    commit: checkout.commit,
    versions: versionsOf(checkout),
    projects: chosen.length,
    tested: seen.size,
    counts: first.summary.counts,
    findings: hand.lint.length,
    unformatted: hand.format.length,
    tests: hand.counts,
    gates: first.summary.gates,
    exit: first.exit,
    served: second.summary.tasks.filter(({ cache }) => cache === "hit").length,
    seconds: { first: first.seconds, second: second.seconds, hand: hand.seconds },
    touched,
    differences: [
      ...strange,
      ...compareFindings(hand, first.summary),
      ...hand.differences,
      ...compareGates(hand, first),
      ...compareRuns(first.summary, second.summary),
      ...touched.flatMap(({ differences }) => differences),
    ],
  };
}

/** @typedef {{ task: import("./by-symbiotic.mjs").Task, tests: Map<string, string> }} Seen */

/**
 * @param {Checkout} checkout
 * @param {string} cache
 * @param {readonly Project[]} projects
 * @param {SymbioticRun} run
 * @returns {Map<string, Seen>}
 */
function testsSeen(checkout, cache, projects, { summary }) {
  const tasks = summary.tasks.filter(({ id }) => id.endsWith(`:${ATOMS.tests}`));
  return new Map(
    tasks.flatMap((task) => {
      const project = projects.find(({ name }) => name === task.project);
      return project === undefined
        ? []
        : [[task.project, { task, tests: testsOf(checkout, cache, { task, project, summary }) }]];
    }),
  );
}

/**
 * @param {Checkout} checkout
 * @param {{ all: readonly Project[], chosen: readonly Project[], seen: ReadonlyMap<string, Seen> }} known
 * @param {Settings} settings
 */
function byHand(checkout, { all, chosen, seen }, { recordings, say }) {
  const files = trackedFiles(checkout);
  const isChosen = (/** @type {string} */ path) => chosen.includes(ownerOf(path, all));
  const withTests = new Set(
    files.filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file)).map((file) => ownerOf(file, all).name),
  );
  const tested = chosen.filter(({ name }) => seen.has(name) || withTests.has(name));
  const counts = /** @type {Record<string, number>} */ ({ total: 0 });
  const failing = new Map();
  /** @type {string[]} */
  const found = [];
  let seconds = 0;
  for (const [at, project] of tested.entries()) {
    say(`${checkout.name}: pytest by hand in ${project.root} (${at + 1} of ${tested.length})`);
    const hand = testByHand(
      checkout,
      project.root,
      join(recordings, `${checkout.name}-${checkout.commit.slice(0, 12)}`),
    );
    const own = seen.get(project.name);
    const outcomes = ownOutcomes(project, all, hand);
    for (const outcome of outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
    counts["total"] = (counts["total"] ?? 0) + outcomes.size;
    failing.set(project.name, [...outcomes.values()].filter((one) => one === "failed" || one === "error").length);
    found.push(...compareTests({ project, projects: all, task: own?.task }, hand, own?.tests ?? new Map()));
    seconds += hand.seconds;
  }
  const lint = lintByHand(checkout).filter(({ path }) => isChosen(path));
  return { lint, format: formatByHand(checkout).filter(isChosen), failing, counts, seconds, differences: found };
}

/**
 * @param {Checkout} checkout
 * @param {readonly Project[]} projects
 * @param {ReadonlyMap<string, Seen>} seen
 * @param {(text: string) => void} say
 */
function affected(checkout, projects, seen, say) {
  say(`${checkout.name}: --affected in a clone`);
  return tryAffected(checkout, { projects, tested: new Set(seen.keys()) });
}
