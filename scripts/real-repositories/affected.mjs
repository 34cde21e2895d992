import { appendFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ATOMS } from "./by-symbiotic.mjs";
import { symbioticOf } from "./checkout.mjs";
import { differences } from "./compare.mjs";
import { dependentsOf } from "./dependents.mjs";
import { ownerOf, pathIn, trackedFiles } from "./folders.mjs";
import { output, run } from "./processes.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./by-symbiotic.mjs").Project} Project */
/** @typedef {{ id: string, project: string, atom: string, state: string }} AffectedTask */
/** @typedef {{ projects: readonly Project[], tested: ReadonlySet<string>, typed: ReadonlySet<string> }} Known projects, and the names of those with tests and of those that mypy checks */
/** @typedef {{ file: string, tested: number, differences: string[] }} Touch `tested`: in how many projects pytest would run */

const MOST_TOUCHED = 5;
const NO_SOURCE = /(^|\/)(tests?|docs?|examples?|scripts)\/|(^|\/)(conftest|setup)\.py$/;

/**
 * Touches one file at a time in a clone with the same environment and looks which tasks `--affected` chooses. No test is
 * run there: what is installed leads to the checkout.
 * @param {Checkout} checkout
 * @param {Known} known
 * @returns {Touch[]}
 */
export function tryAffected(checkout, known) {
  const temporary = mkdtempSync(join(tmpdir(), "affected-"));
  const clone = { ...checkout, root: join(temporary, "clone") };
  try {
    output("git", ["clone", "--quiet", "--shared", "--no-checkout", checkout.root, clone.root], { cwd: temporary });
    output("git", ["checkout", "--quiet", "--detach", checkout.commit], { cwd: clone.root });
    appendFileSync(join(clone.root, ".git/info/exclude"), "/.venv\n");
    symlinkSync(join(checkout.root, ".venv"), join(clone.root, ".venv"), "junction");
    const cache = join(temporary, "cache");
    return [...touchReadme(clone, cache), ...touchSources(clone, cache, { ...known, installed: checkout })];
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {Checkout} clone
 * @param {string} cache
 * @returns {Touch[]}
 */
function touchReadme(clone, cache) {
  const file = trackedFiles(clone).find((path) => /^README[^/]*$/i.test(path));
  if (file === undefined) return [];
  return touching(clone, cache, { file, text: "\nOne more line.\n" }, (tasks) => {
    // Newer versions of ruff format Markdown, so that one task may be reached.
    const wrong = tasks.filter(({ atom }) => atom !== ATOMS.format || !file.endsWith(".md"));
    const { file: program, first } = symbioticOf(clone);
    const done = run(program, [...first, "run", "gates", "--affected", "--base", "HEAD"], {
      cwd: clone.root,
      env: { ...clone.env, SYMBIOTIC_CACHE_DIR: cache },
    });
    return [
      ...wrong.map(({ id }) => `${file} affects ${id}`),
      ...(done.code === 0 ? [] : [`run gates --affected ended with ${done.code} after a change of ${file}`]),
    ];
  });
}

/**
 * @param {Checkout} clone
 * @param {string} cache
 * @param {Known & { installed: Checkout }} known
 * @returns {Touch[]}
 */
function touchSources(clone, cache, { projects, tested, typed, installed }) {
  const files = trackedFiles(clone);
  const dependents = dependentsOf(installed, projects, files);
  const reached = (/** @type {Project} */ { name }) => [name, ...(dependents.get(name) ?? [])];
  const known = projects.filter(({ name }) => dependents.has(name) && tested.has(name));
  const sorted = known.toSorted((a, b) => reached(b).length - reached(a).length || (a.name < b.name ? -1 : 1));
  const chosen = sorted.length > MOST_TOUCHED ? [...sorted.slice(0, MOST_TOUCHED - 1), ...sorted.slice(-1)] : sorted;
  return chosen.flatMap((project) => {
    const file = sourceOf(project, projects, files);
    if (file === undefined) return [];
    return touching(clone, cache, { file, text: "\n\nADDED_BY_A_TRIAL = 1\n" }, (tasks) => {
      const ran = tasks.filter(({ state, atom }) => state !== "skipped" || atom !== ATOMS.types);
      const of = (/** @type {string} */ atom) => ran.filter((task) => task.atom === atom).map((task) => task.project);
      const wanted = (/** @type {ReadonlySet<string>} */ names) => reached(project).filter((name) => names.has(name));
      return [
        ...differences(`${file}: pytest of`, wanted(tested), of(ATOMS.tests)),
        ...differences(`${file}: mypy of`, wanted(typed), of(ATOMS.types)),
        ...differences(`${file}: lint of`, [project.name], of(ATOMS.lint)),
        ...differences(`${file}: format check of`, [project.name], of(ATOMS.format)),
      ];
    });
  });
}

/**
 * @param {Checkout} clone
 * @param {string} cache
 * @param {{ file: string, text: string }} change
 * @param {(tasks: readonly AffectedTask[]) => string[]} compare
 * @returns {Touch[]}
 */
function touching(clone, cache, { file, text }, compare) {
  appendFileSync(join(clone.root, file), text);
  const tasks = affectedTasks(clone, cache);
  const found = compare(tasks);
  output("git", ["checkout", "--quiet", "--", file], { cwd: clone.root });
  return [{ file, tested: tasks.filter(({ atom }) => atom === ATOMS.tests).length, differences: found }];
}

/**
 * @param {Checkout} clone
 * @param {string} cache
 * @returns {AffectedTask[]}
 */
function affectedTasks(clone, cache) {
  const { file, first } = symbioticOf(clone);
  const args = [...first, "run", "gates", "--affected", "--base", "HEAD", "--dry-run=json"];
  return JSON.parse(output(file, args, { cwd: clone.root, env: { ...clone.env, SYMBIOTIC_CACHE_DIR: cache } })).tasks;
}

/**
 * A module of the project that is no test.
 * @param {Project} project
 * @param {readonly Project[]} projects
 * @param {readonly string[]} files
 */
function sourceOf(project, projects, files) {
  const own = files.filter((file) => file.endsWith(".py") && ownerOf(file, projects) === project);
  const modules = own.filter((file) => !NO_SOURCE.test(file.slice(pathIn(project, "").length)));
  return modules.find((file) => file.includes("/src/") || file.startsWith("src/")) ?? modules[0];
}
