import { ScriptError } from "../../../scripts/lib/run.mjs";
import { installedSources } from "../packed.mjs";
import { loadResults } from "../results.mjs";

/** @typedef {import("../results.mjs").Figures} Figures */

/**
 * @typedef {object} Results everything that is kept of a series; nothing in it tells whose machine it was
 * @property {1} format
 * @property {string} name
 * @property {string} day
 * @property {import("../results.mjs").Machine} machine
 * @property {Record<string, string>} versions
 * @property {Record<string, number>} repository
 * @property {Record<string, Figures & { tasks: number }>} cold
 * @property {string[]} gitCalls of one cached run of Symbiotic
 * @property {import("../results.mjs").Round[]} rounds
 */

/**
 * The series that is to go on, if it was begun: with what is installed now.
 * @param {string} folder
 * @param {string} name
 * @returns {Results | undefined}
 */
export function unfinished(folder, name) {
  /** @type {Results | undefined} */
  const results = loadResults(folder, name);
  if (results !== undefined && results.versions["sources"] !== installedSources())
    throw new ScriptError(`the series ${name} was begun with another installation; begin it again without --resume`);
  return results;
}
