import { dirname } from "node:path";
import { output } from "./processes.mjs";

/** @typedef {import("./by-symbiotic.mjs").Project} Project */

/** Stands for the repository root where that is no project. */
const NOBODY = { name: ".", root: ".", dependsOn: [] };

/**
 * The project in the nearest folder at or above a file.
 * @param {string} file from the repository root
 * @param {readonly Project[]} projects
 * @returns {Project}
 */
export function ownerOf(file, projects) {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = projects.find(({ root }) => root === folder);
    if (found !== undefined) return found;
    if (folder === ".") return NOBODY;
  }
}

/**
 * A path in a project, from the repository root.
 * @param {Project} project
 * @param {string} path
 */
export function pathIn({ root }, path) {
  return root === "." ? path : `${root}/${path}`;
}

/**
 * @param {{ root: string }} checkout
 * @returns {string[]}
 */
export function trackedFiles({ root }) {
  const files = output("git", ["ls-files", "-z"], { cwd: root }).split("\0");
  return files.filter((file) => file !== "");
}
