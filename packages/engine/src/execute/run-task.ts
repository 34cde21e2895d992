import { errorOf } from "../core/diagnostic.ts";
import type { Task } from "../graph/task.ts";
import { attemptTask } from "./attempt.ts";
import { withBaseTree } from "./base-tree.ts";
import { knownParts } from "./known-parts.ts";
import { limitsOf } from "./limits.ts";
import type { Miss } from "./look-up-task.ts";
import { logPath, makeJob } from "./make-job.ts";
import { runEdit } from "./run-edit.ts";
import type { RunnerHost } from "./runner-host.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { takeTurn } from "./take-turn.ts";
import { brokenResult, type TaskResult } from "./task-result.ts";

/** Runs a task to its end, and keeps its result if it may be kept. Another process that computes the same key is waited for. */
export async function runTask(task: Task, miss: Miss, host: RunnerHost): Promise<TaskResult> {
  try {
    const turn = await takeTurn(task, miss, host);
    if ("settled" in turn) return turn.settled;
    try {
      return await runAlone(task, miss, host);
    } finally {
      turn.release();
    }
  } catch (thrown) {
    return failedEngine(task, thrown);
  }
}

/** A bug of the engine, or a disk that fails under it, costs this task and no other. */
export function failedEngine(task: Task, thrown: unknown): TaskResult {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const diagnostic = errorOf("SYM4018", `${task.id} could not be brought to its end: ${why}`, {
    hint: "if the disk is well this is an error of symbiotic: please report it",
  });
  return brokenResult(task, why, [diagnostic]);
}

async function runAlone(task: Task, miss: Miss, host: RunnerHost): Promise<TaskResult> {
  if ("ask" in task.atom) return runEdit(task, miss, host);
  const started = host.now();
  const limits = limitsOf(task, host.timeoutMs);
  if (!limits.ok) return brokenResult(task, limits.error.message, [limits.error]);
  const known = knownParts(task, miss.prepared, host);
  if (!known.ok) return brokenResult(task, known.error.message, [known.error]);
  host.emit({ type: "task-started" }, task.id);
  const { declared } = miss.prepared;
  const made = await withBaseTree(makeJob(task, miss.prepared, host, known.value), {
    task,
    declared: declared.variables ?? [],
    ...(host.base === undefined ? {} : { open: host.base }),
  });
  if (!made.ok) return brokenResult(task, made.error.message, [made.error]);
  const job = made.value;
  const attempted = await attemptTask(task, { job, log: logPath(task, host), limits: limits.value }, host);
  return settleAttempt(task, miss, { attempted, logFile: job.logFile, durationMs: host.now() - started }, host);
}
