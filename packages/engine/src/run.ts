import type { Diagnostic } from "./core/diagnostic.ts";
import type { Emit, PlannedTask } from "./core/event.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { missingEnvironments } from "./fingerprint/tool/missing-environment.ts";
import type { Cache } from "./cache/cache.ts";
import { openCache } from "./cache/open-cache.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { selectAtoms } from "./graph/selection.ts";
import { decideGates } from "./gate/decide.ts";
import { createExecutor, type Executor } from "./execute/executor.ts";
import { emitResult, replayLog } from "./execute/emit-result.ts";
import { runFinished } from "./execute/run-finished.ts";
import { createLateFiles, type LateFiles } from "./execute/late-files.ts";
import { outcome, skipOf } from "./execute/outcome.ts";
import { settledOf, skippedResult, type TaskResult } from "./execute/task-result.ts";
import { lookUpTask, type Miss } from "./execute/look-up-task.ts";
import { createLookupHost, type LookupHostParts } from "./execute/lookup-host.ts";
import { runTask } from "./execute/run-task.ts";
import type { RunnerHost } from "./execute/runner-host.ts";
import { listFiles } from "./workspace/git/list-files.ts";
import { schedule, type FailureMode } from "./schedule/schedule.ts";
import { createEmitter } from "./report/emitter.ts";
import type { Reporter } from "./report/reporter.ts";
import { cacheDirectory, cacheLimits, type Opened } from "./open.ts";
import { plan, type Plan, type PlanRequest } from "./plan.ts";

/** What to run and how. */
export interface RunRequest extends PlanRequest {
  readonly concurrency: number;
  readonly mode: FailureMode;
  /** `off`: the cache is neither read nor written; `write`: everything runs, and results are kept. */
  readonly cacheMode: "on" | "off" | "write";
  readonly cacheDir?: string;
  /** Whether the logs of hits are told again. */
  readonly replayLogs: boolean;
  readonly timeoutMs: number;
  readonly version: string;
  readonly home: string;
  /** This Node, absolute. */
  readonly node: string;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  readonly startedAt: Date;
  /** Aborted with the signal's name when the run is to stop. */
  readonly signal: AbortSignal;
  /** Makes the reporters, once it is known where the run's record lies. */
  readonly reporters: (record: RunRecord) => readonly Reporter[];
}

/** The main job: plan ─ schedule ⟲ ( fingerprint ─ cache? ─ hit | miss ─ execute ) ─ gates ─ events. Gives the exit code. */
export async function run(opened: Opened, request: RunRequest): Promise<Result<number, readonly Diagnostic[]>> {
  const begin = request.now();
  const planned = plan(opened, request);
  if (!planned.ok) return planned;
  const missing = missingEnvironments(opened.workspace.projects.flatMap(({ environments }) => environments), { root: opened.repository.root, env: request.environment, home: request.home });
  if (missing.length > 0) return fail(uniqueByMessage(missing));
  const record = createRunRecord(opened.repository.root, request.startedAt);
  if (!record.ok) return fail([record.error]);
  const { cache } = openCache(cacheDirectory(opened, request.cacheDir), cacheLimits(opened));
  const executor = createExecutor(request.concurrency);
  const reporters = request.reporters(record.value);
  const emit = createEmitter({ run: record.value.id, now: request.now, reporters });
  try {
    return ok(await runPlan({ opened, request, record: record.value, plan: planned.value, emit, cache, executor, begin }));
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
  for (const diagnostic of cache.problems()) emit({ type: "diagnostic", diagnostic });
  const nothing = nothingSentence(planned, opened.workspace.projects.length);
  const durationMs = request.now() - begin;
  const finished = runFinished({ results, gates: opened.index.gates, decided, folder: record.folder, signal: request.signal, nothing, durationMs });
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
  readonly executor: Executor;
  /** When the run began, by the request's clock. */
  readonly begin: number;
}

async function settleAll({ opened, request, record, plan, emit, cache, executor }: Parts): Promise<readonly TaskResult[]> {
  const results = new Map<string, TaskResult>();
  const { host: lookup, save } = createLookupHost({ ...lookupParts(opened, request), cache, results });
  const { now, timeoutMs, version, signal } = request;
  const host: RunnerHost = { ...lookup, runId: record.id, runFolder: record.folder, engine: version, executor, emit, timeoutMs, now, signal, late: lateFiles(opened) };
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

function lateFiles({ repository, workspace, listedAt }: Opened): LateFiles {
  const list = (): readonly string[] | undefined => {
    const files = listFiles(repository);
    return files.ok ? files.value.map(({ path }) => path) : undefined;
  };
  return createLateFiles({ root: repository.root, files: workspace.files, listedAt, list, now: Date.now });
}

/** What a request and a repository tell of looking tasks up: the same for a run and for commands that only look. */
export function lookupParts(opened: Opened, request: RunRequest): Omit<LookupHostParts, "cache" | "results"> {
  const { repository, workspace, config } = opened;
  const { environment, home, node, cacheMode } = request;
  const passed = config.settings.environment?.pass ?? [];
  return { root: repository.root, workspace, environment, passed, arguments: argumentsOf(opened, request), home, node, cacheMode };
}

/** What stands behind `--` is for the one atom that is wanted, not for those that it depends on. */
function argumentsOf({ index, workspace }: Opened, { names, arguments: words = [] }: RunRequest): LookupHostParts["arguments"] {
  const wanted = selectAtoms(names, index, workspace);
  const [first] = wanted.ok ? wanted.value : [];
  return first === undefined || words.length === 0 ? undefined : { atom: first.atom, words };
}

function announce(emit: Emit, { workspace }: Opened, { plan: { graph, changes, reasons }, request }: { readonly plan: Plan; readonly request: RunRequest }): void {
  const comparison = changes === undefined ? {} : { comparison: changes.comparison };
  const { version, names, startedAt } = request;
  emit({ type: "run-started", version, startedAt: startedAt.toISOString(), targets: names, projects: workspace.projects.length, ...comparison });
  const told = new Set<string>();
  for (const { project, because } of reasons.values()) {
    if (!told.has(project)) emit({ type: "project-affected", project, reason: because });
    told.add(project);
  }
  const tasks = graph.order.map(({ id, project, atomId, atom, dependsOn }): PlannedTask => {
    return { id, project: project.name, atom: atomId, title: atom.title, level: graph.level(id), dependsOn };
  });
  emit({ type: "plan-ready", levels: graph.levels, tasks });
}

function nothingSentence({ before, changes }: Plan, projects: number): string {
  if (projects === 0) return "nothing to run: no project was found (a folder with a manifest such as pyproject.toml, or a root with Python files)";
  if (changes === undefined || before === 0) return "nothing to run: no project has anything for these targets";
  const files = changes.comparison.changedFiles;
  if (files === 0) return "nothing is affected: no file changed";
  return `nothing is affected: ${files === 1 ? "the file that changed is no input of any task" : `none of the ${String(files)} files that changed is an input of a task`}`;
}
