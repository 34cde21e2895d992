import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import type { TreeGitPlace } from "./git-of-tree.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { removalFacts } from "./removal-facts.ts";
import { tryFiles } from "./try-files.ts";
import { whyKept, type RemovalOptions } from "./why-kept.ts";
import type { WorktreeRecord } from "./worktree-record.ts";

/** How a removal ended. */
export type Removal =
  | {
      readonly removed: true;
      readonly path: string;
      /** Ignored files and folders that went with it. */
      readonly ignored: readonly RepoPath[];
    }
  | {
      readonly removed: false;
      /** All that keeps it, at least one. */
      readonly reasons: readonly Diagnostic[];
    };

/** A removal that was not done. */
export function kept(reasons: readonly Diagnostic[]): Removal {
  return { removed: false, reasons };
}

/** What keeps a worktree whose files lie in `place.path`, and the ignored files in it. */
export function lookAt(
  worktrees: Worktrees,
  record: WorktreeRecord,
  place: TreeGitPlace,
  options: RemovalOptions,
): Result<{ readonly reasons: readonly Diagnostic[]; readonly ignored: readonly RepoPath[] }, Diagnostic> {
  const looked = tryFiles(
    () => removalFacts(worktrees, record, place),
    (why) => unreadable(place.path, why),
  );
  if (!looked.ok) return looked;
  if (!looked.value.ok) return looked.value;
  const facts = looked.value.value;
  return ok({ reasons: whyKept(record.path, facts, options), ignored: facts.status.ignored });
}

function unreadable(path: string, why: string): Diagnostic {
  return errorOf("SYM7628", `it cannot be seen whether ${path} may be removed: ${why}`, {
    location: { file: path },
    hint: "check the disk and the permissions of that folder",
  });
}
