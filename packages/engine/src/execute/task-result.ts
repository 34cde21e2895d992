import type { Diagnostic } from "../core/diagnostic.ts";
import type { Evidence } from "../core/evidence.ts";
import type { RepoPath } from "../core/path.ts";
import type { CacheState, TaskStatus } from "../core/status.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { Settled } from "../plugin/atom.ts";
import type { ServedParts } from "../plugin/parts.ts";
import type { Task } from "../graph/task.ts";
import type { Judge } from "../finding/judge.ts";
import type { CacheRecord } from "../cache/record.ts";
import type { Prepared } from "./prepare.ts";

/** A task that has ended, with all that reporters, gates and the tasks after it need. */
export interface TaskResult {
  readonly task: Task;
  readonly status: TaskStatus;
  readonly cache: CacheState;
  /** It is the result of the run that is resumed. */
  readonly resumed?: true;
  readonly summary: string;
  readonly durationMs: number;
  readonly savedMs: number;
  readonly evidence?: Evidence;
  /** What it produced, for the keys of the tasks after it. */
  readonly produced: { readonly evidence: Digest; readonly outputs: Digest };
  readonly advisory: boolean;
  readonly reason?: string;
  /** How often it was tried, where that is more than once. */
  readonly attempts?: number;
  /** It ended well, and on the same inputs it did not. */
  readonly flaky?: true;
  /** Who skipped it, if it was skipped. */
  readonly skippedBy?: SkippedBy;
  readonly missed?: string;
  /** How many of its parts were left out. */
  readonly served?: ServedParts;
  readonly diagnostics?: readonly Diagnostic[];
  readonly log?: RepoPath;
  /** What its key was made of; for a hit. */
  readonly prepared?: Prepared;
  /** What the cache holds of it. */
  readonly record?: CacheRecord;
  /** How the tool is typed from the repository root, for repro commands. */
  readonly display?: readonly string[];
}

/** What stands in keys for a task that produced nothing. */
export const NOTHING: TaskResult["produced"] = { evidence: "", outputs: "" };

/** The result as `when` sees it. */
export function settledOf(result: TaskResult): Settled {
  const { task, status, advisory, evidence, reason } = result;
  return {
    project: task.project.name,
    atom: task.atomId,
    status,
    advisory,
    ...(evidence === undefined ? {} : { evidence }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The same for gates: findings as severe as the configuration says, without those in the baseline. */
export function settledForGates(result: TaskResult, judge: Judge): Settled {
  const settled = settledOf(result);
  return settled.evidence === undefined ? settled : { ...settled, evidence: judge.forGates(settled.evidence) };
}

/**
 * `plugin`: it has nothing to do here, and what waits for it goes on. `tool`: its tool is missing, and what waits for it
 * is skipped too. `dependency`: a task before it failed. `stop`: the run was ended.
 */
export type SkippedBy = "plugin" | "tool" | "dependency" | "stop";

/** A task that was not run. */
export function skippedResult(
  task: Task,
  { reason, by }: { readonly reason: string; readonly by: SkippedBy },
): TaskResult {
  return {
    task,
    status: "skipped",
    cache: "off",
    summary: reason,
    reason,
    skippedBy: by,
    durationMs: 0,
    savedMs: 0,
    produced: NOTHING,
    advisory: false,
  };
}

/** A task that could not be run. */
export function brokenResult(task: Task, reason: string, diagnostics: readonly Diagnostic[]): TaskResult {
  return {
    task,
    status: "broken",
    cache: "off",
    summary: reason,
    reason,
    diagnostics,
    durationMs: 0,
    savedMs: 0,
    produced: NOTHING,
    advisory: false,
  };
}
