import { lstatSync, readdirSync } from "node:fs";
import { byCodeUnit } from "../core/json.ts";
import { absolutePath, ancestors, decodePath, joinRepo, type RepoPath } from "../core/path.ts";
import type { UndeclaredWrite } from "./verdict.ts";

/** What a tree holds: each file by how it looks from outside, each folder as an empty text. */
export type Listing = ReadonlyMap<RepoPath, string>;

/** Lists a tree, without what is below the paths that `leaves` says. What cannot be read has nothing in it. */
export function listTree(root: string, leaves: (path: RepoPath) => boolean): Listing {
  const found = new Map<RepoPath, string>();
  const open: RepoPath[] = ["."];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop())
    for (const name of namesIn(root, folder)) {
      const path = joinRepo(folder, decodePath(name));
      if (leaves(path)) continue;
      const stat = lstatSync(absolutePath(root, path), { throwIfNoEntry: false, bigint: true });
      if (stat === undefined) continue;
      if (stat.isDirectory()) open.push(path);
      found.set(path, stat.isDirectory() ? "" : [stat.size, stat.mtimeNs, stat.ino, stat.mode].join(":"));
    }
  return found;
}

/** What was done to a tree between two listings, sorted; a new folder stands for all in it. */
export function writesBetween(before: Listing, after: Listing): readonly UndeclaredWrite[] {
  const made = new Map<RepoPath, number>();
  for (const [path, state] of after) {
    if (before.has(path) || state === "") continue;
    const top = ancestors(path).findLast((each) => each !== "." && !before.has(each)) ?? path;
    made.set(top, (made.get(top) ?? 0) + 1);
  }
  const created = [...made].map(
    ([path, files]): UndeclaredWrite => ({
      path,
      kind: after.get(path) === "" ? "folder" : "file",
      change: "created",
      files,
    }),
  );
  const others = [...before].flatMap(([path, state]): UndeclaredWrite[] => {
    const now = after.get(path);
    if (now === state || (now === undefined && state === "")) return [];
    return [{ path, kind: "file", change: now === undefined ? "removed" : "changed", files: 1 }];
  });
  return [...created, ...others].sort((a, b) => byCodeUnit(a.path, b.path));
}

function namesIn(root: string, folder: RepoPath): readonly Buffer[] {
  try {
    return readdirSync(absolutePath(root, folder), { encoding: "buffer" });
  } catch {
    return [];
  }
}
