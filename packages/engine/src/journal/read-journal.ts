import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TaskId } from "../core/task-id.ts";
import { isAlive } from "../cache/process-identity.ts";
import { JOURNAL_FILE } from "./journal.ts";
import type { EndedEntry, JournalEntry, RunEntry, StartedEntry } from "./journal-entry.ts";
import { decodeLine } from "./journal-line.ts";

/** What a journal tells. */
export interface JournalState {
  readonly run: RunEntry;
  /** The plan; empty where no task was started. */
  readonly plan: readonly TaskId[];
  /** The last word on each task: that it ended, or that it was started and no more. */
  readonly tasks: ReadonlyMap<TaskId, StartedEntry | EndedEntry>;
  /** The run that has taken over what was left. */
  readonly resumedBy: string | undefined;
  /** Whether every line but a torn last one can be read. */
  readonly isWhole: boolean;
}

/** Reads the journal in a run's folder; `undefined` where there is none, or none that this engine understands. */
export function readJournal(directory: string): JournalState | undefined {
  let text: string;
  try {
    text = readFileSync(join(directory, JOURNAL_FILE), "utf8");
  } catch {
    return undefined;
  }
  return foldJournal(text);
}

/** What the text of a journal tells. Lines that cannot be read are passed over. */
export function foldJournal(text: string): JournalState | undefined {
  // What follows the last line end is a line that a kill has torn: nothing was begun on its word.
  const lines = text.split("\n").slice(0, -1);
  const filled = lines.filter((line) => line !== "");
  const entries = filled.map(decodeLine).filter((entry) => entry !== undefined);
  const [run] = entries;
  if (run?.type !== "run" || !isKnown(run)) return undefined;
  const tasks = new Map<TaskId, StartedEntry | EndedEntry>();
  let plan: readonly TaskId[] = [];
  let resumedBy: string | undefined;
  for (const entry of entries) {
    if (entry.type === "started" || entry.type === "ended") tasks.set(entry.task, entry);
    else if (entry.type === "plan") plan = entry.tasks;
    else if (entry.type === "resumed") resumedBy = entry.by;
  }
  return { run, plan, tasks, resumedBy, isWhole: entries.length === filled.length };
}

/** Whether the process of a run still lives. */
export function isOwnerAlive({ run }: JournalState): boolean {
  return isAlive(run.process);
}

function isKnown(entry: Extract<JournalEntry, { type: "run" }>): boolean {
  const version: number = entry.v;
  return version === 1;
}
