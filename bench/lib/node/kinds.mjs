import { whyArguments } from "../tools/symbiotic.mjs";
import { TASKS } from "../tools/tool.mjs";
import { changeFile, makeCold } from "./edits.mjs";
import { planProjects } from "./plan.mjs";
import { OTHER_FILE, VERSION_FILE } from "./source-files.mjs";

/** @typedef {import("../tools/tool.mjs").Tool} Tool */

/**
 * What a series measures.
 * @typedef {object} Kind
 * @property {string} title
 * @property {(tool: Tool, projects: number) => readonly string[]} args of the measured command
 * @property {(copy: string, tool: Tool, projects: number) => void} before each measured command
 * @property {boolean} warm whether everything is in the tool's cache before the first round
 * @property {boolean} [runs] whether one run of all tasks comes between `before` and the measured command
 * @property {(projects: number) => Expected | undefined} expected of the run that follows `before`; nothing without tasks
 */

/** @typedef {{ total: number, least: number, most: number }} Expected how many tasks, at least; how many of them are run */

/** @type {Readonly<Record<string, Kind>>} */
export const KINDS = {
  cached: {
    title: "nothing changed",
    args: ({ run }) => run,
    before: () => {},
    warm: true,
    expected: (projects) => ({ total: TASKS.length * projects, least: 0, most: 0 }),
  },
  "changed-leaf": {
    title: "one file changed in a project that nothing depends on",
    args: ({ run }) => run,
    before: changeLeaf,
    warm: true,
    expected: (projects) => exactly(TASKS.length * projects, TASKS.length),
  },
  "changed-root": {
    title: "one file changed in the project that everything depends on, so that all results change",
    args: ({ run }) => run,
    before: (copy, _, projects) => changeFile(copy, rootOf(projects), VERSION_FILE),
    warm: true,
    expected: (projects) => exactly(TASKS.length * projects, 2 * projects + 1),
  },
  "changed-root-comment": {
    title: "one file changed in the project that everything depends on, no result changes",
    args: ({ run }) => run,
    before: (copy, _, projects) => changeFile(copy, rootOf(projects), OTHER_FILE),
    warm: true,
    expected: (projects) => ({ total: TASKS.length * projects, least: TASKS.length, most: 2 * projects + 1 }),
  },
  affected: {
    title: "only what is affected by one changed file, in a project that nothing depends on",
    args: ({ affected }) => affected,
    before: changeLeaf,
    warm: true,
    expected: () => exactly(TASKS.length, TASKS.length),
  },
  cold: {
    title: "nothing cached",
    args: ({ run }) => run,
    before: makeCold,
    warm: false,
    expected: (projects) => exactly(TASKS.length * projects, TASKS.length * projects),
  },
  version: {
    title: "`--version`",
    args: ({ version }) => version ?? [],
    before: () => {},
    warm: false,
    expected: () => undefined,
  },
  why: {
    title: "`why` of a task that missed",
    args: (_, projects) => whyArguments(leafOf(projects)),
    before: changeLeaf,
    warm: true,
    runs: true,
    expected: (projects) => exactly(TASKS.length * projects, TASKS.length),
  },
};

/**
 * @param {number} total
 * @param {number} executed
 * @returns {Expected}
 */
function exactly(total, executed) {
  return { total, least: executed, most: executed };
}

/**
 * @param {string} copy
 * @param {Tool} _
 * @param {number} projects
 */
function changeLeaf(copy, _, projects) {
  changeFile(copy, leafOf(projects), OTHER_FILE);
}

/** @param {number} projects */
function leafOf(projects) {
  return planProjects(projects).at(-1)?.name ?? "";
}

/** @param {number} projects */
function rootOf(projects) {
  return planProjects(projects)[0]?.name ?? "";
}
