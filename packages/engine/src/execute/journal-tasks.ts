import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { Emit } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Task } from "../graph/task.ts";
import type { Journal } from "../journal/journal.ts";
import type { EndedEntry, OnceKind, StartedEntry } from "../journal/journal-entry.ts";
import { isKept, type LookupHost, type Miss } from "./look-up-task.ts";
import { brokenResult, type TaskResult } from "./task-result.ts";

/** Writes down what a run does with its tasks, each step before it is taken. */
export interface TaskJournal {
  /** The same events; the start of a task is written down before it is told, which is before its process starts. */
  readonly emit: Emit;
  /** Runs a task and writes down how it ended, before anyone is told. */
  run(task: Task, miss: Miss, act: () => Promise<TaskResult>): Promise<TaskResult>;
}

/** The journal of a run's tasks. `cacheMode` tells whether the cache keeps their evidence, or the journal must. */
export function journalTasks(
  journal: Journal,
  { emit, cacheMode }: { readonly emit: Emit; readonly cacheMode: LookupHost["cacheMode"] },
): TaskJournal {
  const due = new Map<TaskId, StartedEntry>();
  return {
    emit(event, task) {
      const entry = event.type === "task-started" && task !== undefined ? due.get(task) : undefined;
      if (entry !== undefined) {
        writeStart(entry, journal);
        due.delete(entry.task);
      }
      emit(event, task);
    },
    async run(task, miss, act) {
      const once = onceKind(task);
      if (once !== undefined && !journal.isWritable()) return notStarted(task, journal.problems());
      const { key } = miss.prepared.fingerprint;
      due.set(task.id, { type: "started", task: task.id, key, ...(once === undefined ? {} : { once }) });
      const result = await act();
      const hasStarted = !due.delete(task.id);
      const end = endOf(result, { key, miss, cacheMode, hasStarted });
      journal.append(end, end.once === undefined ? undefined : "durable");
      return result;
    },
  };
}

/** The kind of a task that must not be done twice without being asked for. */
export function onceKind({ atom }: Task): OnceKind | undefined {
  return atom.kind === "edit" || atom.kind === "effect" ? atom.kind : undefined;
}

/** Throws where the start of a task that must not be done twice cannot be written down: it is then not done at all. */
function writeStart(entry: StartedEntry, journal: Journal): void {
  const isWritten = journal.append(entry, entry.once === undefined ? undefined : "durable");
  if (!isWritten && entry.once !== undefined)
    throw new Error(journal.problems()[0]?.message ?? "its start cannot be written down");
}

function notStarted(task: Task, problems: readonly Diagnostic[]): TaskResult {
  const reason = `not started: its start cannot be written down`;
  const diagnostic = errorOf("SYM4035", `${task.id} was not started: its start cannot be written down`, {
    hint: `a task of kind ${task.atom.kind} must not be done twice, so it needs the journal of its run: check the disk`,
    notes: problems.map(({ message }) => message),
  });
  return brokenResult(task, reason, [diagnostic]);
}

interface End {
  readonly key: string;
  readonly miss: Miss;
  readonly cacheMode: LookupHost["cacheMode"];
  /** Whether it came as far as that something may have been done. */
  readonly hasStarted: boolean;
}

function endOf(result: TaskResult, { key, miss, cacheMode, hasStarted }: End): EndedEntry {
  const { task, status, durationMs, savedMs, summary, advisory, produced, evidence } = result;
  const once = hasStarted ? onceKind(task) : undefined;
  const isOurs = once !== undefined || (cacheMode === "off" && isSound(result, miss));
  return {
    type: "ended",
    task: task.id,
    key,
    status,
    durationMs: Math.round(durationMs + savedMs),
    summary,
    advisory,
    produced,
    ...(once === undefined ? {} : { once }),
    ...(isOurs && status === "ok" && evidence !== undefined ? { evidence } : {}),
  };
}

/** Whether the key says all that the result depends on. The outputs of a build are in the cache or nowhere. */
function isSound({ task, diagnostics = [] }: TaskResult, { prepared }: Miss): boolean {
  return (
    task.atom.kind === "check" && isKept(task, prepared) && !diagnostics.some(({ code }) => code === CHANGED_MEANWHILE)
  );
}

/** An input was edited while the task ran. */
const CHANGED_MEANWHILE = "SYM4012";
