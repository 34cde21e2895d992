import { spawnSync } from "node:child_process";
import { ScriptError } from "../lib/run.mjs";

const MOST_OUTPUT = 512 * 1024 * 1024;

/** @typedef {{ code: number, stdout: string, stderr: string, seconds: number }} Done */

/**
 * Runs a program to its end and keeps what it wrote. The time is that of the whole process.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Done}
 */
export function run(file, args, { cwd, env = process.env }) {
  const start = performance.now();
  const done = spawnSync(file, args, { cwd, env, encoding: "utf8", maxBuffer: MOST_OUTPUT });
  if (done.error) throw new ScriptError(`cannot run ${file}: ${done.error.message}`);
  const seconds = (performance.now() - start) / 1000;
  return { code: done.status ?? 128, stdout: done.stdout, stderr: done.stderr, seconds };
}

/**
 * As `run`, where another exit code than these is the end of the script.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, codes?: readonly number[] }} options
 * @returns {string} what it wrote to its standard output
 */
export function output(file, args, { codes = [0], ...options }) {
  const done = run(file, args, options);
  if (codes.includes(done.code)) return done.stdout;
  const said = done.stderr.trim().split("\n").slice(-5).join("\n");
  throw new ScriptError(`${[file, ...args].join(" ")} ended with exit code ${done.code}\n${said}`);
}
