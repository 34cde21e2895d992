import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, type Result } from "../core/result.ts";
import type { Lease } from "./lease.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { readRecord } from "./record-files.ts";
import type { WorktreeRecord } from "./worktree-record.ts";

/** The record of the issue whose lease this is. */
export function recordOf(
  { records }: Pick<Worktrees, "records">,
  { id, name }: Pick<Lease, "id" | "name">,
): Result<WorktreeRecord | undefined, Diagnostic> {
  const record = readRecord(records, name);
  if (!record.ok || record.value === undefined || record.value.id === id) return record;
  return fail(
    errorOf("SYM7605", `${record.value.id} and ${id} would have the same worktree`, {
      hint: "rename one of the two: some systems take both names for one",
    }),
  );
}
