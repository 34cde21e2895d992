import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ScriptError } from "../../../scripts/lib/run.mjs";
import { measure } from "../measure.mjs";

/**
 * @typedef {object} GitCall one start of git by the measured program
 * @property {string[]} args
 * @property {string} cwd
 * @property {string} input the file with what it was given on stdin
 */

/**
 * Runs a command once, unmeasured, and tells in which ways it started git: a script in front of git in PATH writes it down.
 * @param {{ python: string, argv: readonly string[], cwd: string, env: NodeJS.ProcessEnv, calls: string }} run
 * @returns {GitCall[]} in their order
 */
export function recordGitCalls({ python, argv, cwd, env, calls }) {
  rmSync(calls, { recursive: true, force: true });
  mkdirSync(join(calls, "bin"), { recursive: true });
  const script = join(calls, "bin/git");
  writeFileSync(script, scriptText(calls, pathOfGit(env)));
  chmodSync(script, 0o755);
  const spied = { ...env, PATH: [join(calls, "bin"), env["PATH"]].join(delimiter) };
  const { exitCode } = measure(python, argv, { cwd, env: spied, output: join(calls, "output.txt") });
  if (exitCode !== 0)
    throw new ScriptError(`${argv.join(" ")} ended with exit code ${exitCode} while its calls of git were watched`);
  return readCalls(calls);
}

/**
 * The calls that an earlier run of the benchmark wrote down.
 * @param {string} calls
 * @returns {GitCall[]}
 */
export function readCalls(calls) {
  const names = readdirSync(calls).filter((name) => name.endsWith(".args"));
  return names.sort().map((name) => {
    const [cwd = "", ...args] = readFileSync(join(calls, name), "utf8").split("\0").slice(0, -1);
    return { args, cwd, input: join(calls, name.replace(/args$/, "input")) };
  });
}

/** @param {NodeJS.ProcessEnv} env */
function pathOfGit(env) {
  return execFileSync("/bin/sh", ["-c", "command -v git"], { env, encoding: "utf8" }).trim();
}

/**
 * Calls are numbered by the folders that could be made: two at once get two numbers.
 * @param {string} calls
 * @param {string} git
 */
function scriptText(calls, git) {
  return `#!/bin/sh
number=100
until mkdir '${calls}'/$number 2>/dev/null; do number=$((number + 1)); done
call='${calls}'/$number
cat > "$call.input"
printf '%s\\0' "$PWD" "$@" > "$call.args"
exec '${git}' "$@" < "$call.input"
`;
}
