import { git, gitLines, tryGit } from "./git.mjs";

/** A side with more commits than these is no issue, but a branch of its own. */
const MOST_COMMITS = 30;

/** @typedef {{ readonly commit: string, readonly paths: readonly string[], readonly words: string }} Side */
/** @typedef {{ readonly commit: string, readonly base: string, readonly sides: readonly [Side, Side], readonly conflicted: boolean }} Merge */

/**
 * The newest merges whose two sides both have commits, and few of them; `git merge-tree` says whether they conflicted.
 * @param {string} repository
 * @param {number} count how many merges are looked at
 * @returns {Merge[]}
 */
export function mergesOf(repository, count) {
  const listed = gitLines(repository, [
    "rev-list",
    "--merges",
    "--max-parents=2",
    "--parents",
    "-n",
    String(count),
    "--all",
  ]);
  return listed.flatMap((line) => {
    const [commit = "", one = "", other = ""] = line.split(" ");
    const base = tryGit(repository, ["merge-base", one, other]).text.trim();
    if (base === "" || !isSmall(repository, base, one) || !isSmall(repository, base, other)) return [];
    const { code } = tryGit(repository, ["merge-tree", "--write-tree", one, other]);
    if (code > 1) return [];
    const sides = /** @type {const} */ ([sideOf(repository, base, one), sideOf(repository, base, other)]);
    if (sides.some(({ paths }) => paths.length === 0)) return [];
    return [{ commit, base, sides, conflicted: code === 1 }];
  });
}

/** @param {string} repository @param {string} base @param {string} tip */
function isSmall(repository, base, tip) {
  const commits = Number(git(repository, ["rev-list", "--count", "--no-merges", `${base}..${tip}`]));
  return commits >= 1 && commits <= MOST_COMMITS;
}

/** @param {string} repository @param {string} base @param {string} tip @returns {Side} */
function sideOf(repository, base, tip) {
  return {
    commit: tip,
    paths: gitLines(repository, ["-c", "core.quotePath=false", "diff", "--name-only", "--no-renames", base, tip]),
    words: git(repository, ["log", "--no-merges", "--format=%B", `${base}..${tip}`]),
  };
}
