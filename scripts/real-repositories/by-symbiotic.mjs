import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { ScriptError } from "../lib/run.mjs";
import { symbioticOf } from "./checkout.mjs";
import { output, run } from "./processes.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {{ name: string, root: string, dependsOn: string[] }} Project */
/** @typedef {{ id: string, project: string, status: string, cache: string, summary: string, reason: string | null, diagnostics: { code: string, message: string }[] }} Task */
/** @typedef {{ task: string, file: string, rule: string, range?: { start: { line: number } } }} Finding */
/** @typedef {{ project: string, measured: string, verdict: string, required: boolean }} ProjectGate */
/** @typedef {{ gate: string, measured: string, wanted: string, verdict: string, required: boolean, projects: ProjectGate[] }} Gate */
/** @typedef {{ tasks: Task[], findings: Finding[], tests: { task: string, id: string, outcome: string }[], gates: Gate[], counts: Record<string, number> }} Summary */
/** @typedef {{ exit: number, seconds: number, summary: Summary, said: string }} SymbioticRun */

/** The atoms of the plugins that are tried. */
export const ATOMS = {
  lint: "run_ruff_lint",
  format: "run_ruff_format_check",
  types: "run_mypy_typecheck",
  tests: "run_pytest_unit_with_coverage",
};

/**
 * @param {Checkout} checkout
 * @returns {Project[]}
 */
export function projectsOf(checkout) {
  const { file, first } = symbioticOf(checkout);
  return JSON.parse(output(file, [...first, "projects", "--json"], { cwd: checkout.root, env: checkout.env }));
}

/**
 * The main job, and what it left in its summary.
 * @param {Checkout} checkout
 * @param {string} cache
 * @param {readonly string[]} filters
 * @returns {SymbioticRun}
 */
export function runGates(checkout, cache, filters) {
  const { file, first } = symbioticOf(checkout);
  const args = [...first, "run", "gates", ...filters.flatMap((filter) => ["--filter", filter])];
  const before = new Set(runsOf(checkout));
  const done = run(file, args, { cwd: checkout.root, env: { ...checkout.env, SYMBIOTIC_CACHE_DIR: cache } });
  const said = `${done.stdout}${done.stderr}`;
  const id = runsOf(checkout).find((one) => !before.has(one));
  if (id === undefined) throw new ScriptError(`symbiotic left no run in ${checkout.name}; it said\n${said}`);
  const summary = JSON.parse(readFileSync(join(checkout.root, ".symbiotic/runs", id, "summary.json"), "utf8"));
  return { exit: done.code, seconds: done.seconds, summary, said };
}

/** @param {Checkout} checkout */
function runsOf({ root }) {
  const folder = join(root, ".symbiotic/runs");
  return existsSync(folder) ? readdirSync(folder) : [];
}

/**
 * Every test of a task by id. What passed is in no event: it is read where the cache keeps the evidence of a task that
 * is ok, and for a task that failed, which nothing keeps, in what pytest's reporter left.
 * @param {Checkout} checkout
 * @param {string} cache
 * @param {{ task: Task, project: Project, summary: Summary }} of
 * @returns {Map<string, string>}
 */
export function testsOf(checkout, cache, { task, project, summary }) {
  if (task.status === "ok") return keptTests(cache, task.id);
  const told = summary.tests.filter((test) => test.task === task.id);
  return new Map([
    ...reportedTests(checkout, task, project),
    ...told.map(({ id, outcome }) => /** @type {const} */ ([id, outcome])),
  ]);
}

/**
 * @param {string} cache
 * @param {string} task
 * @returns {Map<string, string>}
 */
function keptTests(cache, task) {
  const { tests = [] } = keptEvidence(cache, task);
  return new Map(tests.map(({ id, outcome }) => [id, outcome]));
}

/** @typedef {{ tests?: { id: string, outcome: string }[], metrics?: { name: string, value: number }[], coverage?: Record<string, { executed: string, missing: string }> }} Evidence */

/**
 * The evidence of a task in the newest record that the cache has of it.
 * @param {string} cache
 * @param {string} task
 * @returns {Evidence}
 */
export function keptEvidence(cache, task) {
  const folder = join(cache, "records");
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), "latin1").split("\n"));
  const records = lines.filter((line) => line !== "").map((line) => JSON.parse(line.split(" ").slice(3).join(" ")));
  const own = records
    .filter((record) => record.task === task)
    .sort((a, b) => a.storedAt - b.storedAt)
    .at(-1);
  if (own === undefined) throw new ScriptError(`${task} is ok and the cache has no record of it`);
  const blob = join(cache, "blobs", own.evidence.slice(0, 2), own.evidence.slice(2));
  // Short evidence lies in the record itself.
  return JSON.parse(own.inline?.evidence ?? readFileSync(blob, "utf8"));
}

/**
 * Those that neither failed nor ended in an error: these two are in the run's summary.
 * @param {Checkout} checkout
 * @param {Task} task
 * @param {Project} project
 * @returns {[string, string][]}
 */
function reportedTests({ root }, task, project) {
  const file = join(
    root,
    ".symbiotic/out",
    task.id.replace(/[/:=%]/g, (sign) => `~${sign.charCodeAt(0).toString(16)}`),
    "report.json",
  );
  if (!existsSync(file)) return [];
  /** @type {{ rootdir: string, tests: { id: string, category: string }[] }} */
  const { rootdir, tests } = JSON.parse(readFileSync(file, "utf8"));
  const calm = tests.filter(({ category }) => category !== "failed" && category !== "error");
  return calm.map(({ id, category }) => {
    const [path = "", ...names] = id.split("::");
    const own = relative(join(root, project.root), resolve(rootdir, path)).split(sep).join("/");
    return [[own || ".", ...names].join("::"), category];
  });
}
