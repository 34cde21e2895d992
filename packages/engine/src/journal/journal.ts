import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { encodeLine } from "./journal-line.ts";

/** The name of the journal in a run's folder. */
export const JOURNAL_FILE = "journal.jsonl";

/**
 * The write-ahead log of a run. A line that `append` has written survives the end of this process, however it comes; one
 * that is `durable` survives the end of the machine, too. After a write that failed nothing more is written.
 */
export interface Journal {
  /** Writes an entry, and tells whether it is written. */
  append(entry: JournalEntry, durability?: "durable"): boolean;
  /** Whether every write has succeeded so far. */
  isWritable(): boolean;
  /** Why it cannot be written, if it cannot. */
  problems(): readonly Diagnostic[];
  close(): void;
}

/** What a journal begins with. */
export interface JournalStart {
  /** The run's folder, absolute. */
  readonly directory: string;
  /** Written at once, in one write. */
  readonly first: readonly JournalEntry[];
  /** Written with the first entry after them: a run that has nothing to do writes once. */
  readonly later: () => readonly JournalEntry[];
}

/** Begins the journal of a run. */
export function openJournal({ directory, first, later }: JournalStart): Journal {
  const file = new JournalFile(join(directory, JOURNAL_FILE));
  file.write(first, false);
  let isBegun = false;
  return {
    append(entry, durability) {
      const entries = isBegun ? [entry] : [...later(), entry];
      isBegun = true;
      return file.write(entries, durability === "durable");
    },
    isWritable: () => file.problem === undefined,
    problems: () => (file.problem === undefined ? [] : [file.problem]),
    close: () => {
      file.close();
    },
  };
}

class JournalFile {
  problem: Diagnostic | undefined;
  readonly #path: string;
  #handle: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  write(entries: readonly JournalEntry[], isDurable: boolean): boolean {
    if (this.problem !== undefined) return false;
    try {
      this.#handle ??= openSync(this.#path, "a");
      const bytes = Buffer.from(entries.map(encodeLine).join(""));
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#handle, bytes, at);
      if (isDurable) fsyncSync(this.#handle);
      return true;
    } catch (thrown) {
      this.problem = cannotWrite(thrown);
      return false;
    }
  }

  close(): void {
    if (this.#handle === undefined) return;
    closeSync(this.#handle);
    this.#handle = undefined;
  }
}

function cannotWrite(thrown: unknown): Diagnostic {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return warningOf("SYM4034", `the journal of this run cannot be written: ${why}`, {
    hint: "the results stand; `--resume` cannot go on with this run, and tasks of kind edit and effect are not started",
  });
}
