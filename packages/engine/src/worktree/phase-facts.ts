import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { gitOfTree } from "./git-of-tree.ts";
import { isSameOwner, type Lease } from "./lease.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { indexLockOf, operationIn } from "./operation.ts";
import { recordOf } from "./record-of.ts";
import { ownRegistrationOf } from "./registration.ts";
import { readStatus, type TreeStatus } from "./tree-status.ts";

/** What a worktree is like before a phase, as git says. */
export type PhaseFacts =
  | {
      readonly isThere: true;
      readonly path: string;
      readonly status: TreeStatus;
      /** What git is in the middle of. */
      readonly operation: string | undefined;
      readonly indexLock: string | undefined;
    }
  | {
      /** It is not the worktree of the issue whose lease this is. */
      readonly isThere: false;
      readonly problem: Diagnostic;
    };

/** Looks at the worktree of the issue whose lease this is; changes nothing in it. */
export function phaseFacts(worktrees: Worktrees, lease: Lease): Result<PhaseFacts, Diagnostic> {
  const place = placeOfLease(worktrees, lease);
  if (!place.ok) return ok({ isThere: false, problem: place.error });
  const git = gitOfTree(worktrees.environment, place.value);
  if (!git.ok) return git;
  const status = readStatus(git.value);
  if (!status.ok) return status;
  const { path, gitDir } = place.value;
  return ok({
    ...{ isThere: true, path, status: status.value },
    operation: operationIn(gitDir),
    indexLock: indexLockOf(gitDir),
  });
}

function placeOfLease(
  worktrees: Worktrees,
  lease: Lease,
): Result<{ readonly path: string; readonly gitDir: string }, Diagnostic> {
  const record = recordOf(worktrees, lease);
  if (!record.ok) return record;
  if (record.value?.state !== "ready" || !isSameOwner(record.value.user, lease.owner)) return fail(notReady(lease.id));
  const { path } = record.value;
  const gitDir = ownRegistrationOf(path, worktrees.repository.commonDir);
  return gitDir.ok ? ok({ path, gitDir: gitDir.value }) : gitDir;
}

function notReady(id: string): Diagnostic {
  return errorOf("SYM7630", `there is no worktree of ${id} that this run has made or taken`, {
    hint: "another process removed it or took it; start the run again",
  });
}
