import { readdirSync } from "node:fs";
import { byCodeUnit } from "../../core/json.ts";
import { type RepoPath, absolutePath, decodePath, isInside, joinRepo } from "../../core/path.ts";
import { errorCode, fileMode, statOf } from "../../fingerprint/files/file-stat.ts";

/**
 * Every file, link and other thing that is no folder at or below these paths, sorted, each once; links are not followed.
 * Throws what the file system throws.
 */
export function listFiles(root: string, paths: readonly RepoPath[]): readonly RepoPath[] {
  const found = new Set<RepoPath>();
  for (const path of paths) {
    const stat = statOf(absolutePath(root, path));
    if (stat === undefined) continue;
    if (fileMode(stat) === undefined) walk(root, path, found);
    else found.add(path);
  }
  return [...found].sort(byCodeUnit);
}

/** The files that a task owns and does not keep for itself: all below `owned` but what `scratch` within it covers. */
export function listOutputs(
  root: string,
  owned: readonly RepoPath[],
  scratch: readonly RepoPath[],
): readonly RepoPath[] {
  const kept = scratch.filter((path) => owned.some((top) => isInside(top, path)));
  const found = listFiles(root, owned);
  return kept.length === 0 ? found : found.filter((path) => !kept.some((folder) => isInside(folder, path)));
}

function walk(root: string, folder: RepoPath, found: Set<RepoPath>): void {
  for (const entry of entriesOf(root, folder)) {
    const path = joinRepo(folder, decodePath(entry.name));
    if (entry.isDirectory()) walk(root, path, found);
    else found.add(path);
  }
}

function entriesOf(root: string, folder: RepoPath): ReturnType<typeof readEntries> {
  try {
    return readEntries(root, folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return [];
    throw error;
  }
}

function readEntries(root: string, folder: RepoPath): readonly { readonly name: Buffer; isDirectory(): boolean }[] {
  return readdirSync(absolutePath(root, folder), { withFileTypes: true, encoding: "buffer" });
}
