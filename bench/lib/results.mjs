import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { projectNode, ScriptError } from "../../scripts/lib/run.mjs";
import { RESULTS } from "./places.mjs";
import { PNPM } from "./repository-files.mjs";
import { installedSources, TURBO } from "./tools.mjs";

/** @typedef {{ ms: number, cpuMs: number, peakKb: number }} Figures */

/**
 * @typedef {object} Round
 * @property {number} load of the machine before the round, over one minute
 * @property {Record<string, Figures>} samples by contestant and floor
 */

/**
 * @typedef {object} Results everything that is kept of a series; nothing in it tells whose machine it was
 * @property {1} format
 * @property {string} name
 * @property {string} day
 * @property {{ cores: number, memoryGb: number, system: string }} machine
 * @property {Record<string, string>} versions
 * @property {Record<string, number>} repository
 * @property {Record<string, Figures & { tasks: number }>} cold
 * @property {string[]} gitCalls of one cached run of Symbiotic
 * @property {Round[]} rounds
 */

/**
 * @param {string} name
 * @returns {Results | undefined}
 */
export function loadResults(name) {
  const file = fileOf(name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** @param {Results} results */
export function saveResults(results) {
  mkdirSync(RESULTS, { recursive: true });
  const file = fileOf(results.name);
  writeFileSync(`${file}.new`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @returns {Results["machine"]} */
export function machine() {
  return {
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
  };
}

/**
 * @param {string} python
 * @returns {Record<string, string>}
 */
export function versions(python) {
  const said = (/** @type {string} */ file, /** @type {string[]} */ args) =>
    (/\d+(\.\d+)+/.exec(execFileSync(file, args, { encoding: "utf8" })) ?? ["unknown"])[0];
  return {
    sources: installedSources() ?? "unknown",
    node: said(projectNode(), ["--version"]),
    python: said(python, ["--version"]),
    git: said("git", ["--version"]),
    turbo: TURBO,
    pnpm: PNPM,
  };
}

/**
 * The series that is to go on: begun with what is installed now.
 * @param {string} name
 * @param {number} count
 * @returns {Results}
 */
export function unfinished(name, count) {
  const results = loadResults(name);
  if (results === undefined) throw new ScriptError(`there is no series ${name} to resume`);
  if (results.repository["projects"] !== count)
    throw new ScriptError(`the series ${name} has another number of projects`);
  if (results.versions["sources"] !== installedSources()) {
    throw new ScriptError(`the series ${name} was begun with another installation; begin it again without --resume`);
  }
  return results;
}

/** @param {string} name */
function fileOf(name) {
  return join(RESULTS, `${name}.json`);
}
