import type { Diagnostic } from "./core/diagnostic.ts";
import type { Emit } from "./core/event.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { missingEnvironments } from "./fingerprint/tool/missing-environment.ts";
import type { Cache } from "./cache/cache.ts";
import { openCache } from "./cache/open-cache.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { decideGates } from "./gate/decide.ts";
import { createExecutor, type Executor } from "./execute/executor.ts";
import { emitResult, replayLog } from "./execute/emit-result.ts";
import { runFinished } from "./execute/run-finished.ts";
import { outcome, skipOf } from "./execute/outcome.ts";
import { settledOf, skippedResult, type TaskResult } from "./execute/task-result.ts";
import { lookUpTask, type Miss } from "./execute/look-up-task.ts";
import { createLookupHost } from "./execute/lookup-host.ts";
import { runTask } from "./execute/run-task.ts";
import type { RunnerHost } from "./execute/runner-host.ts";
import { schedule } from "./schedule/schedule.ts";
import { createEmitter } from "./report/emitter.ts";
import { cacheDirectory, cacheLimits, type Opened } from "./open.ts";
import { plan, type Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";
import { announce, nothingSentence } from "./announce.ts";
import { lateFiles, lookupParts } from "./lookup.ts";

/** The main job: plan ─ schedule ⟲ ( fingerprint ─ cache? ─ hit | miss ─ execute ) ─ gates ─ events. Gives the exit code. */
export async function run(opened: Opened, request: RunRequest): Promise<Result<number, readonly Diagnostic[]>> {
  const begin = request.now();
  const planned = plan(opened, request);
  if (!planned.ok) return planned;
  const missing = missingEnvironments(
    opened.workspace.projects.flatMap(({ environments }) => environments),
    { root: opened.repository.root, env: request.environment, home: request.home },
  );
  if (missing.length > 0) return fail(uniqueByMessage(missing));
  const record = createRunRecord(opened.repository.root, request.startedAt);
  if (!record.ok) return fail([record.error]);
  const { cache, problems } = openCache(cacheDirectory(opened, request.cacheDir), cacheLimits(opened));
  const executor = createExecutor(request.concurrency);
  const reporters = request.reporters(record.value);
  const emit = createEmitter({ run: record.value.id, now: request.now, reporters });
  try {
    return ok(
      await runPlan({
        opened,
        request,
        record: record.value,
        plan: planned.value,
        emit,
        cache,
        problems,
        executor,
        begin,
      }),
    );
  } finally {
    await executor.close();
    for (const reporter of reporters) reporter.close();
    cache.pruneIfDue();
    cache.close();
  }
}

async function runPlan(parts: Parts): Promise<number> {
  const { opened, request, record, plan: planned, emit, cache, begin } = parts;
  announce(emit, opened, { plan: planned, request });
  const results = await settleAll(parts);
  const settled = results.map((result) => ({ task: result.task, settled: settledOf(result) }));
  const decided = decideGates(opened.index.gates, settled, opened.config.settings.gates ?? {});
  for (const gate of decided) emit(gate);
  for (const diagnostic of [...parts.problems, ...cache.problems()]) emit({ type: "diagnostic", diagnostic });
  const nothing = nothingSentence(planned, opened.workspace.projects.length);
  const durationMs = request.now() - begin;
  const finished = runFinished({
    results,
    gates: opened.index.gates,
    decided,
    folder: record.folder,
    signal: request.signal,
    nothing,
    durationMs,
  });
  emit(finished);
  return finished.exitCode;
}

function uniqueByMessage(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [diagnostic.message, diagnostic])).values()];
}

interface Parts {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly record: RunRecord;
  readonly plan: Plan;
  readonly emit: Emit;
  readonly cache: Cache;
  /** What was wrong with the cache when it was opened. */
  readonly problems: readonly Diagnostic[];
  readonly executor: Executor;
  /** When the run began, by the request's clock. */
  readonly begin: number;
}

async function settleAll({
  opened,
  request,
  record,
  plan,
  emit,
  cache,
  executor,
}: Parts): Promise<readonly TaskResult[]> {
  const results = new Map<string, TaskResult>();
  const { host: lookup, save } = createLookupHost({ ...lookupParts(opened, request), cache, results });
  const { now, timeoutMs, version, signal } = request;
  const host: RunnerHost = {
    ...lookup,
    runId: record.id,
    runFolder: record.folder,
    engine: version,
    executor,
    emit,
    timeoutMs,
    now,
    signal,
    late: lateFiles(opened),
  };
  const told = { texts: opened.texts, redactor: host.redactor };
  const settle = (result: TaskResult): TaskResult => {
    results.set(result.task.id, result);
    if (request.replayLogs) replayLog(result, emit, { cache, root: host.root });
    emitResult(result, emit, told);
    return result;
  };
  const interrupt = (): void => void executor.interrupt();
  request.signal.addEventListener("abort", interrupt, { once: true });
  await schedule<TaskResult, Miss>({
    ...{ graph: plan.graph, slots: request.concurrency, mode: request.mode, signal: request.signal },
    lookup: (task) => {
      const found = lookUpTask(task, host);
      return "settled" in found ? { settled: settle(found.settled) } : found;
    },
    run: async (task, miss) => settle(await runTask(task, miss, host)),
    skip: (task, because) => settle(skippedResult(task, skipOf(because))),
    outcome,
    expectedMs: (task) => cache.history.durations(task.id).at(-1) ?? 1000,
  });
  request.signal.removeEventListener("abort", interrupt);
  save();
  return [...results.values()];
}
