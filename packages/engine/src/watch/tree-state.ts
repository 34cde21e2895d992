import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { Environment } from "../workspace/git/git.ts";
import { askWorkTree, listWorkTree } from "../workspace/git/list-files.ts";
import { listSubmodule } from "../workspace/git/submodule.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { isSame, lookAtFile, type FileState } from "./file-state.ts";

/** How the files of a work tree look, by path: what can be a task's input, and nothing else. */
export type TreeState = ReadonlyMap<RepoPath, FileState>;

/** Where to look. */
export interface LookRequest {
  readonly repository: Repository;
  readonly environment: Environment;
  /** Paths that count although git ignores them. */
  readonly further: Iterable<RepoPath>;
  /** How the tree looked when it was looked at last. */
  readonly before: TreeState;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Looks at every file of the work tree that git does not ignore, those of submodules too, and at the further paths. Where
 * git is busy, as during a rebase, it may refuse: then the answer is its error.
 */
export async function lookAtTree(request: LookRequest): Promise<Result<TreeState, Diagnostic>> {
  const { repository, environment, before, nowMs } = request;
  const tree = listWorkTree(repository, await askWorkTree(repository, environment));
  if (!tree.ok) return tree;
  const paths = new Set([...tree.value.files.map(({ path }) => path), ...request.further]);
  for (const path of tree.value.submodules) {
    const inside = listSubmodule(repository.root, environment, path);
    if (inside.ok) for (const each of inside.value?.files ?? []) paths.add(each);
  }
  const state = new Map<RepoPath, FileState>();
  for (const path of paths) {
    const found = lookAtFile(repository.root, path, { before: before.get(path), nowMs });
    if (found !== undefined) state.set(path, found);
  }
  return ok(state);
}

const SEEN: FileState = { stat: { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0, mode: 0 }, isFresh: false };

/** What somebody saw who listed these files a little later: one that came and went since is a change like any other. Pure. */
export function withSeen(state: TreeState, paths: readonly RepoPath[]): TreeState {
  const came = paths.filter((path) => !state.has(path));
  return came.length === 0 ? state : new Map([...state, ...came.map((path) => [path, SEEN] as const)]);
}

/** The paths that came, went or are not what they were, sorted. Pure. */
export function changedPaths(before: TreeState, after: TreeState): readonly RepoPath[] {
  const changed: RepoPath[] = [];
  for (const [path, state] of after) {
    const was = before.get(path);
    if (was === undefined || !isSame(was, state)) changed.push(path);
  }
  for (const path of before.keys()) if (!after.has(path)) changed.push(path);
  return changed.sort(byCodeUnit);
}
