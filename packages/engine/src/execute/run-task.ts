import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson } from "../core/json.ts";
import { taskFolder } from "../core/task-id.ts";
import { sha256 } from "../fingerprint/digest.ts";
import { ownedPaths } from "../graph/ownership.ts";
import type { Task } from "../graph/task.ts";
import { perProject } from "../plugin/per-project.ts";
import type { Job, JobResult } from "./job.ts";
import { keptFingerprint } from "./kept-fingerprint.ts";
import { displayOf, isKept, type Miss } from "./look-up-task.ts";
import type { Prepared } from "./prepare.ts";
import type { RunnerHost } from "./runner-host.ts";
import { takeTurn } from "./take-turn.ts";
import { storeResult } from "./store-result.ts";
import { brokenResult, NOTHING, type TaskResult } from "./task-result.ts";
import { secretValuesOf } from "../redact/secret-name.ts";
import { captureTask } from "./task-outputs.ts";
import { mentionedVariables } from "./withheld.ts";

/** Runs a task to its end, and keeps its result if it may be kept. Another process that computes the same key is waited for. */
export async function runTask(task: Task, miss: Miss, host: RunnerHost): Promise<TaskResult> {
  const turn = await takeTurn(task, miss, host);
  if ("settled" in turn) return turn.settled;
  try {
    return await runAlone(task, miss, host);
  } catch (thrown) {
    return failedEngine(task, thrown);
  } finally {
    turn.release();
  }
}

/** A bug of the engine, or a disk that fails under it, costs this task and no other. */
function failedEngine(task: Task, thrown: unknown): TaskResult {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const diagnostic = errorOf("SYM4018", `${task.id} could not be brought to its end: ${why}`, {
    hint: "if the disk is well this is an error of symbiotic: please report it",
  });
  return brokenResult(task, why, [diagnostic]);
}

async function runAlone(task: Task, { prepared, missed }: Miss, host: RunnerHost): Promise<TaskResult> {
  const started = host.now();
  host.emit({ type: "task-started" }, task.id);
  const job = jobOf(task, prepared, host);
  const result = await host.executor.execute(job, {
    timeoutMs: perProject(task.atom.timeoutMs, task.context) ?? host.timeoutMs,
    line: (stream, line) => {
      host.emit({ type: "task-output", stream, line }, task.id);
    },
  });
  const durationMs = host.now() - started;
  const base = {
    task,
    durationMs,
    savedMs: 0,
    missed,
    advisory: prepared.context.tool.advisory,
    log: logPath(task, host),
    ...displayOf(prepared),
  };
  if (result.kind === "broken") {
    remember(task, prepared, { host, status: "broken", durationMs });
    const diagnostics = result.diagnostic === undefined ? {} : { diagnostics: [result.diagnostic] };
    return {
      ...base,
      status: "broken",
      cache: "miss",
      summary: result.reason,
      reason: result.reason,
      produced: NOTHING,
      ...diagnostics,
    };
  }
  return settleDone(base, prepared, { result, host, job });
}

type Done = Extract<JobResult, { kind: "done" }>;
type Base = Pick<TaskResult, "task" | "durationMs" | "savedMs" | "missed" | "advisory" | "log" | "display">;

function settleDone(
  base: Base,
  prepared: Prepared,
  { result, host, job }: { readonly result: Done; readonly host: RunnerHost; readonly job: Job },
): TaskResult {
  const { task } = base;
  const { outcome } = result;
  const paths = prepared.fingerprint.paths();
  const changed = [...host.digests.verify(paths), ...host.late.added(prepared.sets, paths)];
  const { outputs, diagnostics: ofOutputs } =
    outcome.status === "ok" ? captureTask(task, host.root, host.cache) : { outputs: [], diagnostics: [] };
  const keep =
    outcome.status === "ok" &&
    changed.length === 0 &&
    host.cacheMode !== "off" &&
    isKept(task, prepared) &&
    outputs !== undefined;
  const log = readLog(job.logFile);
  const finished = {
    task,
    prepared,
    outcome,
    outputs: outputs ?? [],
    log,
    durationMs: base.durationMs,
    at: Date.now(),
    engine: host.engine,
    root: host.root,
    redactor: host.redactor,
  };
  const produced = keep
    ? storeResult(finished, host.cache)
    : { evidence: sha256(canonicalJson(outcome.evidence)), outputs: sha256(canonicalJson(outputs ?? [])) };
  remember(task, prepared, { host, status: outcome.status, durationMs: base.durationMs });
  const diagnostics = [
    ...ofOutputs,
    ...(changed.length > 0 ? [changedMeanwhile(changed)] : []),
    ...(outcome.status === "failed" ? mentionedVariables(log.toString("utf8"), prepared.variables.withheld) : []),
  ];
  const reason = outcome.status === "failed" ? { reason: outcome.summary } : {};
  return {
    ...base,
    status: outcome.status,
    cache: host.cacheMode === "off" ? "off" : "miss",
    summary: outcome.summary,
    evidence: outcome.evidence,
    produced,
    ...reason,
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
  };
}

function jobOf(task: Task, prepared: Prepared, host: RunnerHost): Job {
  const { plugin } = task;
  return {
    ref: plugin.ref,
    options: plugin.options,
    identity: plugin.identity,
    plugin: plugin.name,
    atomId: task.atomId,
    ...(task.template === undefined ? {} : { template: task.template }),
    context: prepared.context,
    ...(prepared.command === undefined ? {} : { command: prepared.command }),
    root: host.root,
    substitutions: prepared.found?.substitutions ?? {},
    variables: prepared.variables.given,
    outDirectory: join(host.root, ...prepared.context.out.split("/")),
    logFile: join(host.root, ...logPath(task, host).split("/")),
    secretValues: secretValuesOf(host.environment),
    inputs: prepared.fingerprint.paths(),
    outputs: ownedPaths(task),
  };
}

function logPath(task: Task, host: RunnerHost): string {
  return `${host.runFolder}/logs/${taskFolder(task.id)}.log`;
}

function readLog(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

interface Remembered {
  readonly host: RunnerHost;
  readonly status: "ok" | "failed" | "broken";
  readonly durationMs: number;
}

/** The history is for people: `why`, durations, flakes. Its fingerprint is kept with it. */
function remember(task: Task, { fingerprint }: Prepared, { host, status, durationMs }: Remembered): void {
  if (host.cacheMode === "off") return;
  const { digest, texts } = keptFingerprint(fingerprint, host.redactor);
  for (const text of texts()) host.cache.putBlob(Buffer.from(text));
  host.cache.history.append({
    task: task.id,
    key: fingerprint.key,
    fingerprintDigest: digest,
    status,
    durationMs,
    at: Date.now(),
    run: host.runId,
  });
}

function changedMeanwhile(changed: readonly string[]): Diagnostic {
  return warningOf("SYM4012", `${changed[0] ?? ""} changed while the task ran, so its result was not kept`, {
    ...(changed.length > 1 ? { notes: [`and ${String(changed.length - 1)} more`] } : {}),
    hint: "run again when nothing edits its inputs",
  });
}
