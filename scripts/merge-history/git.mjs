import { spawnSync } from "node:child_process";
import { ScriptError } from "../lib/run.mjs";

/**
 * What git prints, whatever its exit code is.
 * @param {string} repository
 * @param {readonly string[]} args
 * @returns {{ readonly code: number, readonly text: string }}
 */
export function tryGit(repository, args) {
  const ran = spawnSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.error) throw new ScriptError(`git cannot be started: ${ran.error.message}`);
  return { code: ran.status ?? 1, text: ran.stdout };
}

/**
 * What git prints; an error where it fails.
 * @param {string} repository
 * @param {readonly string[]} args
 */
export function git(repository, args) {
  const { code, text } = tryGit(repository, args);
  if (code !== 0) throw new ScriptError(`git ${args.join(" ")} failed in ${repository}`);
  return text;
}

/**
 * The lines that git prints.
 * @param {string} repository
 * @param {readonly string[]} args
 */
export function gitLines(repository, args) {
  return git(repository, args)
    .split("\n")
    .filter((line) => line !== "");
}
