import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ownIdentity } from "../../src/cache/process-identity.ts";
import type { EndedEntry, JournalEntry, RunEntry, StartedEntry } from "../../src/journal/journal-entry.ts";
import { encodeLine } from "../../src/journal/journal-line.ts";

export const KEY: string = "0123456789abcdef".repeat(4);
const NOTHING = { evidence: KEY, outputs: KEY };

/** A process that is no more: no system gives this number. */
export const DEAD: RunEntry["process"] = { pid: 2 ** 30, startTime: 1 };
export const ALIVE: RunEntry["process"] = ownIdentity();

/** The first line of a journal. */
export function runEntry(run: string, more: Partial<RunEntry> = {}): RunEntry {
  const asked = { positionals: ["gates"], flags: [], values: {}, lists: {}, rest: [] };
  return {
    type: "run",
    v: 1,
    run,
    startedAt: "2026-11-21T02:31:07.512Z",
    engine: "0.1.0",
    process: DEAD,
    asked,
    ...more,
  };
}

export function started(task: string, more: Partial<StartedEntry> = {}): StartedEntry {
  return { type: "started", task, key: KEY, ...more };
}

export function ended(task: string, more: Partial<EndedEntry> = {}): EndedEntry {
  return {
    ...{ type: "ended", task, key: KEY, status: "ok", durationMs: 100, summary: "ok", advisory: false },
    ...{ produced: NOTHING },
    ...more,
  };
}

/** The text of a journal with these entries. */
export function journalText(...entries: readonly JournalEntry[]): string {
  return entries.map(encodeLine).join("");
}

/** A folder that goes away with its test. */
export function temporaryRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-journal-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

/** Makes a run's folder with these files; gives its path. */
export function makeRun(root: string, id: string, files: Readonly<Record<string, string>> = {}): string {
  const directory = join(root, ".symbiotic/runs", id);
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}
