import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { taskFolder } from "../../core/task-id.ts";
import { knownParts, type PartsAsked } from "../../execute/known-parts.ts";
import { limitsOf } from "../../execute/limits.ts";
import { makeJob } from "../../execute/make-job.ts";
import type { Prepared } from "../../execute/prepare.ts";
import type { RunnerHost } from "../../execute/runner-host.ts";
import type { Task } from "../../graph/task.ts";
import type { Outcome } from "../../plugin/atom.ts";
import { readSelection, type TaskSelection } from "./selection.ts";

/** What a run of a task came to, and what it did with each part. */
export interface Ran {
  readonly outcome: Outcome;
  readonly selection: TaskSelection;
}

type Failed = Pick<Diagnostic, "message">;

/** Runs a task with what is known of its parts, and keeps nothing. */
export async function runOnce(
  task: Task,
  prepared: Prepared,
  host: RunnerHost,
  asked?: PartsAsked,
): Promise<Result<Ran, Failed>> {
  const limits = limitsOf(task, host.timeoutMs);
  if (!limits.ok) return limits;
  const known = knownParts(task, prepared, host, asked);
  if (!known.ok) return known;
  const { timeoutMs } = limits.value;
  const result = await host.executor.execute(makeJob(task, prepared, host, known.value), {
    timeoutMs,
    line: () => undefined,
  });
  if (result.kind === "broken") return fail({ message: result.reason });
  const paths = prepared.fingerprint.paths();
  const [changed] = [...host.digests.verify(paths), ...host.late.added(prepared.sets, paths)];
  if (changed !== undefined) return fail({ message: `${changed} changed meanwhile` });
  const selection = readSelection(host.root, task.id, taskFolder(task.id));
  if (!selection.ok) return selection;
  if (selection.value === undefined) return fail({ message: "its process does not say what it left out" });
  return ok({ outcome: result.outcome, selection: selection.value });
}
