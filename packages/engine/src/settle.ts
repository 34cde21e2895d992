import { batchOf } from "./execute/batch-of.ts";
import { createKeptTasks } from "./execute/kept-tasks.ts";
import { createLookupHost } from "./execute/lookup-host.ts";
import { emitResult, replayLog } from "./execute/emit-result.ts";
import { journalTasks, type TaskJournal } from "./execute/journal-tasks.ts";
import { leftUnknown, resumeTask, resumption } from "./execute/resume-task.ts";
import { lookUpTask, type LookupHost, type Miss } from "./execute/look-up-task.ts";
import { outcome, skipOf } from "./execute/outcome.ts";
import type { RunnerHost } from "./execute/runner-host.ts";
import { runBatch, type Member } from "./execute/run-batch.ts";
import { runTask } from "./execute/run-task.ts";
import { brokenResult, skippedResult, type TaskResult } from "./execute/task-result.ts";
import type { Task } from "./graph/task.ts";
import { lateFiles, lookupParts } from "./lookup.ts";
import { openBaseTree } from "./open-base-tree.ts";
import type { EndedRun } from "./remember.ts";
import type { RunParts } from "./run-parts.ts";
import { expectedDurations } from "./schedule/expected-duration.ts";
import { needsOf } from "./schedule/needs.ts";
import { schedule, type LookedUp } from "./schedule/schedule.ts";

/** Looks every task up and runs those that are not known, each when what it waits for has settled. */
export async function settleAll(parts: RunParts): Promise<Pick<EndedRun, "results" | "host" | "tools">> {
  const { opened, request, plan, emit, cache, journal, executor } = parts;
  const results = new Map<string, TaskResult>();
  const {
    host: lookup,
    save,
    toolsAsked,
  } = createLookupHost({ ...lookupParts(opened, request, plan), cache, results });
  const { resume, cacheMode } = request;
  const journaled = journalTasks(journal, { emit, cacheMode });
  const earlier = resume && resumption(resume.from.journal, plan.graph, resume.force);
  const host = runnerHost(parts, lookup, journaled.emit);
  const kept = request.kept && createKeptTasks(request.kept, plan.graph, host);
  const told = { texts: opened.texts, redactor: host.redactor, judge: opened.judge };
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
      return "settled" in found ? { settled: settle(found.settled) } : withNeeds(task, found.miss, { settle, host });
    },
    run: async ([first, ...others]) =>
      others.length === 0
        ? [settle(await journaled.run(first.task, first.miss, () => runTask(first.task, first.miss, host)))]
        : (await runTogether([first, ...others], journaled, host)).map(settle),
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

/** What a task is run with, beside what it was looked up with. */
function runnerHost(
  { opened, request, plan, record, executor }: RunParts,
  lookup: LookupHost,
  emit: RunnerHost["emit"],
): RunnerHost {
  const { now, timeoutMs, version, signal, hold, agents } = request;
  const run = { runId: record.id, runFolder: record.folder, engine: version };
  const base = openBaseTree(opened, request, plan);
  return {
    ...{ ...lookup, ...run, executor, emit, timeoutMs, now, signal, late: lateFiles(opened, plan) },
    ...(base === undefined ? {} : { base }),
    ...(hold === undefined ? {} : { hold }),
    ...(agents === undefined ? {} : { edit: agents.edit }),
  };
}

/** A task that has to run, with what it needs; broken where its atom does not say that in numbers. */
function withNeeds(
  task: Task,
  miss: Miss,
  { settle, host }: { readonly settle: (result: TaskResult) => TaskResult; readonly host: RunnerHost },
): LookedUp<TaskResult, Miss> {
  const needs = needsOf(task);
  // What holds a mutex of all processes waits for it alone.
  const batch = needs.ok && needs.value.mutex.length === 0 ? batchOf(task, miss, host) : undefined;
  if (needs.ok) return { miss, needs: needs.value, ...(batch === undefined ? {} : { batch }) };
  return { settled: settle(brokenResult(task, needs.error.message, [needs.error])) };
}

/** Runs the tasks of one process, each with its own lines in the journal. Their results, in the same order. */
function runTogether(
  members: readonly Member[],
  journaled: TaskJournal,
  host: RunnerHost,
): Promise<readonly TaskResult[]> {
  const ends = new Map(members.map((member) => [member, Promise.withResolvers<TaskResult>()]));
  const results = members.map((member) =>
    journaled.run(member.task, member.miss, () => ends.get(member)?.promise ?? Promise.reject(new Error("no member"))),
  );
  void runBatch({ members, settle: (member, result) => ends.get(member)?.resolve(result) }, host);
  return Promise.all(results);
}
