import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { Evidence } from "../core/evidence.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Task, TaskGraph } from "../graph/task.ts";
import type { EndedEntry, StartedEntry } from "../journal/journal-entry.ts";
import type { JournalState } from "../journal/read-journal.ts";
import { explainMiss } from "./explain-miss.ts";
import { onceKind } from "./journal-tasks.ts";
import { displayOf, hitOf, type LookupHost, type Miss } from "./look-up-task.ts";
import { brokenResult, type TaskResult } from "./task-result.ts";

/** What a run goes on from. */
export interface Resumption {
  readonly journal: Pick<JournalState, "run" | "tasks" | "isWhole">;
  /** Whether what may have been done already is done again. */
  readonly force: boolean;
  /** Tasks whose results stand whatever their keys are now: a task after them edits sources, and may have changed what they read. */
  readonly beforeEdits: ReadonlySet<TaskId>;
}

type Found = { readonly settled: TaskResult } | { readonly miss: Miss };

/** How far an earlier run came, for a plan. */
export function resumption(journal: Resumption["journal"], graph: TaskGraph, force: boolean): Resumption {
  const beforeEdits = new Set<TaskId>();
  const add = (id: TaskId): void => {
    if (beforeEdits.has(id)) return;
    beforeEdits.add(id);
    for (const before of graph.task(id)?.dependsOn ?? []) add(before);
  };
  for (const { task, once } of journal.tasks.values())
    if (once === "edit") for (const before of graph.task(task)?.dependsOn ?? []) add(before);
  return { journal, force, beforeEdits };
}

/** What a look-up found, seen with what the earlier run did: what ended well there is not done again. */
export function resumeTask(
  task: Task,
  found: Found,
  { journal, force, beforeEdits }: Resumption,
  host: LookupHost,
): Found {
  const entry = journal.tasks.get(task.id);
  if ("settled" in found) return { settled: withMark(found.settled, entry) };
  const once = onceKind(task);
  const { run } = journal.run;
  if (entry === undefined) return once !== undefined && !journal.isWhole && !force ? held(task, run) : found;
  const { key } = found.miss.prepared.fingerprint;
  if (entry.type === "ended" && entry.status === "ok") {
    const stands = entry.key === key || once === "edit" || beforeEdits.has(task.id);
    const settled = stands ? standing(task, entry, found.miss, host) : undefined;
    return settled === undefined
      ? { miss: { ...found.miss, missed: whyAgain(task, found.miss, entry, host) } }
      : { settled };
  }
  if (isUnknown(entry) && entry.once !== undefined && !force) return held(task, run);
  return { miss: { ...found.miss, missed: whyUnfinished(found.miss, entry, run) } };
}

/** What may have been done in part, and that nobody looked at since: tasks of the earlier run that must not be done twice and that this run leaves alone. */
export function leftUnknown(
  { journal }: Pick<Resumption, "journal">,
  results: ReadonlyMap<TaskId, Pick<TaskResult, "status">>,
): readonly Diagnostic[] {
  return [...journal.tasks.values()].flatMap((entry) => {
    const status = results.get(entry.task)?.status;
    const isLeft = entry.once !== undefined && isUnknown(entry) && (status === undefined || status === "skipped");
    return isLeft ? [{ ...unknownEnd(entry.task, entry.once ?? "effect", journal.run.run), severity: "warning" }] : [];
  });
}

/** Whether a task may have done a part of what it does. */
function isUnknown(entry: StartedEntry | EndedEntry): boolean {
  return entry.type === "started" || entry.status === "broken";
}

/** A hit of a task that ended well in the earlier run, under the same key, is its result. */
function withMark(settled: TaskResult, entry: StartedEntry | EndedEntry | undefined): TaskResult {
  const isSame =
    settled.cache === "hit" &&
    entry?.type === "ended" &&
    entry.status === "ok" &&
    settled.prepared?.fingerprint.key === entry.key;
  return isSame ? { ...settled, resumed: true } : settled;
}

/** The result of the earlier run, from its journal or from the cache; `undefined` where neither has it any more. */
function standing(task: Task, entry: EndedEntry, { prepared }: Miss, host: LookupHost): TaskResult | undefined {
  if (entry.evidence !== undefined) return fromJournal(task, entry, entry.evidence, prepared);
  if (host.cacheMode === "off") return undefined;
  const then = { ...prepared, fingerprint: { ...prepared.fingerprint, key: entry.key } };
  const hit = hitOf(task, then, host);
  return hit && { ...hit, resumed: true };
}

function fromJournal(
  task: Task,
  { summary, durationMs, produced, advisory }: EndedEntry,
  evidence: Evidence,
  prepared: Miss["prepared"],
): TaskResult {
  return {
    task,
    status: "ok",
    cache: "hit",
    resumed: true,
    summary,
    durationMs: 0,
    savedMs: durationMs,
    evidence,
    produced,
    advisory,
    prepared,
    ...displayOf(prepared),
  };
}

/** Why a task that ended well in the earlier run is run again. */
function whyAgain(task: Task, { prepared }: Miss, entry: EndedEntry, host: LookupHost): string {
  const { fingerprint } = prepared;
  if (fingerprint.key === entry.key) return "its result is no longer kept";
  const { history } = host.cache;
  if (history.latest(task.id)?.key !== entry.key) return "what it depends on changed";
  const read = (digest: string): string | undefined => {
    const blob = host.cache.readBlob(digest);
    return blob.ok ? blob.value.toString("utf8") : undefined;
  };
  return explainMiss(task.id, fingerprint, { history, read, redactor: host.redactor });
}

function whyUnfinished({ missed }: Miss, entry: StartedEntry | EndedEntry, run: string): string {
  if (entry.type === "started") return `it had not ended in ${run}`;
  return entry.status === "skipped" ? missed : `it ${entry.status === "failed" ? "failed" : "broke"} in ${run}`;
}

function held(task: Task, run: string): Found {
  const unknown = unknownEnd(task.id, onceKind(task) ?? "effect", run);
  return { settled: brokenResult(task, `how it ended in ${run} is not known: held`, [unknown]) };
}

function unknownEnd(task: TaskId, kind: "edit" | "effect", run: string): Diagnostic {
  const look =
    kind === "effect"
      ? "look whether it took place"
      : "look at what it changed, as with `git diff`, and take back what is half done";
  return errorOf("SYM4033", `${task} may have been done in ${run}: it was started, and its end was not written down`, {
    hint: `${look}; then \`symbiotic run --resume --force\` does it again`,
  });
}
