import { lstatSync } from "node:fs";

/**
 * What git must be told before a command that lists the work tree at `root`, which is absolute. A repository that was made
 * on a file system which takes `A` and `a` for the same says so for ever; carried to one that tells them apart, git would
 * hide a file whose name differs from a tracked one only in case.
 */
export function nameCase(root: string): readonly string[] {
  const isTold = lstatSync(`${root}/.GIT`, { throwIfNoEntry: false }) === undefined;
  return isTold ? ["-c", "core.ignoreCase=false"] : [];
}
