import { rmSync } from "node:fs";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import { ownIdentity } from "../cache/process-identity.ts";
import type { Locks } from "../cache/lock.ts";
import { openJournal, type Journal } from "./journal.ts";
import type { Asked, JournalEntry, RunEntry } from "./journal-entry.ts";
import type { Resumable } from "./resumable.ts";
import type { RunRecord } from "./run-record.ts";
import { takeOver } from "./take-over.ts";

/** What the journal of a new run begins with. */
export interface Beginning {
  readonly record: RunRecord;
  readonly engine: string;
  readonly startedAt: Date;
  readonly asked: Asked | null;
  readonly tasks: () => readonly TaskId[];
  /** The run to go on with. */
  readonly resumable?: Resumable | undefined;
  readonly locks: Locks;
}

/**
 * Begins the journal of a new run. One that goes on with an earlier run takes over all that its journal tells, so that it
 * can be resumed itself. Where that run may not be gone on with, the folder of the new one is removed.
 */
export function beginJournal(beginning: Beginning): Result<Journal, Diagnostic> {
  const { record, resumable, locks, tasks } = beginning;
  const carried = resumable === undefined ? [] : [...resumable.journal.tasks.values()];
  const begin = (): Journal =>
    openJournal({
      directory: record.directory,
      first: [runEntry(beginning), ...carried],
      later: (): readonly JournalEntry[] => [{ type: "plan", tasks: tasks() }],
    });
  if (resumable === undefined) return ok(begin());
  const taken = takeOver(resumable, { locks, by: record.id, begin });
  if (!taken.ok) rmSync(record.directory, { recursive: true, force: true });
  return taken;
}

function runEntry({ record, engine, startedAt, asked, resumable }: Beginning): RunEntry {
  return {
    type: "run",
    v: 1,
    run: record.id,
    startedAt: startedAt.toISOString(),
    engine,
    process: ownIdentity(),
    asked,
    ...(resumable === undefined ? {} : { resumes: resumable.id }),
  };
}
