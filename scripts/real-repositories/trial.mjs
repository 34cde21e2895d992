import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryAffected } from "./affected.mjs";
import { formatByHand, lintByHand } from "./by-hand.mjs";
import { ATOMS, projectsOf, runGates } from "./by-symbiotic.mjs";
import { restore, treeOf, versionsOf } from "./checkout.mjs";
import { compareFindings, compareGates, compareRuns } from "./compare.mjs";
import { ownerOf } from "./folders.mjs";
import { typesByHand } from "./mypy-by-hand.mjs";
import { compareWithHand, testedProjects, testsSeen } from "./trial-tests.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./by-symbiotic.mjs").Project} Project */
/** @typedef {import("./by-symbiotic.mjs").SymbioticRun} SymbioticRun */
/** @typedef {import("./trial-tests.mjs").SeenByProject} SeenByProject */
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
 * @property {number | undefined} typeErrors where mypy was there by hand
 * @property {number} unformatted
 * @property {Record<string, number>} tests
 * @property {import("./by-symbiotic.mjs").Gate[]} gates
 * @property {number} exit
 * @property {number} served
 * @property {{ first: number, second: number, hand: number }} seconds
 * @property {import("./affected.mjs").Touch[]} touched
 * @property {string[]} unsteady
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
  const all = projectsOf(checkout);
  const runs = runTwice(checkout, all, settings);
  const { first, second } = runs;
  const names = new Set(first.run.summary.tasks.map(({ project }) => project));
  const chosen = filters.length === 0 ? all : all.filter(({ name }) => names.has(name));
  const tested = testedProjects(checkout, { all, chosen, seen: first.seen });
  const recordings = join(settings.recordings, `${checkout.name}-${checkout.commit.slice(0, 12)}`);
  const known = { all, tested, first: first.seen, second: second.seen };
  const hand = { ...checksByHand(checkout, all, chosen), ...compareWithHand(checkout, known, { recordings, say }) };
  const touched = filters.length === 0 ? affected(checkout, all, first, say) : [];
  return {
    name: checkout.name,
    commit: checkout.commit,
    versions: versionsOf(checkout),
    projects: chosen.length,
    tested: first.seen.size,
    counts: first.run.summary.counts,
    findings: hand.lint.length,
    typeErrors: hand.types?.length,
    unformatted: hand.format.length,
    tests: hand.counts,
    gates: first.run.summary.gates,
    exit: first.run.exit,
    served: second.run.summary.tasks.filter(({ cache }) => cache === "hit").length,
    seconds: { first: first.run.seconds, second: second.run.seconds, hand: hand.seconds },
    touched,
    unsteady: hand.unsteady,
    differences: [
      ...runs.strange,
      ...compareFindings(hand, first.run.summary),
      ...hand.differences,
      ...compareGates(hand, first.run),
      ...compareRuns(first.run.summary, second.run.summary, hand.unsteadyTasks),
      ...touched.flatMap(({ differences }) => differences),
    ],
  };
}

/**
 * A first run with an empty cache and a second one, and what they left in the work tree that was not there.
 * @param {Checkout} checkout
 * @param {readonly Project[]} projects
 * @param {Settings} settings
 */
function runTwice(checkout, projects, { filters, say }) {
  const before = treeOf(checkout);
  const cache = mkdtempSync(join(tmpdir(), "real-cache-"));
  const runOnce = () => {
    const run = runGates(checkout, cache, filters);
    return { run, seen: testsSeen(checkout, cache, projects, run) };
  };
  try {
    say(`${checkout.name}: symbiotic run gates, ${projects.length} projects`);
    const first = runOnce();
    say(`${checkout.name}: again`);
    const second = runOnce();
    return { first, second, strange: restore(checkout, before).map((file) => `left in the work tree: ${file}`) };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/**
 * @param {Checkout} checkout
 * @param {readonly Project[]} all
 * @param {readonly Project[]} chosen
 */
function checksByHand(checkout, all, chosen) {
  const isChosen = (/** @type {string} */ path) => chosen.includes(ownerOf(path, all));
  return {
    lint: lintByHand(checkout).filter(({ path }) => isChosen(path)),
    format: formatByHand(checkout).filter(isChosen),
    types: typesByHand(checkout)?.filter((text) => isChosen(text.replace(/:\d+ [^:]*$/, ""))) ?? null,
  };
}

/**
 * @param {Checkout} checkout
 * @param {readonly Project[]} projects
 * @param {{ run: SymbioticRun, seen: SeenByProject }} first
 * @param {(text: string) => void} say
 */
function affected(checkout, projects, { run, seen }, say) {
  say(`${checkout.name}: --affected in a clone`);
  const checked = run.summary.tasks.filter(({ id, status }) => id.endsWith(`:${ATOMS.types}`) && status !== "skipped");
  const typed = new Set(checked.map(({ project }) => project));
  return tryAffected(checkout, { projects, tested: new Set(seen.keys()), typed });
}
