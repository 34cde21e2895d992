import { renameSync } from "node:fs";
import type { RepoPath } from "../core/path.ts";
import type { Task } from "../graph/task.ts";
import type { Job, JobResult } from "./job.ts";
import type { Limits } from "./limits.ts";
import { onEmptyOutputs } from "./on-empty-outputs.ts";
import type { RunnerHost } from "./runner-host.ts";

/** An attempt that did not end well and was followed by another. */
export interface FailedAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly reason: string;
  /** From the repository root. */
  readonly log: RepoPath;
}

/** How the last attempt ended, and what was before it. */
export interface Attempted {
  readonly result: JobResult;
  /** How long the last attempt took, in milliseconds. */
  readonly durationMs: number;
  readonly before: readonly FailedAttempt[];
}

/** What an attempt is made with. */
export interface Attempt {
  readonly job: Job;
  /** Where the job's log lies, from the repository root. */
  readonly log: RepoPath;
  readonly limits: Limits;
}

/** Runs a job until it ends well, as often as it may be tried; each attempt that is followed by another is told, and its log is kept. */
export async function attemptTask(
  task: Task,
  { job, log, limits: { timeoutMs, attempts } }: Attempt,
  host: Pick<RunnerHost, "executor" | "emit" | "signal" | "now" | "cache" | "root" | "runId">,
): Promise<Attempted> {
  const before: FailedAttempt[] = [];
  for (;;) {
    const started = host.now();
    const result = await onEmptyOutputs(task, host, () =>
      host.executor.execute(job, {
        timeoutMs,
        line: (stream, line) => {
          host.emit({ type: "task-output", stream, line }, task.id);
        },
      }),
    );
    const durationMs = host.now() - started;
    const reason = reasonOf(result);
    const attempt = before.length + 1;
    if (reason === undefined || attempt >= attempts || host.signal.aborted) return { result, durationMs, before };
    const failed = { attempt, reason, log: log.replace(/\.log$/, `.attempt-${String(attempt)}.log`) };
    keepLog(job.logFile, attempt);
    before.push(failed);
    host.emit({ type: "task-retried", ...failed, attempts, durationMs: Math.round(durationMs) }, task.id);
  }
}

/** Why another attempt is due; undefined where none is. */
function reasonOf(result: JobResult): string | undefined {
  if (result.kind === "broken") return result.reason;
  return result.outcome.status === "failed" ? result.outcome.summary : undefined;
}

function keepLog(file: string, attempt: number): void {
  try {
    renameSync(file, file.replace(/\.log$/, `.attempt-${String(attempt)}.log`));
  } catch {
    // A worker that did not start has no log.
  }
}
