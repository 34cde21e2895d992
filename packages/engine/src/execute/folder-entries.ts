import { readdirSync } from "node:fs";
import { absolutePath, decodePath, joinRepo, type RepoPath } from "../core/path.ts";
import { type FileStat, isSettled, sameStat, statOf } from "../fingerprint/files/file-stat.ts";

/** What lies in a folder. */
export interface FolderEntry {
  readonly path: RepoPath;
  readonly isFolder: boolean;
}

/** What a folder holds now; nothing where it cannot be read. */
export type FolderEntries = (folder: RepoPath) => readonly FolderEntry[];

interface Read {
  readonly stat: FileStat;
  readonly entries: readonly FolderEntry[];
}

/**
 * Reads folders of a work tree whose root is given, absolute. One that was read is not read again while its state is the same: each of a
 * thousand tasks looks into the same folders. On Windows it is: some of its file systems do not write down when a folder got a new entry.
 */
export function createFolderEntries(root: string, now: () => number = Date.now): FolderEntries {
  const known = new Map<RepoPath, Read>();
  return (folder) => {
    const place = absolutePath(root, folder);
    try {
      const lookedAt = now();
      const stat = statOf(place);
      const before = known.get(folder);
      if (stat !== undefined && before !== undefined && sameStat(stat, before.stat)) return before.entries;
      const entries = read(place, folder);
      if (stat !== undefined && isSettled(stat, lookedAt) && process.platform !== "win32")
        known.set(folder, { stat, entries });
      return entries;
    } catch {
      return [];
    }
  };
}

function read(place: string | Buffer, folder: RepoPath): FolderEntry[] {
  return readdirSync(place, { withFileTypes: true, encoding: "buffer" }).map((entry) => ({
    path: joinRepo(folder, decodePath(entry.name)),
    isFolder: entry.isDirectory(),
  }));
}
