/** @typedef {import("./task-counts.mjs").TaskCounts} TaskCounts */

/**
 * A tool that is measured. Tools with the same `copy` of the repository share what is cached in it.
 * @typedef {object} Tool
 * @property {string} id as `--tools` has it
 * @property {string} title
 * @property {string} [peer] the folder that it is installed in; Symbiotic is not a peer
 * @property {string} copy of the repository
 * @property {readonly string[]} packages that are linked into the copy: names below node_modules
 * @property {readonly string[]} program its start, from the copy's node_modules where relative; run by Node where `byNode`
 * @property {boolean} byNode
 * @property {readonly string[]} run all three tasks of all projects
 * @property {readonly string[]} affected the same, of what differs from the branch `main`
 * @property {readonly string[]} [version] nothing where it has no such option
 * @property {readonly string[]} caches what a cold run must not find and git does not ignore, from the root
 * @property {readonly string[]} [homeCaches] what of its caches lies in the home folder
 * @property {Readonly<Record<string, string>>} env
 * @property {(output: string) => TaskCounts | undefined} tasks what its output says was run
 * @property {readonly string[]} [stop] ends the server that its runs leave; before it is measured, one run starts it
 */

/** What every project has, by the names of its scripts. */
export const TASKS = ["build", "lint", "test"];
