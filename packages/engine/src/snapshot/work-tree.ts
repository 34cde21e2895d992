import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A work tree as it is found without asking git. */
export interface FoundWorkTree {
  /** Absolute, links resolved. */
  readonly root: string;
  /** The git directory of this work tree. */
  readonly gitDir: string;
}

/**
 * The work tree around a folder, found by looking for `.git`. It is a guess that costs nothing: a snapshot names the root
 * that git gave, and is not used where the two differ. Throws what the file system throws.
 */
export function findWorkTree(cwd: string): FoundWorkTree | undefined {
  for (let folder = realpathSync.native(cwd); ; folder = dirname(folder)) {
    const gitDir = gitDirectoryAt(join(folder, ".git"));
    if (gitDir !== undefined) return { root: folder, gitDir: realpathSync.native(gitDir) };
    if (folder === dirname(folder)) return undefined;
  }
}

function gitDirectoryAt(place: string): string | undefined {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) return place;
  const named = /^gitdir: (.+?)[\r\n]*$/.exec(readFileSync(place, "utf8"))?.[1];
  return named === undefined ? undefined : resolve(dirname(place), named);
}
