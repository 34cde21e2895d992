import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Asked } from "../../journal/journal-entry.ts";
import { isOwnerAlive, readJournal } from "../../journal/read-journal.ts";
import { SUMMARY_FILE, timeOfRun, type RunFolder } from "../../journal/run-folders.ts";
import { readEvents } from "../../report/read-events.ts";
import { RunView } from "../../report/run-view.ts";
import { summaryOf, type RunSummary } from "../../report/summary.ts";

/** How a run ended. `crashed`: its process went away before its end; `running`: it still goes on. */
export type RunState = "passed" | "failed" | "interrupted" | "crashed" | "running";

/** A run as its folder tells of it. */
export interface KeptRun {
  readonly id: string;
  readonly directory: string;
  readonly state: RunState;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Of a run that did not come to its end: what its events tell. */
  readonly summary: RunSummary;
  /** What it was asked for; `null` where that is not kept. */
  readonly asked: Asked | null;
  /** The run that has taken over what was left. */
  readonly resumedBy: string | null;
}

/** Reads a run's folder. */
export function keptRun({ id, directory }: RunFolder): KeptRun {
  const kept = readSummary(directory);
  const summary = kept ?? summaryOfEvents(id, directory);
  const journal = readJournal(directory);
  const isAlive = kept === undefined && journal !== undefined && isOwnerAlive(journal);
  return {
    id,
    directory,
    state: stateOf(summary, isAlive),
    startedAt: summary.startedAt ?? journal?.run.startedAt ?? new Date(timeOfRun(id)).toISOString(),
    summary,
    asked: journal?.run.asked ?? null,
    resumedBy: journal?.resumedBy ?? null,
  };
}

function stateOf({ exitCode, interrupted }: RunSummary, isAlive: boolean): RunState {
  if (exitCode === null) return isAlive ? "running" : "crashed";
  if (interrupted !== null) return "interrupted";
  return exitCode === 0 ? "passed" : "failed";
}

/** A summary is written in one go, by the process that the run was. */
function readSummary(directory: string): RunSummary | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, SUMMARY_FILE), "utf8")) as RunSummary;
  } catch {
    return undefined;
  }
}

function summaryOfEvents(id: string, directory: string): RunSummary {
  const view = new RunView();
  view.run = id;
  for (const envelope of readEvents(directory)) view.apply(envelope);
  return summaryOf(view);
}
