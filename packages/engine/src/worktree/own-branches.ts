import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { readRecord, recordNames } from "./record-files.ts";

/** The branches that the engine made, be their worktrees there or not. What is recorded and cannot be read vouches for none. */
export function ownBranches({ records }: Pick<Worktrees, "records">): Result<readonly string[], Diagnostic> {
  const names = recordNames(records);
  if (!names.ok) return names;
  const read = names.value.map((name) => readRecord(records, name));
  return ok(read.flatMap((each) => (each.ok && each.value?.isOwnBranch === true ? [each.value.branch] : [])));
}
