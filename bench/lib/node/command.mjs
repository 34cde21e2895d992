import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectNode, ScriptError } from "../../../scripts/lib/run.mjs";
import { measuredEnvironment } from "../environment.mjs";
import { measure } from "../measure.mjs";
import { WORK } from "../places.mjs";

/** @typedef {import("../results.mjs").Figures} Figures */
/** @typedef {import("../tools/tool.mjs").Tool} Tool */
/** @typedef {import("./kinds.mjs").Expected} Expected */

/**
 * Runs a tool in its copy and makes sure of what it did.
 * @param {{ python: string, copy: string, tool: Tool }} where
 * @param {readonly string[]} args
 * @param {Expected} [expected]
 * @returns {Figures}
 */
export function runTool({ python, copy, tool }, args, expected) {
  const [program = "", ...rest] = tool.program;
  const argv = [...(tool.byNode ? [projectNode()] : []), join(copy, "node_modules", program), ...rest, ...args];
  const { figures, output } = run({ python, copy, env: tool.env }, argv);
  if (expected === undefined) return figures;
  const seen = tool.tasks(output);
  if (seen === undefined) throw failure(argv, "its output does not say what it ran", output);
  if (seen.total < expected.total || seen.executed < expected.least || seen.executed > expected.most)
    throw failure(argv, `${seen.executed} of ${seen.total} tasks were run, ${wanted(expected)} expected`, output);
  return { ...figures, executed: seen.executed };
}

/**
 * Runs a program in a copy; a failure ends the series.
 * @param {{ python: string, copy: string, env?: Readonly<Record<string, string>> }} where
 * @param {readonly string[]} argv
 */
export function run({ python, copy, env = {} }, argv) {
  mkdirSync(WORK, { recursive: true });
  const file = join(WORK, "output.txt");
  const { exitCode, ...figures } = measure(python, argv, {
    cwd: copy,
    env: { ...measuredEnvironment(), ...env },
    output: file,
  });
  const output = readFileSync(file, "utf8");
  if (exitCode !== 0) throw failure(argv, `exit code ${exitCode}`, output);
  return { figures, output };
}

/** @param {Expected} expected */
function wanted({ total, least, most }) {
  return `${least === most ? least : `${least} to ${most}`} of ${total}`;
}

/**
 * @param {readonly string[]} argv
 * @param {string} what
 * @param {string} output
 */
function failure(argv, what, output) {
  return new ScriptError(`${argv.join(" ")}: ${what}; the end of its output:\n${output.slice(-3000)}`);
}
