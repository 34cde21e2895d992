import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";

/**
 * @typedef {object} Figures one command, run to its end
 * @property {number} ms wall time
 * @property {number} cpuMs over all cores
 * @property {number} peakKb of its largest process
 * @property {number} [executed] how many tasks it ran instead of serving them from its cache, where it has tasks
 */

/**
 * @typedef {object} Round
 * @property {number} load of the machine before the round, over one minute
 * @property {Record<string, Figures>} samples by what was measured
 */

/** @typedef {{ cores: number, memoryGb: number, system: string }} Machine nothing in it tells whose it is */

/**
 * The raw figures of a series, if there are any.
 * @param {string} folder
 * @param {string} name
 * @returns {any}
 */
export function loadResults(folder, name) {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * Keeps the raw figures of a series; an interruption leaves the old ones or the new ones.
 * @param {string} folder
 * @param {{ name: string }} results
 */
export function saveResults(folder, results) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${results.name}.json`);
  writeFileSync(`${file}.new`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @returns {Machine} */
export function machine() {
  return {
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
  };
}

/** How many processes wanted to run, over the last minute. */
export function load() {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

export function today() {
  return new Date().toISOString().slice(0, 10);
}

/**
 * The version that a program says of itself.
 * @param {string} file
 */
export function versionOf(file) {
  return (/\d+(\.\d+)+/.exec(execFileSync(file, ["--version"], { encoding: "utf8" })) ?? ["unknown"])[0];
}
