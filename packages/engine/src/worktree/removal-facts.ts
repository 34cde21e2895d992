import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { APPLYING } from "../guard/apply/applying-folder.ts";
import { gitOfTree, type GitOfTree, type TreeGitPlace } from "./git-of-tree.ts";
import { findGitWorktree } from "./git-worktrees.ts";
import { hiddenFiles } from "./hidden-files.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { indexLockOf, operationIn } from "./operation.ts";
import { readStatus, type TreeStatus } from "./tree-status.ts";
import { unheldCommits } from "./unheld-commits.ts";
import type { WorktreeRecord } from "./worktree-record.ts";

/** What decides whether a worktree may be removed. */
export interface RemovalFacts {
  readonly status: TreeStatus;
  /** Tracked files whose changes do not show. */
  readonly hidden: readonly RepoPath[];
  /** Commits that would be lost, the first few. */
  readonly unheld: readonly string[];
  /** Why it is locked; null where it is not. */
  readonly locked: string | null;
  /** What git is in the middle of. */
  readonly operation: string | undefined;
  /** The file by which a git that is at work, or was killed, keeps others out. */
  readonly indexLock: string | undefined;
  /** Submodules that are checked out, and the folder in which git keeps their repositories. */
  readonly submodules: readonly string[];
  /** That a change was being applied when its process was killed. */
  readonly isApplying: boolean;
}

/** Looks at a worktree whose files lie in `place.path`, which may be the trash. Throws what the file system throws. */
export function removalFacts(
  { repository, environment }: Worktrees,
  { path, branch }: Pick<WorktreeRecord, "path" | "branch">,
  place: TreeGitPlace,
): Result<RemovalFacts, Diagnostic> {
  const known = findGitWorktree(repository, path);
  if (!known.ok) return known;
  const git = gitOfTree(environment, place);
  if (!git.ok) return git;
  const status = readStatus(git.value);
  if (!status.ok) return status;
  const hidden = hiddenFiles(git.value, place.path);
  if (!hidden.ok) return hidden;
  const unheld = unheldAt(git.value, status.value.head, branch);
  if (!unheld.ok) return unheld;
  const modules = join(place.gitDir, "modules");
  return ok({
    ...{ status: status.value, hidden: hidden.value.files, unheld: unheld.value },
    locked: known.value?.locked ?? null,
    operation: operationIn(place.gitDir),
    indexLock: indexLockOf(place.gitDir),
    submodules: hasEntries(modules) ? [modules, ...hidden.value.submodules] : hidden.value.submodules,
    isApplying: hasEntries(join(place.path, APPLYING)),
  });
}

function unheldAt(git: GitOfTree, head: string | null, branch: string): Result<readonly string[], Diagnostic> {
  return head === null ? ok([]) : unheldCommits(git, { head, branch });
}

function hasEntries(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}
