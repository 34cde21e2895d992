import { readFileSync } from "node:fs";
import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Task } from "../graph/task.ts";
import type { Attempted } from "./attempt.ts";
import { editedOutputs } from "./edited-outputs.ts";
import { flakyNote } from "./flaky.ts";
import type { JobResult } from "./job.ts";
import { displayOf, isKept, type Miss } from "./look-up-task.ts";
import { partsOf } from "./known-parts.ts";
import { logPath } from "./make-job.ts";
import type { Prepared } from "./prepare.ts";
import { remember } from "./remember.ts";
import type { RunnerHost } from "./runner-host.ts";
import { storeParts } from "./store-parts.ts";
import { storeResult, type StoredResult } from "./store-result.ts";
import { captureTask } from "./task-outputs.ts";
import { NOTHING, type TaskResult } from "./task-result.ts";
import { mentionedVariables } from "./withheld.ts";

/** What is left of a task that was tried until it ended. */
export interface Tried {
  readonly attempted: Attempted;
  /** Absolute. */
  readonly logFile: string;
  /** All attempts and what was around them, in milliseconds. */
  readonly durationMs: number;
}

/** The result of a task whose process has ended; it is kept if it may be kept. */
export function settleAttempt(
  task: Task,
  { prepared, missed }: Miss,
  { attempted, logFile, durationMs }: Tried,
  host: RunnerHost,
): TaskResult {
  const attempts = attempted.before.length + 1;
  const base = {
    task,
    durationMs,
    savedMs: 0,
    missed,
    advisory: prepared.context.tool.advisory,
    log: logPath(task, host),
    ...(attempts > 1 ? { attempts } : {}),
    ...displayOf(prepared),
  };
  const { result } = attempted;
  return result.kind === "broken"
    ? settleBroken(base, prepared, { result, attempted, host })
    : settleDone(base, prepared, { result, attempted, host, logFile });
}

type Done = Extract<JobResult, { kind: "done" }>;
type Broken = Extract<JobResult, { kind: "broken" }>;
type Base = Pick<
  TaskResult,
  "task" | "durationMs" | "savedMs" | "missed" | "advisory" | "log" | "attempts" | "display"
>;

interface Ended<R extends JobResult> {
  readonly result: R;
  readonly attempted: Attempted;
  readonly host: RunnerHost;
}

function settleBroken(base: Base, prepared: Prepared, { result, attempted, host }: Ended<Broken>): TaskResult {
  const { reason, diagnostic } = result;
  const [durationMs, attempts] = [attempted.durationMs, attempted.before.length + 1];
  remember(base.task, prepared, { status: "broken", durationMs, attempts, isFlaky: false, isStored: false }, host);
  return {
    ...base,
    status: "broken",
    cache: "miss",
    summary: reason,
    reason,
    produced: NOTHING,
    ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
  };
}

function settleDone(
  base: Base,
  prepared: Prepared,
  { result: { outcome }, attempted, host, logFile }: Ended<Done> & { readonly logFile: string },
): TaskResult {
  const { task } = base;
  const { durationMs, before } = attempted;
  const isOk = outcome.status === "ok";
  const changed = changedPaths(task, prepared, host);
  const { outputs, diagnostics: ofOutputs } = isOk
    ? captureTask(task, host.root, host.cache)
    : { outputs: [], diagnostics: [] };
  const isLasting = changed.length === 0 && host.cacheMode !== "off";
  if (isLasting) keepParts({ task, prepared, outcome }, host);
  const isSound = isOk && isLasting;
  const keep = isSound && isKept(task, prepared) && outputs !== undefined;
  const log = readLog(logFile);
  const stored: StoredResult = keep
    ? storeResult(
        {
          ...{ task, prepared, outcome, outputs, log, durationMs, at: Date.now() },
          ...{ engine: host.engine, root: host.root, redactor: host.redactor },
        },
        host.cache,
      )
    : {
        produced: { evidence: sha256(canonicalJson(outcome.evidence)), outputs: sha256(canonicalJson(outputs ?? [])) },
      };
  const flaky = isSound
    ? flakyNote({ task: task.id, key: prepared.fingerprint.key, before }, host.cache.history)
    : undefined;
  // What an interruption made of a command says nothing of the command.
  const status = outcome.status === "failed" && host.signal.aborted ? "broken" : outcome.status;
  const [attempts, isFlaky, isStored] = [before.length + 1, flaky !== undefined, stored.record !== undefined];
  remember(task, prepared, { status, durationMs, attempts, isFlaky, isStored }, host);
  const diagnostics = [
    ...ofOutputs,
    // What says that it edits changes what it reads.
    ...(changed.length > 0 && task.atom.edits === undefined ? [changedMeanwhile(changed)] : []),
    ...(flaky === undefined ? [] : [flaky]),
    ...(isOk ? [] : mentionedVariables(log.toString("utf8"), prepared.variables.withheld)),
  ];
  return {
    ...base,
    status: outcome.status,
    cache: host.cacheMode === "off" ? "off" : "miss",
    summary: outcome.summary,
    evidence: outcome.evidence,
    ...(outcome.served === undefined ? {} : { served: outcome.served }),
    ...stored,
    prepared,
    ...(isOk ? {} : { reason: outcome.summary }),
    ...(flaky === undefined ? {} : { flaky: true }),
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
  };
}

/** What is no longer what the task's key was made of. */
function changedPaths(task: Task, { fingerprint, sets }: Prepared, host: RunnerHost): readonly RepoPath[] {
  const paths = fingerprint.paths();
  return [...host.digests.verify(paths), ...host.late.added(sets, paths), ...editedOutputs(task, host)];
}

/** Also of a task that failed: its plugin gives only those of parts that did not. An interruption may have ended any of them early. */
function keepParts(
  { task, prepared, outcome }: { readonly task: Task; readonly prepared: Prepared; readonly outcome: Done["outcome"] },
  { cache, engine, redactor, signal }: RunnerHost,
): void {
  const { parts = [] } = outcome;
  if (parts.length === 0 || partsOf(task) === undefined || signal.aborted || !isKept(task, prepared)) return;
  storeParts({ task, prepared, parts, at: Date.now(), engine, redactor }, cache);
}

function readLog(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function changedMeanwhile(changed: readonly string[]): Diagnostic {
  return warningOf("SYM4012", `${changed[0] ?? ""} changed while the task ran, so its result was not kept`, {
    ...(changed.length > 1 ? { notes: [`and ${String(changed.length - 1)} more`] } : {}),
    hint: "run again when nothing edits its inputs",
  });
}
