import { ATOMS } from "./by-symbiotic.mjs";
import { ownerOf, pathIn } from "./folders.mjs";

/** @typedef {import("./by-hand.mjs").HandTests} HandTests */
/** @typedef {import("./by-hand.mjs").Place} Place */
/** @typedef {import("./by-symbiotic.mjs").Project} Project */
/** @typedef {import("./by-symbiotic.mjs").Summary} Summary */
/** @typedef {import("./by-symbiotic.mjs").SymbioticRun} SymbioticRun */
/** @typedef {import("./by-symbiotic.mjs").Task} Task */

const MOST_SHOWN = 12;

/** @param {Place} place */
const placeText = ({ path, line, rule }) => `${path}:${line} ${rule}`;

/**
 * @param {import("./by-symbiotic.mjs").Finding} finding
 * @returns {Place}
 */
const placeOf = ({ file, range, rule }) => ({ path: file, line: range?.start.line ?? 0, rule });

/**
 * Findings as a multiset of places, and unformatted files as a set; those of mypy where it was there by hand.
 * @param {{ lint: Place[], format: string[], types: string[] | null }} hand
 * @param {Summary} summary
 * @returns {string[]}
 */
export function compareFindings(hand, { findings }) {
  const of = (/** @type {string} */ atom) => findings.filter(({ task }) => task.endsWith(`:${atom}`));
  const texts = (/** @type {string} */ atom) => of(atom).map((finding) => placeText(placeOf(finding)));
  return [
    ...differences("finding", hand.lint.map(placeText), texts(ATOMS.lint)),
    ...(hand.types === null ? [] : differences("finding of mypy", hand.types, texts(ATOMS.types))),
    ...differences("unformatted file", hand.format, [...new Set(of(ATOMS.format).map(({ file }) => file))]),
  ];
}

/**
 * Tests and outcomes of one project; a test below a nested project is counted there.
 * @param {{ project: Project, projects: readonly Project[], task: Task | undefined }} of
 * @param {HandTests} hand
 * @param {ReadonlyMap<string, string>} tests
 * @returns {string[]}
 */
export function compareTests({ project, projects, task }, hand, tests) {
  const own = ownOutcomes(project, projects, hand);
  const texts = (/** @type {ReadonlyMap<string, string>} */ outcomes) =>
    [...outcomes].map(([id, outcome]) => `${id} ${outcome}`);
  const found = [
    ...hand.miscounted,
    ...differences("test", texts(own), texts(tests)),
    ...(own.size === hand.outcomes.size ? statusOf(hand, task) : []),
  ];
  return found.map((text) => `${project.name}: ${text}`);
}

/**
 * Those of the tests that were seen in a project's folder that are its own.
 * @param {Project} project
 * @param {readonly Project[]} projects
 * @param {HandTests} hand
 */
export function ownOutcomes(project, projects, { outcomes }) {
  const isOwn = (/** @type {string} */ id) => ownerOf(pathIn(project, fileOf(id)), projects).name === project.name;
  return new Map([...outcomes].filter(([id]) => isOwn(id)));
}

/** @param {string} id */
function fileOf(id) {
  return id.split("::")[0] ?? "";
}

/**
 * @param {HandTests} hand
 * @param {Task | undefined} task
 */
function statusOf({ exit, outcomes }, task) {
  if (task === undefined)
    return outcomes.size === 0 ? [] : [`no pytest task; by hand there are ${outcomes.size} tests`];
  const hasFailed = exit === 1 || (exit === 2 && [...outcomes.values()].includes("error"));
  const wanted = exit === 0 || exit === 5 ? "ok" : hasFailed ? "failed" : "broken";
  return task.status === wanted
    ? []
    : [`pytest by hand ended with ${exit}, the task is ${task.status}: ${whyOf(task)}`];
}

/** @param {Task} task */
function whyOf({ reason, summary, diagnostics }) {
  return [reason ?? summary, ...diagnostics.map(({ code, message }) => `${code} ${message}`)].join("; ");
}

/**
 * What the gates say against what the tools say by hand.
 * @param {{ lint: Place[], format: string[], types: string[] | null, failing: ReadonlyMap<string, number> }} hand failing tests by project
 * @param {SymbioticRun} run
 * @returns {string[]}
 */
export function compareGates({ lint, format, types, failing }, { summary: { gates, tasks }, exit }) {
  const expected = new Map([
    ["lint clean", lint.length === 0],
    ["format clean", format.length === 0],
    ["mypy clean", types?.every((text) => text.endsWith(" note"))],
  ]);
  const wrong = gates.flatMap(({ gate, verdict }) => {
    const wanted = expected.get(gate);
    return wanted === undefined || (verdict === "pass") === wanted ? [] : [`the gate ${gate} says ${verdict}`];
  });
  const tests = gates.find(({ gate }) => gate === "tests passed");
  const wrongTests = (tests?.projects ?? []).filter(
    ({ project, verdict }) => (verdict === "pass") !== (failing.get(project) === 0),
  );
  const fails =
    gates.some(({ required, verdict }) => required && verdict !== "pass") ||
    tasks.some(({ status }) => status === "broken");
  return [
    ...wrong,
    ...wrongTests.map(({ project, verdict }) => `${project}: the gate tests passed says ${verdict}`),
    ...((exit !== 0) === fails ? [] : [`exit code ${exit} although the gates ${fails ? "do not pass" : "pass"}`]),
  ];
}

/**
 * The second run serves all that ended well in the first and says the same, but for tasks that are known to be unsteady.
 * @param {Summary} first
 * @param {Summary} second
 * @param {ReadonlySet<string>} unsteady
 * @returns {string[]}
 */
export function compareRuns(first, second, unsteady) {
  const ended = new Map(second.tasks.map((task) => [task.id, task]));
  const missed = first.tasks.filter(({ id, status }) => status === "ok" && ended.get(id)?.cache !== "hit");
  const served = first.tasks.filter(({ id, status }) => status !== "ok" && ended.get(id)?.cache === "hit");
  const testTexts = (/** @type {Summary} */ { tests }) =>
    tests.filter(({ task }) => !unsteady.has(task)).map(({ task, id, outcome }) => `${task} ${id} ${outcome}`);
  return [
    ...missed.map(({ id }) => `${id} was not served the second time`),
    ...served.map(({ id, status }) => `${id} was served although it is ${status}`),
    ...differences("finding of the second run", findingTexts(first), findingTexts(second)),
    ...differences("failing test of the second run", testTexts(first), testTexts(second)),
  ];
}

/** @param {Summary} summary */
function findingTexts({ findings }) {
  return findings.map((finding) => `${finding.task} ${placeText(placeOf(finding))}`);
}

/**
 * What two multisets do not have in common, in words.
 * @param {string} what
 * @param {readonly string[]} wanted
 * @param {readonly string[]} found
 * @returns {string[]}
 */
export function differences(what, wanted, found) {
  const [missing, more] = [without(wanted, found), without(found, wanted)];
  return [...shown(`${what} missing`, missing), ...shown(`${what} too many`, more)];
}

/**
 * @param {readonly string[]} all
 * @param {readonly string[]} taken
 */
function without(all, taken) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const one of taken) counts.set(one, (counts.get(one) ?? 0) + 1);
  return all.filter((one) => {
    const count = counts.get(one) ?? 0;
    counts.set(one, count - 1);
    return count <= 0;
  });
}

/**
 * @param {string} what
 * @param {string[]} items
 */
function shown(what, items) {
  const rest = items.length - MOST_SHOWN;
  const lines = items.slice(0, MOST_SHOWN).map((item) => `${what}: ${item}`);
  return rest > 0 ? [...lines, `${what}: and ${rest} more`] : lines;
}
