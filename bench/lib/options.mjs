import { parseArgs } from "node:util";
import { ScriptError } from "../../scripts/lib/run.mjs";

/**
 * @typedef {object} Options
 * @property {string} series
 * @property {number | undefined} rounds as many as the series has, unless given
 * @property {number} minutes after which nothing further is begun
 * @property {readonly string[] | undefined} tools all of the series, unless given
 * @property {boolean} resume
 * @property {boolean} workspace measure the built packages of this checkout, unpacked
 */

/**
 * @param {string[]} argv
 * @param {string} usage
 * @returns {Options}
 */
export function readOptions(argv, usage) {
  const { values, positionals } = parsed(argv, usage);
  const [series] = positionals;
  if (series === undefined || positionals.length > 1) throw new ScriptError(usage);
  return {
    series,
    rounds: values.rounds === undefined ? undefined : positive("rounds", values.rounds),
    minutes: positive("minutes", values.minutes),
    tools: values.tools?.split(","),
    resume: values.resume,
    workspace: values.workspace,
  };
}

/**
 * @param {string[]} args
 * @param {string} usage
 */
function parsed(args, usage) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        rounds: { type: "string" },
        minutes: { type: "string", default: "20" },
        tools: { type: "string" },
        resume: { type: "boolean", default: false },
        workspace: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new ScriptError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/**
 * A whole number above 0.
 * @param {string} option
 * @param {string} text
 */
export function positive(option, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new ScriptError(`--${option} needs a whole number above 0, not ${text}`);
  return Number(text);
}
