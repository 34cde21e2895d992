import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isOwnerAlive, readJournal } from "./read-journal.ts";
import { listRunsById, SUMMARY_FILE, timeOfRun, type RunFolder } from "./run-folders.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** So many stay, however old they are. */
const KEEP = 20;
/** So many stay at most, however young they are. */
const MOST = 500;
/** So many go in one call, so that no run is long about it. */
const AT_ONCE = 50;

/**
 * Removes the folders of old runs: all but the newest 20 and those of the last day, and of these all but the newest 500.
 * One that a living process writes stays. What cannot be removed stays.
 */
export function pruneRuns(root: string, now: number): void {
  for (const { directory } of oldRuns(listRunsById(root), now).filter(isFree).slice(0, AT_ONCE)) {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // It is tried again after the next run.
    }
  }
}

/** Of runs that are given newest first, those that are old, oldest first. */
export function oldRuns(runs: readonly RunFolder[], now: number): readonly RunFolder[] {
  return runs.filter(({ id }, index) => index >= MOST || (index >= KEEP && now - timeOfRun(id) > DAY_MS)).reverse();
}

function isFree({ directory }: RunFolder): boolean {
  if (existsSync(join(directory, SUMMARY_FILE))) return true;
  const journal = readJournal(directory);
  return journal === undefined || !isOwnerAlive(journal);
}
