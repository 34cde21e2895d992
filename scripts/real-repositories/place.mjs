import { relative, resolve, sep } from "node:path";

/** @typedef {import("./processes.mjs").Done} Done */
/** @typedef {{ root: string, env: NodeJS.ProcessEnv, temporary: string }} Place a clone, absolute, and where rules and reports may lie */
/** @typedef {{ refused: string } | { refused?: never, found: string[], onlyVisible?: boolean }} ByHand what was found, as canonical tuples, or why nothing was */

/**
 * Where a tool is started by hand.
 * @param {Place} place
 */
export function at({ root, env }) {
  return { cwd: root, env };
}

/**
 * A finding with a place, as text.
 * @param {Place} place
 * @param {string} path as the tool has it
 * @param {number} line 0 where there is none
 * @param {string} rule
 */
export function tuple({ root }, path, line, rule) {
  return `${relative(root, resolve(root, path)).split(sep).join("/")}:${line} ${rule}`;
}

/**
 * A tool that had no result.
 * @param {Done} done
 * @returns {ByHand}
 */
export function refused({ code, stdout, stderr }) {
  const last = `${stdout}\n${stderr}`.trim().split("\n").slice(-3).join(" ");
  return { refused: `exit code ${code}: ${last}` };
}
