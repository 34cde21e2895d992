import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, ScriptError } from "../../../scripts/lib/run.mjs";
import { HOME } from "../places.mjs";
import { PROJECTS } from "./root-files.mjs";

/** What git ignores and a cold run needs all the same: what the package manager and the benchmark have installed. */
const INSTALLED = ["!/node_modules", `!/${PROJECTS}/*/node_modules`];

/**
 * Changes the number in the first line of a project's file to one that it never had.
 * @param {string} copy
 * @param {string} project
 * @param {string} path inside of the project
 */
export function changeFile(copy, project, path) {
  const file = join(copy, PROJECTS, project, path);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, `// ${Date.now()}${text.slice(text.indexOf("\n"))}`);
  pause(2);
}

/**
 * Takes back what earlier series have changed.
 * @param {string} copy
 */
export function takeBack(copy) {
  const asked = spawnSync("git", ["status", "--porcelain"], { cwd: copy, encoding: "utf8" });
  if (asked.status !== 0) throw new ScriptError(`git does not know the state of ${copy}`);
  if (asked.stdout === "") return;
  must("git", ["checkout", "--quiet", "--", "."], { cwd: copy });
  // An index as old as a file does not say of it that it is unchanged.
  pause(100);
  const now = new Date();
  utimesSync(join(copy, ".git/index"), now, now);
}

/**
 * Removes what tasks and tools have made.
 * @param {string} copy
 * @param {import("../tools/tool.mjs").Tool} tool whose caches, if git does not ignore them, go too
 */
export function makeCold(copy, { caches, homeCaches = [] }) {
  must("git", ["clean", "-ffdXq", ...INSTALLED.flatMap((pattern) => ["-e", pattern])], { cwd: copy });
  for (const cache of caches) rmSync(join(copy, cache), { recursive: true, force: true });
  for (const cache of homeCaches) rmSync(join(HOME, cache), { recursive: true, force: true });
}

/** @param {number} ms */
export function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
