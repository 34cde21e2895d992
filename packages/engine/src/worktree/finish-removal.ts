import { existsSync, renameSync, rmSync } from "node:fs";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { clearStale } from "./clear-stale.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { placeOf } from "./place-of.ts";
import { writeRecord } from "./record-files.ts";
import { kept, lookAt, type Removal } from "./removal.ts";
import { tryFiles } from "./try-files.ts";
import type { RemovalOptions } from "./why-kept.ts";
import type { WorktreeRecord } from "./worktree-record.ts";

/** The record of a removal that has begun; `ready` again where the process was ended before it moved the folder. */
export function settleRemoval({ records }: Worktrees, record: WorktreeRecord): Result<WorktreeRecord, Diagnostic> {
  if (record.state !== "removing" || record.trash === null) return ok(record);
  const place = placeOf(record.trash);
  if (!place.ok) return place;
  return place.value === "nothing" ? writeRecord(records, { ...record, state: "ready", trash: null }) : ok(record);
}

/**
 * Goes on with a removal from wherever it was ended, after `settleRemoval`. A folder that was moved aside and now holds something that is needed is put back:
 * then it is kept, with the reasons.
 */
export function finishRemoval(
  worktrees: Worktrees,
  record: WorktreeRecord,
  options: RemovalOptions = {},
): Result<Removal, Diagnostic> {
  const { path, trash, gitDir } = record;
  if (trash === null || gitDir === null) return fail(unfinished(path, "it had not begun"));
  if (record.state === "deleting") return deleteTrash(worktrees, { ...record, trash }, []);
  const place = placeOf(trash);
  if (!place.ok) return place;
  if (place.value !== "folder") return fail(unfinished(path, `${trash} is no folder`));
  if (!existsSync(gitDir)) return fail(unfinished(path, `git has forgotten it, and its files lie in ${trash}`));
  const seen = lookAt(worktrees, record, { path: trash, gitDir }, options);
  if (!seen.ok) return seen;
  if (seen.value.reasons.length > 0) return moveBack(worktrees, { ...record, trash }, seen.value.reasons);
  const begun = writeRecord(worktrees.records, { ...record, state: "deleting" });
  return begun.ok ? deleteTrash(worktrees, { ...record, trash, state: "deleting" }, seen.value.ignored) : begun;
}

/** Keeps of a worktree that is gone only whose branch it was. */
export function forget({ records }: Worktrees, record: WorktreeRecord): Result<void, Diagnostic> {
  const gone = { ...record, state: "gone", gitDir: null, trash: null, user: null, installs: {} } as const;
  const written = writeRecord(records, gone);
  return written.ok ? ok(undefined) : written;
}

type Moved = WorktreeRecord & { readonly trash: string };

function deleteTrash(worktrees: Worktrees, record: Moved, ignored: readonly string[]): Result<Removal, Diagnostic> {
  const { path, trash } = record;
  const place = placeOf(path);
  if (!place.ok) return place;
  if (place.value !== "nothing") return fail(unfinished(path, "something was put in its place meanwhile"));
  const cleared = clearStale(worktrees.repository, path);
  if (!cleared.ok) return cleared;
  const deleted = tryFiles(
    () => {
      rmSync(trash, { recursive: true, force: true, maxRetries: 3 });
    },
    (why) => unfinished(path, why),
  );
  if (!deleted.ok) return deleted;
  const forgotten = forget(worktrees, record);
  return forgotten.ok ? ok({ removed: true, path, ignored }) : forgotten;
}

function moveBack(worktrees: Worktrees, record: Moved, reasons: readonly Diagnostic[]): Result<Removal, Diagnostic> {
  const { path, trash } = record;
  const place = placeOf(path);
  if (!place.ok) return place;
  if (place.value !== "nothing") return fail(unfinished(path, "something was put in its place meanwhile"));
  const moved = tryFiles(
    () => {
      renameSync(trash, path);
    },
    (why) => unfinished(path, why),
  );
  return moved.ok ? putBack(worktrees, record, reasons) : moved;
}

function putBack(
  worktrees: Worktrees,
  record: WorktreeRecord,
  reasons: readonly Diagnostic[],
): Result<Removal, Diagnostic> {
  const written = writeRecord(worktrees.records, { ...record, state: "ready", trash: null });
  return written.ok ? ok(kept(reasons)) : written;
}

function unfinished(path: string, why: string): Diagnostic {
  return errorOf("SYM7619", `the worktree ${path} is removed in part: ${why}`, {
    location: { file: path },
    hint: "nothing that is not committed is in it; see to that, and the next command goes on",
  });
}
