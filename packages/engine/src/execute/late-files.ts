import { lstatSync } from "node:fs";
import { type RepoPath, absolutePath, parentOf } from "../core/path.ts";
import type { InputSet } from "../graph/input-set.ts";

/** Finds files that came after the run had listed the work tree: a task may have read them, and they are not in its key. */
export interface LateFiles {
  /** Those that would have been inputs of a task with these sets and paths. */
  added(sets: readonly InputSet[], paths: readonly RepoPath[]): readonly RepoPath[];
}

/** What looking for late files needs. */
export interface LateFilesHost {
  readonly root: string;
  /** What was listed, and when the listing began, in milliseconds since 1970. */
  readonly files: readonly RepoPath[];
  readonly listedAt: number;
  readonly list: () => readonly RepoPath[] | undefined;
  readonly now: () => number;
}

/** Folders tell by their times whether something came: the work tree is listed again only where one did. */
export function createLateFiles({ root, files, listedAt, list, now }: LateFilesHost): LateFiles {
  const first = new Set(files);
  let late: readonly RepoPath[] = [];
  let asOf = listedAt;
  return {
    added(sets, paths) {
      if (foldersOf(paths).some((folder) => changedSince(root, folder, asOf))) {
        asOf = now();
        late = (list() ?? []).filter((path) => !first.has(path));
      }
      return late.filter((path) => sets.some((set) => !set.optional && set.matches(path)));
    },
  };
}

/** How much older than the listing a folder's last change must be: the clock of file times ticks more slowly than ours. */
const MARGIN_MS = process.platform === "linux" ? 20 : 2000;

function changedSince(root: string, folder: RepoPath, listedAt: number): boolean {
  const stat = lstatSync(absolutePath(root, folder), { throwIfNoEntry: false });
  return stat === undefined || Math.max(stat.mtimeMs, stat.ctimeMs) > listedAt - MARGIN_MS;
}

/** The folders of these files and all above them: a new folder shows in the one that holds it. */
function foldersOf(paths: readonly RepoPath[]): RepoPath[] {
  const folders = new Set<RepoPath>(["."]);
  for (const path of paths) for (let at = parentOf(path); !folders.has(at); at = parentOf(at)) folders.add(at);
  return [...folders];
}
