import { readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../core/json.ts";
import { readJournal } from "./read-journal.ts";

/** A run's folder. */
export interface RunFolder {
  readonly id: string;
  /** Absolute. */
  readonly directory: string;
}

/** What a run's folder holds when the run is over. */
export const SUMMARY_FILE = "summary.json";

const ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;
const SECOND = "20261121-023107".length;

/** Whether a text has the form of a run's id. */
export function isRunId(text: string): boolean {
  return ID.test(text);
}

/** When a run began, by its id: milliseconds since 1970, to the second. */
export function timeOfRun(id: string): number {
  const [, year = "", month = "", day = "", hour = "", minute = "", second = ""] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** Where the runs of a repository lie. */
export function runsFolder(root: string): string {
  return join(root, ".symbiotic", "runs");
}

/** The runs whose folders are there, newest first. */
export function listRuns(root: string): readonly RunFolder[] {
  return inOrderOfStart(listRunsById(root));
}

/** The same to the second: no run is looked into. */
export function listRunsById(root: string): readonly RunFolder[] {
  const folder = runsFolder(root);
  const ids = namesIn(folder).filter(isRunId).sort(byCodeUnit).reverse();
  return ids.map((id) => ({ id, directory: join(folder, id) }));
}

/** Ids of one second are in no order: there the journals tell. */
function inOrderOfStart(runs: readonly RunFolder[]): readonly RunFolder[] {
  const starts = new Map<string, string>();
  const second = (index: number): string | undefined => runs[index]?.id.slice(0, SECOND);
  for (const [index, { id, directory }] of runs.entries())
    if (second(index) === second(index - 1) || second(index) === second(index + 1)) starts.set(id, startOf(directory));
  if (starts.size === 0) return runs;
  return runs.toSorted(
    (a, b) =>
      byCodeUnit(b.id.slice(0, SECOND), a.id.slice(0, SECOND)) ||
      byCodeUnit(starts.get(b.id) ?? "", starts.get(a.id) ?? "") ||
      byCodeUnit(b.id, a.id),
  );
}

function startOf(directory: string): string {
  return readJournal(directory)?.run.startedAt ?? "";
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
