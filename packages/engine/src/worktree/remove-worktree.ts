import { renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorOf, warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { uniqueName } from "../fingerprint/files/write-atomically.ts";
import { clearStale } from "./clear-stale.ts";
import { finishRemoval, forget, settleRemoval } from "./finish-removal.ts";
import type { Lease } from "./lease.ts";
import { makeWorktree } from "./make-worktree.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { placeOf } from "./place-of.ts";
import { writeRecord } from "./record-files.ts";
import { recordOf } from "./record-of.ts";
import { ownRegistrationOf } from "./registration.ts";
import { kept, lookAt, type Removal } from "./removal.ts";
import { tryFiles } from "./try-files.ts";
import type { RemovalOptions } from "./why-kept.ts";
import { TRASH, type WorktreeRecord } from "./worktree-record.ts";

/**
 * Removes the worktree of the issue whose lease this is, where nothing is lost by it: the answer says all that keeps it. Its folder is
 * moved aside, looked at once more and then deleted, so that whoever writes there meanwhile loses nothing. Its branch stays. One that the
 * engine did not make is never removed.
 */
export function removeWorktree(
  worktrees: Worktrees,
  lease: Lease,
  options: RemovalOptions = {},
): Result<Removal, Diagnostic> {
  const record = recordOf(worktrees, lease);
  if (!record.ok) return record;
  if (record.value === undefined || record.value.state === "gone") return ok(kept([notOurs(lease.id)]));
  const settled = settleRemoval(worktrees, record.value);
  return settled.ok ? removeRecorded(worktrees, settled.value, options) : settled;
}

function removeRecorded(
  worktrees: Worktrees,
  record: WorktreeRecord,
  options: RemovalOptions,
): Result<Removal, Diagnostic> {
  if (record.state === "removing" || record.state === "deleting") return finishRemoval(worktrees, record, options);
  const place = placeOf(record.path);
  if (!place.ok) return place;
  if (place.value === "nothing") return removeMissing(worktrees, record);
  const made = record.state === "making" ? makeWorktree(worktrees, record) : ok(record);
  return made.ok ? removeReady(worktrees, made.value, options) : made;
}

function removeReady(
  worktrees: Worktrees,
  record: WorktreeRecord,
  options: RemovalOptions,
): Result<Removal, Diagnostic> {
  const gitDir = ownRegistrationOf(record.path, worktrees.repository.commonDir);
  if (!gitDir.ok) return ok(kept([gitDir.error]));
  const seen = lookAt(worktrees, record, { path: record.path, gitDir: gitDir.value }, options);
  if (!seen.ok) return seen;
  if (seen.value.reasons.length > 0) return ok(kept(seen.value.reasons));
  const trash = join(dirname(record.path), `${TRASH}${record.name}-${uniqueName()}`);
  const begun = writeRecord(worktrees.records, { ...record, gitDir: gitDir.value, state: "removing", trash });
  if (!begun.ok) return begun;
  const moved = tryFiles(
    () => {
      renameSync(record.path, trash);
    },
    (why) => notMoved(record.path, why),
  );
  if (moved.ok) return finishRemoval(worktrees, begun.value, options);
  const back = writeRecord(worktrees.records, record);
  return fail(back.ok ? moved.error : back.error);
}

/** Its folder was removed by hand, or not made yet. */
function removeMissing(worktrees: Worktrees, record: WorktreeRecord): Result<Removal, Diagnostic> {
  const cleared = clearStale(worktrees.repository, record.path);
  if (!cleared.ok) return ok(kept([cleared.error]));
  const forgotten = forget(worktrees, record);
  return forgotten.ok ? ok({ removed: true, path: record.path, ignored: [] }) : forgotten;
}

function notOurs(id: string): Diagnostic {
  return warningOf("SYM7627", `symbiotic made no worktree for ${id} that is there`, {
    hint: "nothing was removed; what others made, remove with `git worktree remove`",
  });
}

function notMoved(path: string, why: string): Diagnostic {
  return errorOf("SYM7619", `the worktree ${path} cannot be removed: ${why}`, {
    location: { file: path },
    hint: "close programs that work in it; it is as it was, and the next command tries again",
  });
}
