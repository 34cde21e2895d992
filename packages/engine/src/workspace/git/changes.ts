import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Comparison } from "../../core/event.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import type { Selection } from "./base.ts";
import { joinSteps } from "./change-steps.ts";
import type { ChangedFile } from "./changed-file.ts";
import { committedStep, uncommittedStep } from "./read-steps.ts";
import type { Repository } from "./repository.ts";

/** What changed, and against what. */
export interface Changes {
  /** Its `changedFiles` counts a renamed file once. */
  readonly comparison: Comparison;
  /** Sorted by path. */
  readonly files: readonly ChangedFile[];
  /** The commit whose files were compared; `null` for the work tree, with all that is not committed. */
  readonly upTo: string | null;
}

/**
 * The files that differ from the selection's base: committed since and, where the work tree is compared, staged, unstaged
 * and untracked ones. A file that was changed and changed back without a commit may still be named. A submodule counts
 * when its recorded commit changed. The engine's own files never count. `uncommittedTold`: what `askUncommitted` gave.
 */
export function changedFiles(
  repository: Repository,
  selection: Selection,
  uncommittedTold?: Buffer,
): Result<Changes, Diagnostic> {
  const { ref, commit, reason, upTo } = selection;
  const committed = committedStep(repository, commit, upTo ?? repository.head);
  if (!committed.ok) return committed;
  const uncommitted = upTo === null ? uncommittedStep(repository, uncommittedTold) : ok(new Map());
  if (!uncommitted.ok) return uncommitted;
  const files = joinSteps(committed.value, uncommitted.value);
  const origins = new Set(files.flatMap(({ from }) => (from === undefined ? [] : [from])));
  const changed = files.filter(({ path, status }) => !(status === "deleted" && origins.has(path))).length;
  return ok({ comparison: { base: ref, commit, reason, changedFiles: changed }, files, upTo });
}
