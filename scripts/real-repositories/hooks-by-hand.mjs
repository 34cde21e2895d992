import { readFileSync } from "node:fs";
import { join } from "node:path";
import { output, run } from "./processes.mjs";

/** @typedef {import("./place.mjs").Place} Place */
/** @typedef {import("./place.mjs").ByHand} ByHand */

/**
 * Runs the hooks of a repository one after the other, and looks after each which files it changed.
 * @param {Place} place
 * @returns {ByHand}
 */
export function hooksByHand(place) {
  const { root, env } = place;
  const settings = readFileSync(join(root, ".pre-commit-config.yaml"), "utf8");
  const hooks = [...settings.matchAll(/^[\s-]*id:\s*["']?([\w.-]+)/gm)].map(([, id = ""]) => id);
  const tracked = output("git", ["ls-files", "-z"], { cwd: root }).split("\0").filter(Boolean);
  /** @type {string[]} */
  const found = [];
  for (const hook of hooks) {
    const before = changes(root);
    const done = run("pre-commit", ["run", hook, "--all-files", "--verbose", "--color=never"], { cwd: root, env });
    if (done.code > 1) return { refused: `exit code ${done.code}: ${done.stdout}${done.stderr}` };
    const after = changes(root);
    const changed = tracked.filter((file) => before.get(file) !== after.get(file));
    if (done.code === 1) found.push(tupleOf(hook, done.stdout, { tracked, changed }));
  }
  return { found, onlyVisible: false };
}

/**
 * Hook, exit code and files: those that it changed, and those that its output names.
 * @param {string} hook
 * @param {string} said
 * @param {{ tracked: string[], changed: string[] }} files
 */
function tupleOf(hook, said, { tracked, changed }) {
  const exit = /^- exit code: (\d+)$/m.exec(said)?.[1] ?? "0";
  const words = new Set(said.split(/[\s"'`:,()[\]]+/));
  const named = tracked.filter((file) => words.has(file) || words.has(`./${file}`));
  const files = [...new Set([...changed, ...named])].sort();
  return `${hook}, exit code ${exit}: ${(files.length === 0 ? [".pre-commit-config.yaml"] : files).join(" ")}`;
}

/**
 * What differs from the index, by file.
 * @param {string} root
 * @returns {Map<string, string>}
 */
function changes(root) {
  const files = output("git", ["diff", "--name-only", "-z"], { cwd: root }).split("\0").filter(Boolean);
  return new Map(files.map((file) => [file, output("git", ["hash-object", file], { cwd: root }).trim()]));
}
