import { readdirSync, statSync } from "node:fs";
import { type RepoPath, absolutePath, isInside, parentOf } from "../../core/path.ts";

/** Each folder at or below an owned path that a manifest has something in, with the names that it has there. */
export function namesByFolder(
  owned: readonly RepoPath[],
  paths: Iterable<RepoPath>,
): ReadonlyMap<RepoPath, ReadonlySet<string>> {
  const folders = new Map<RepoPath, Set<string>>();
  for (const path of paths) {
    for (let at = path; owned.some((top) => top !== at && isInside(top, at)); at = parentOf(at)) {
      const folder = parentOf(at);
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(at.slice(at.lastIndexOf("/") + 1)));
    }
  }
  return folders;
}

/**
 * Whether the folders that a task owns hold what its manifest has and nothing else, as far as names tell. It may say no
 * where that is so: an owned path that nothing is made at, a name that the system spells in another way.
 */
export function holdsOnly(root: string, owned: readonly RepoPath[], paths: ReadonlySet<RepoPath>): boolean {
  const folders = namesByFolder(owned, paths);
  const isKnown = (path: RepoPath): boolean =>
    folders.has(path) || paths.has(path) || statSync(absolutePath(root, path), { throwIfNoEntry: false }) === undefined;
  return owned.every(isKnown) && [...folders].every(([folder, names]) => hasNames(root, folder, names));
}

function hasNames(root: string, folder: RepoPath, names: ReadonlySet<string>): boolean {
  try {
    const found = readdirSync(absolutePath(root, folder));
    return found.length === names.size && found.every((name) => names.has(name));
  } catch {
    return false;
  }
}
