import { parseArgs } from "node:util";
import { ScriptError } from "../../scripts/lib/run.mjs";

/**
 * @typedef {object} Options
 * @property {number} count of projects
 * @property {number} rounds
 * @property {number} minutes after which no further round is begun
 * @property {string} name of the series
 * @property {boolean} resume
 */

/**
 * @param {string[]} argv
 * @returns {Options}
 */
export function readOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      count: { type: "string", default: "500" },
      rounds: { type: "string", default: "9" },
      minutes: { type: "string", default: "20" },
      name: { type: "string" },
      resume: { type: "boolean", default: false },
    },
  });
  const count = positive("count", values.count);
  const name = values.name ?? `python-${count}`;
  if (!/^[a-z0-9-]+$/.test(name)) throw new ScriptError("--name has other characters than a-z, 0-9 and -");
  return {
    count,
    name,
    rounds: positive("rounds", values.rounds),
    minutes: positive("minutes", values.minutes),
    resume: values.resume,
  };
}

/**
 * @param {string} option
 * @param {string} text
 */
function positive(option, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new ScriptError(`--${option} needs a whole number above 0, not ${text}`);
  return Number(text);
}
