import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ScriptError } from "../../scripts/lib/run.mjs";

/**
 * @typedef {object} Sample one command, run to its end
 * @property {number} ms wall time
 * @property {number} cpuMs time of the processors, of the command and all that it waited for
 * @property {number} peakKb resident memory at its peak, of the largest of the command's processes
 * @property {number} exitCode negative where a signal ended it
 */

/**
 * @typedef {object} Place
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {string} output the file that gets both streams
 * @property {string} [input] the file that is read from stdin
 */

const STARTER = fileURLToPath(new URL("./measure.py", import.meta.url));

/**
 * Runs a command and measures it.
 * @param {string} python the interpreter that measures
 * @param {readonly string[]} argv
 * @param {Place} place
 * @returns {Sample}
 */
export function measure(python, argv, { cwd, env, output, input }) {
  const done = spawnSync(python, ["-I", "-S", STARTER, input ?? nothing(), output, ...argv], {
    cwd,
    env,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new ScriptError(`cannot measure ${argv.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

function nothing() {
  return process.platform === "win32" ? join("\\\\.", "NUL") : "/dev/null";
}
