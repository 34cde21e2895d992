import { sameStat, statOf, type FileStat } from "../fingerprint/files/file-stat.ts";
import { byCodeUnit } from "../core/json.ts";
import { absolutePath, type RepoPath } from "../core/path.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { Environment } from "../workspace/git/git.ts";
import { askWorkTree, listWorkTree } from "../workspace/git/list-files.ts";
import { listSubmodule } from "../workspace/git/submodule.ts";
import type { Repository } from "../workspace/git/repository.ts";

/** How the files of a work tree look from outside, by path: what can be a task's input, and nothing else. */
export type TreeState = ReadonlyMap<RepoPath, FileStat>;

/**
 * Looks at every file of the work tree that git does not ignore, those of submodules too, and at these further paths.
 * Where git is busy, as during a rebase, it may refuse: then the answer is its error.
 */
export async function lookAtTree(
  repository: Repository,
  environment: Environment,
  further: Iterable<RepoPath>,
): Promise<Result<TreeState, Diagnostic>> {
  const tree = listWorkTree(repository, await askWorkTree(repository, environment));
  if (!tree.ok) return tree;
  const state = new Map<RepoPath, FileStat>();
  const look = (path: RepoPath): void => {
    const stat = statOf(absolutePath(repository.root, path));
    if (stat !== undefined) state.set(path, stat);
  };
  for (const { path } of tree.value.files) look(path);
  for (const path of tree.value.submodules) {
    const inside = listSubmodule(repository.root, environment, path);
    if (inside.ok) for (const each of inside.value?.files ?? []) look(each);
  }
  for (const path of further) look(path);
  return ok(state);
}

/** The paths that came, went or look different, sorted. */
export function changedPaths(before: TreeState, after: TreeState): readonly RepoPath[] {
  const changed: RepoPath[] = [];
  for (const [path, stat] of after) {
    const was = before.get(path);
    if (was === undefined || !sameStat(was, stat)) changed.push(path);
  }
  for (const path of before.keys()) if (!after.has(path)) changed.push(path);
  return changed.sort(byCodeUnit);
}
