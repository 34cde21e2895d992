import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { taskFolder } from "../../core/task-id.ts";
import { openKeptChanges } from "../../edit/kept-changes.ts";
import { writeAtomically } from "../../fingerprint/files/write-atomically.ts";
import type { AppliedFile } from "../../guard/apply/apply-changes.ts";
import type { Step, StepEnd } from "../../plugin/workflow.ts";
import { stepKey } from "../../workflow/step-journal.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

/**
 * What was accepted of an agent for a step, from before it is applied until its tree is closed: whoever goes on with a run that was killed
 * applies and commits what is not yet, and asks nobody again.
 */
export interface Accepted {
  read(): StepEnd | undefined;
  keep(files: readonly AppliedFile[], end: StepEnd): void;
  apply(tree: UsedTree, signal: AbortSignal): Promise<Result<void, Diagnostic>>;
  forget(): void;
}

const CHANGE = "change";

/** Opens it. */
export function openAccepted(step: Step, tree: string, { accepted }: Pick<StepTools, "accepted">): Accepted {
  const id = stepKey(step).slice(0, 16);
  const folder = join(accepted, taskFolder(tree), `${taskFolder(step.id)}-${id}`);
  const kept = openKeptChanges(folder);
  const file = join(folder, "end.json");
  return {
    read: () => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as StepEnd) : undefined),
    keep(files, end) {
      kept.keep(CHANGE, files);
      writeAtomically(file, JSON.stringify(end));
    },
    async apply({ root, conflict }, signal) {
      const replayed = await kept.replay(CHANGE, { root, id: `accepted-${id}`, signal });
      if (replayed === undefined) return fail(conflict());
      return replayed.problem === undefined ? ok(undefined) : fail(replayed.problem);
    },
    forget: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Forgets all that was accepted for a tree: a new one begins, or the old one is closed. */
export function forgetAccepted(tree: string, { accepted }: Pick<StepTools, "accepted">): void {
  rmSync(join(accepted, taskFolder(tree)), { recursive: true, force: true });
}
