import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { type RepoPath, absolutePath, isInside, joinRepo, parentOf } from "../../core/path.ts";
import { fileMode, statOf } from "../../fingerprint/files/file-stat.ts";
import { type Digest, hashFile, hashLink } from "../../fingerprint/files/hash-file.ts";
import { uniqueName } from "../../fingerprint/files/write-atomically.ts";
import { listFiles, listOutputs } from "./list-files.ts";
import { checkOutputPlaces, isOwned } from "./output-place.ts";

/** A file that was moved away, and where it is now. */
export interface Displaced {
  readonly path: RepoPath;
  readonly to: RepoPath;
}

/** The extra files of a task: what it owns beyond the manifest `keep`. */
export interface Extras {
  readonly root: string;
  readonly owned: readonly RepoPath[];
  /** What the task keeps between runs: never cleared. */
  readonly scratch?: readonly RepoPath[];
  readonly run: string;
  readonly keep: ReadonlyMap<RepoPath, Digest>;
  /** What records of the task have put here, with the bytes that they put. */
  readonly made: ReadonlyMap<RepoPath, Digest>;
}

/**
 * Deletes the extra files that still are what a record of the task made, and moves the others in its folders to
 * `.symbiotic/displaced/<run>/`. Throws what the file system throws.
 */
export function clearExtras(extras: Extras): {
  readonly deleted: readonly RepoPath[];
  readonly displaced: readonly Displaced[];
} {
  const { root, owned, keep, made, scratch = [] } = extras;
  const gone = [...made.keys()].filter((path) => !isOwned(owned, path) && checkOutputPlaces(root, [path]).ok);
  const deleted: RepoPath[] = [];
  const displaced: Displaced[] = [];
  for (const path of [...listOutputs(root, owned, scratch), ...listFiles(root, gone)]) {
    if (keep.has(path)) continue;
    if (made.has(path) && digestAt(root, path) === made.get(path)) {
      rmSync(absolutePath(root, path));
      deleted.push(path);
    } else if (isOwned(owned, path)) {
      displaced.push(displace(root, path, extras.run));
    }
  }
  for (const path of [...deleted, ...displaced.map((moved) => moved.path)]) removeEmptyParents(root, path, owned);
  return { deleted, displaced };
}

/** Removes a folder that holds nothing but folders that hold nothing. Throws where there is a file. */
export function removeEmptyFolders(root: string, folder: RepoPath): void {
  for (const name of readdirSync(absolutePath(root, folder))) removeEmptyFolders(root, joinRepo(folder, name));
  rmdirSync(absolutePath(root, folder));
}

function removeEmptyParents(root: string, path: RepoPath, owned: readonly RepoPath[]): void {
  const isBelowOwned = (folder: RepoPath): boolean => owned.some((top) => top !== folder && isInside(top, folder));
  try {
    for (let folder = parentOf(path); isBelowOwned(folder); folder = parentOf(folder))
      rmdirSync(absolutePath(root, folder));
  } catch {
    // It holds something: it stays.
  }
}

/** Moves a file or link to the run's folder of displaced files. Throws what the file system throws. */
export function displace(root: string, path: RepoPath, run: string): Displaced {
  const folder = `.symbiotic/displaced/${run}`;
  const plain = joinRepo(folder, path);
  const to = statOf(absolutePath(root, plain)) === undefined ? plain : joinRepo(folder, `${path}.${uniqueName()}`);
  mkdirSync(absolutePath(root, parentOf(to)), { recursive: true });
  renameSync(absolutePath(root, path), absolutePath(root, to));
  return { path, to };
}

/** The digest of the file or link that lies at a path; undefined where there is none. Throws what reading throws. */
export function digestAt(root: string, path: RepoPath): Digest | undefined {
  const absolute = absolutePath(root, path);
  const stat = statOf(absolute);
  const mode = stat && fileMode(stat);
  if (stat === undefined || mode === undefined) return undefined;
  return mode === "120000" ? hashLink(absolute) : hashFile(absolute, stat.size);
}
