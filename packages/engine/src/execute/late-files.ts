import { lstatSync } from "node:fs";
import { type RepoPath, absolutePath, isInside, parentOf } from "../core/path.ts";
import type { InputSet } from "../graph/input-set.ts";
import { createNewEntries, type NewEntry } from "./new-entries.ts";

/** Finds files that came after the run had listed the work tree: a task may have read them, and they are not in its key. */
export interface LateFiles {
  /** Those that would have been inputs of a task with these sets and paths. */
  added(sets: readonly InputSet[], paths: readonly RepoPath[]): readonly RepoPath[];
}

/** What looking for late files needs. */
export interface LateFilesHost {
  readonly root: string;
  /** What was listed, and when the listing began, in milliseconds since 1970. Most runs have no use for the list. */
  readonly files: () => readonly RepoPath[];
  readonly listedAt: number;
  /** What git lists now; undefined where it cannot. */
  readonly list: () => readonly RepoPath[] | undefined;
}

/**
 * Folders tell by their times whether something came. Where it is something that could be an input, git is asked whether
 * it counts, since it may be ignored; once for each, so that tasks which build do not have it asked for each other.
 */
export function createLateFiles({ root, files, listedAt, list }: LateFilesHost): LateFiles {
  let first: ReadonlySet<RepoPath> | undefined;
  const newEntries = createNewEntries(root, files);
  const judged = new Set<RepoPath>();
  let late: readonly RepoPath[] = [];
  const judge = (entries: readonly NewEntry[]): void => {
    const known = (first ??= new Set(files()));
    late = (list() ?? []).filter((path) => !known.has(path));
    for (const { path, isLarge } of entries) {
      const counts = isLarge && late.some((each) => isInside(path, each));
      // What is gone again may come back.
      if (!counts && isThere(root, path)) judged.add(path);
    }
  };
  return {
    added(sets, paths) {
      const isInput = (path: RepoPath): boolean => sets.some((set) => !set.optional && set.matches(path));
      const entries = foldersOf(paths)
        .filter((folder) => changedSince(root, folder, listedAt))
        .flatMap((folder) => newEntries(folder))
        .filter(({ path, isLarge }) => !judged.has(path) && (isLarge || isInput(path)));
      if (entries.length > 0) judge(entries);
      return late.filter(isInput);
    },
  };
}

/** How much older than the listing a folder's last change must be: the clock of file times ticks more slowly than ours. */
const MARGIN_MS = process.platform === "linux" ? 20 : 2000;

function changedSince(root: string, folder: RepoPath, listedAt: number): boolean {
  const stat = lstatSync(absolutePath(root, folder), { throwIfNoEntry: false });
  return stat === undefined || Math.max(stat.mtimeMs, stat.ctimeMs) > listedAt - MARGIN_MS;
}

function isThere(root: string, path: RepoPath): boolean {
  return lstatSync(absolutePath(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** The folders of these files and all above them: a new folder shows in the one that holds it. */
function foldersOf(paths: readonly RepoPath[]): RepoPath[] {
  const folders = new Set<RepoPath>(["."]);
  for (const path of paths) for (let at = parentOf(path); !folders.has(at); at = parentOf(at)) folders.add(at);
  return [...folders];
}
