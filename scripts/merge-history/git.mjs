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

/**
 * The files of a commit that are text, by one process.
 * @param {string} repository
 * @param {string} commit
 * @param {readonly string[]} files
 * @returns {ReadonlyMap<string, string>}
 */
export function textsOf(repository, commit, files) {
  const input = files.map((file) => `${commit}:${file}\n`).join("");
  const ran = spawnSync("git", ["-C", repository, "cat-file", "--batch"], { input, maxBuffer: 1 << 30 });
  /** @type {Map<string, string>} */
  const texts = new Map();
  let at = 0;
  for (const file of files) {
    const end = ran.stdout.indexOf(10, at);
    const size = Number(ran.stdout.toString("latin1", at, end).split(" ")[2]);
    if (!Number.isInteger(size)) {
      at = end + 1;
      continue;
    }
    texts.set(file, ran.stdout.toString("utf8", end + 1, end + 1 + size));
    at = end + size + 2;
  }
  return texts;
}
