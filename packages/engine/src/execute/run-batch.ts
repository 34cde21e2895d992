import { copyFileSync, existsSync } from "node:fs";
import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Task } from "../graph/task.ts";
import type { CommandAtom, Outcome } from "../plugin/atom.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Job, JobResult } from "./job.ts";
import { limitsOf } from "./limits.ts";
import type { Miss } from "./look-up-task.ts";
import { makeJob } from "./make-job.ts";
import { failedEngine, runTask } from "./run-task.ts";
import type { RunnerHost } from "./runner-host.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { emptyDirectory } from "./spawn.ts";
import { takeTurnNow } from "./take-turn.ts";
import type { TaskResult } from "./task-result.ts";

/** A task, and what is known of it. */
export interface Member {
  readonly task: Task;
  readonly miss: Miss;
}

/** The tasks of one process; `settle` is called once for each, when its result is known. */
export interface BatchRun {
  readonly members: readonly Member[];
  readonly settle: (member: Member, result: TaskResult) => void;
}

/**
 * Runs tasks in one process. Where it does not end well, or its end cannot be told apart by task, each half runs again, and a
 * task that is left alone as it would alone. So does one that another process computes. It never rejects.
 */
export async function runBatch({ members, settle }: BatchRun, host: RunnerHost): Promise<void> {
  const turns = members.map((member) => ({ member, turn: takeTurnNow(member.task, member.miss, host) }));
  const alone: Member[] = [];
  const ours: Member[] = [];
  for (const { member, turn } of turns) {
    if (turn === undefined) alone.push(member);
    else if ("settled" in turn) settle(member, turn.settled);
    else ours.push(member);
  }
  const left = new Set(ours);
  try {
    for (const { task } of ours) host.emit({ type: "task-started" }, task.id);
    await runHalves(
      ours,
      (member, result) => {
        left.delete(member);
        settle(member, result);
      },
      host,
    );
  } catch (thrown) {
    for (const member of left) settle(member, failedEngine(member.task, thrown));
  } finally {
    for (const { turn } of turns) if (turn !== undefined && "release" in turn) turn.release();
  }
  for (const member of alone) settle(member, await runTask(member.task, member.miss, host));
}

async function runHalves(members: readonly Member[], settle: BatchRun["settle"], host: RunnerHost): Promise<void> {
  const started = host.now();
  const { jobs, result } = await execute(members, host);
  const outcomes = result.kind === "done" ? [result.outcome, ...(result.others ?? [])] : undefined;
  if (outcomes === undefined && members.length > 1 && !host.signal.aborted) {
    const middle = Math.ceil(members.length / 2);
    await runHalves(members.slice(0, middle), settle, host);
    if (middle < members.length) await runHalves(members.slice(middle), settle, host);
    return;
  }
  // Each is told its share: together they took as long as the process.
  const durationMs = (host.now() - started) / members.length;
  shareLog(jobs);
  for (const [at, member] of members.entries()) {
    const own = ownResult(result, outcomes?.[at]);
    const attempted = { result: own, durationMs, before: [] };
    const logFile = jobs[at]?.logFile ?? "";
    settle(member, settleAttempt(member.task, member.miss, { attempted, logFile, durationMs }, host));
  }
}

interface Executed {
  /** One a task. */
  readonly jobs: readonly Job[];
  readonly result: JobResult;
}

async function execute(members: readonly Member[], host: RunnerHost): Promise<Executed> {
  const jobs = members.map(({ task, miss }) => makeJob(task, miss.prepared, host));
  const [first, ...others] = jobs;
  const task = members[0]?.task;
  if (first === undefined || task === undefined) return { jobs, result: { kind: "broken", reason: "nothing to run" } };
  for (const { outDirectory } of others) emptyDirectory(outDirectory);
  const job = others.length === 0 ? first : shared(task.atom as CommandAtom<unknown, JsonValue>, first, others);
  if ("kind" in job) return { jobs, result: job };
  const limits = limitsOf(task, host.timeoutMs);
  const result = await host.executor.execute(job, {
    timeoutMs: limits.ok ? limits.value.timeoutMs : host.timeoutMs,
    line: (stream, line) => {
      host.emit({ type: "task-output", stream, line }, task.id);
    },
  });
  return { jobs, result };
}

/** The job of the process that they share; broken where the plugin does not say how. */
function shared(
  { batch }: CommandAtom<unknown, JsonValue>,
  first: Job,
  others: readonly Job[],
): Job | Extract<JobResult, { kind: "broken" }> {
  const contexts = others.map(({ context }) => context);
  const command = guarded(`${first.atomId}: batch.command`, () => batch?.command([first.context, ...contexts]));
  if (!command.ok) return { kind: "broken", reason: command.error.message, diagnostic: command.error };
  if (command.value === undefined) return { kind: "broken", reason: "no command" };
  const cwd: RepoPath = command.value.cwd ?? ".";
  return { ...first, isPlain: false, others: contexts, command: { ...command.value, cwd } };
}

function ownResult(result: JobResult, outcome: Outcome | undefined): JobResult {
  return result.kind === "done" && outcome !== undefined
    ? { kind: "done", outcome, exitCode: result.exitCode }
    : result;
}

/** What the process wrote is the log of each. */
function shareLog([first, ...others]: readonly Job[]): void {
  if (first === undefined || !existsSync(first.logFile)) return;
  for (const { logFile } of others) copyFileSync(first.logFile, logFile);
}
