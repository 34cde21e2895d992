import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { commitOfBranch } from "./branches.ts";
import { takeLease } from "./lease.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { readRecord, recordNames, removeRecord } from "./record-files.ts";
import { kept, type Removal } from "./removal.ts";
import { removeWorktree } from "./remove-worktree.ts";
import type { RemovalOptions } from "./why-kept.ts";
import type { WorktreeRecord } from "./worktree-record.ts";

/** Which of them are looked at. */
export interface OrphanOptions extends RemovalOptions {
  /** Whether the run that used it last will not go on; one that can be resumed wants its worktrees. By default none does. */
  readonly isOver?: (run: string) => boolean;
}

/** What became of the worktree of a run that died. */
export interface Orphan {
  readonly name: string;
  readonly removal: Removal;
}

/**
 * Removes the worktrees of runs that died, under the rules of `removeWorktree`. One that its run let go of was left on purpose, and one
 * that somebody works on is nobody's orphan: neither is in the answer. Forgets those that are gone with their branches.
 */
export function removeOrphans(
  worktrees: Worktrees,
  { isOver = () => true, ...options }: OrphanOptions = {},
): Result<readonly Orphan[], Diagnostic> {
  const names = recordNames(worktrees.records);
  if (!names.ok) return names;
  return ok(
    names.value.flatMap((name): readonly Orphan[] => {
      const record = readRecord(worktrees.records, name);
      if (!record.ok) return [{ name, removal: kept([record.error]) }];
      if (record.value?.state === "gone") forgetGone(worktrees, record.value);
      return record.value !== undefined && isOrphan(record.value, isOver)
        ? remove(worktrees, record.value, options)
        : [];
    }),
  );
}

function forgetGone(worktrees: Worktrees, { id, name, branch }: WorktreeRecord): void {
  const commit = commitOfBranch(worktrees.repository, branch);
  if (!commit.ok || commit.value !== undefined) return;
  const lease = takeLease(worktrees, id);
  if (!lease.ok) return;
  // What cannot be forgotten now is a small file more.
  removeRecord(worktrees.records, name);
  lease.value.release();
}

function isOrphan({ state, user }: WorktreeRecord, isOver: (run: string) => boolean): boolean {
  if (state === "gone") return false;
  return user === null ? state !== "ready" : isOver(user.run);
}

function remove(worktrees: Worktrees, { id, name }: WorktreeRecord, options: RemovalOptions): readonly Orphan[] {
  const lease = takeLease(worktrees, id);
  // Its process lives, or the lease cannot be written, which shows as soon as one is needed.
  if (!lease.ok) return [];
  try {
    const removal = removeWorktree(worktrees, lease.value, options);
    return [{ name, removal: removal.ok ? removal.value : kept([removal.error]) }];
  } finally {
    lease.value.release();
  }
}
