import type { Diagnostic } from "./core/diagnostic.ts";
import type { Emit } from "./core/event.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { missingEnvironments } from "./fingerprint/tool/missing-environment.ts";
import type { Cache } from "./cache/cache.ts";
import { openCache } from "./cache/open-cache.ts";
import { beginJournal } from "./journal/begin-journal.ts";
import type { Journal } from "./journal/journal.ts";
import { pruneRuns } from "./journal/prune-runs.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { decideGates } from "./gate/decide.ts";
import { createExecutor, type Executor } from "./execute/executor.ts";
import { emitResult, replayLog } from "./execute/emit-result.ts";
import { runFinished } from "./execute/run-finished.ts";
import { outcome, skipOf } from "./execute/outcome.ts";
import { brokenResult, settledOf, skippedResult, type TaskResult } from "./execute/task-result.ts";
import { lookUpTask, type Miss } from "./execute/look-up-task.ts";
import { createLookupHost } from "./execute/lookup-host.ts";
import { journalTasks } from "./execute/journal-tasks.ts";
import { leftUnknown, resumeTask, resumption } from "./execute/resume-task.ts";
import { createKeptTasks } from "./execute/kept-tasks.ts";
import { runTask } from "./execute/run-task.ts";
import type { Task } from "./graph/task.ts";
import type { RunnerHost } from "./execute/runner-host.ts";
import { expectedDurations } from "./schedule/expected-duration.ts";
import { needsOf } from "./schedule/needs.ts";
import { schedule, type LookedUp } from "./schedule/schedule.ts";
import { createEmitter } from "./report/emitter.ts";
import { cacheDirectory, cacheLimits, type Opened } from "./open.ts";
import { plan, type Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";
import { remember, type EndedRun } from "./remember.ts";
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
  const journal = journalOf(planned.value, request, { record: record.value, cache });
  if (!journal.ok) {
    cache.close();
    return fail([journal.error]);
  }
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
        journal: journal.value,
        executor,
        begin,
      }),
    );
  } finally {
    await executor.close();
    journal.value.close();
    for (const reporter of reporters) reporter.close();
    for (const reporter of reporters) await reporter.finish?.();
    pruneRuns(opened.repository.root, request.startedAt.getTime());
    cache.pruneIfDue();
    cache.close();
  }
}

/** Begins the journal; a run that goes on with another takes that one over. */
function journalOf(
  { graph }: Plan,
  { version, startedAt, asked, resume }: RunRequest,
  { record, cache }: Pick<Parts, "record" | "cache">,
): Result<Journal, Diagnostic> {
  return beginJournal({
    record,
    engine: version,
    startedAt,
    asked: asked ?? null,
    tasks: () => graph.order.map(({ id }) => id),
    resumable: resume?.from,
    locks: cache.locks,
  });
}

async function runPlan(parts: Parts): Promise<number> {
  const { opened, request, record, plan: planned, emit, cache, begin } = parts;
  announce(emit, opened, { plan: planned, request });
  const settledAll = await settleAll(parts);
  const { results } = settledAll;
  const { shard } = planned;
  // A gate of a project is whole on the machine that has the project, and nowhere else.
  const own = shard === undefined ? results : results.filter(({ task }) => shard.has(task.project.name));
  const settled = own.map((result) => ({ task: result.task, settled: settledOf(result) }));
  const decided = decideGates(opened.index.gates, settled, opened.config.settings.gates ?? {});
  for (const gate of decided) emit(gate);
  const problems = [...parts.problems, ...cache.problems(), ...parts.journal.problems()];
  for (const diagnostic of problems) emit({ type: "diagnostic", diagnostic });
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
  if (problems.length === 0) remember({ ...settledAll, opened, request, plan: planned });
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
  readonly journal: Journal;
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
  journal,
  executor,
}: Parts): Promise<Pick<EndedRun, "results" | "host" | "tools">> {
  const results = new Map<string, TaskResult>();
  const { host: lookup, save, toolsAsked } = createLookupHost({ ...lookupParts(opened, request), cache, results });
  const { now, timeoutMs, version, signal, resume, cacheMode } = request;
  const journaled = journalTasks(journal, { emit, cacheMode });
  const earlier = resume && resumption(resume.from.journal, plan.graph, resume.force);
  const host: RunnerHost = {
    ...lookup,
    runId: record.id,
    runFolder: record.folder,
    engine: version,
    executor,
    emit: journaled.emit,
    timeoutMs,
    now,
    signal,
    late: lateFiles(opened),
  };
  const kept = request.kept && createKeptTasks(request.kept, plan.graph, host);
  const told = { texts: opened.texts, redactor: host.redactor };
  const settle = (result: TaskResult): TaskResult => {
    results.set(result.task.id, result);
    if (request.replayLogs && result.cache === "hit") replayLog(result, emit, { cache, root: host.root });
    emitResult(result, emit, told);
    return result;
  };
  const interrupt = (): void => void executor.interrupt();
  request.signal.addEventListener("abort", interrupt, { once: true });
  await schedule<TaskResult, Miss>({
    ...{ graph: plan.graph, mode: request.mode, barrier: request.barrier, signal: request.signal },
    capacity: { cpu: request.concurrency, memoryMb: request.memoryMb },
    lookup: (task) => {
      const known = kept?.(task);
      if (known !== undefined) return { settled: settle(known) };
      const first = lookUpTask(task, host);
      const found = earlier === undefined ? first : resumeTask(task, first, earlier, host);
      return "settled" in found ? { settled: settle(found.settled) } : withNeeds(task, found.miss, settle);
    },
    run: async (task, miss) => settle(await journaled.run(task, miss, () => runTask(task, miss, host))),
    skip: (task, because) => settle(skippedResult(task, skipOf(because))),
    outcome,
    expectedMs: expectedDurations(plan.graph.order, (id) => cache.history.durations(id)),
  });
  request.signal.removeEventListener("abort", interrupt);
  for (const diagnostic of earlier === undefined ? [] : leftUnknown(earlier, results))
    emit({ type: "diagnostic", diagnostic });
  save();
  return { results: [...results.values()], host, tools: toolsAsked() };
}

/** A task that has to run, with what it needs; broken where its atom does not say that in numbers. */
function withNeeds(task: Task, miss: Miss, settle: (result: TaskResult) => TaskResult): LookedUp<TaskResult, Miss> {
  const needs = needsOf(task);
  if (needs.ok) return { miss, needs: needs.value };
  return { settled: settle(brokenResult(task, needs.error.message, [needs.error])) };
}
