import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Asked } from "./journal-entry.ts";
import { isOwnerAlive, readJournal, type JournalState } from "./read-journal.ts";
import { listRuns, SUMMARY_FILE, type RunFolder } from "./run-folders.ts";

/** A run that can be gone on with. */
export interface Resumable extends RunFolder {
  readonly journal: JournalState;
  readonly asked: Asked;
}

/** The run of this id, or the newest one for `latest`. */
export function findRun(root: string, wanted: string): Result<RunFolder, Diagnostic> {
  return foundIn(listRuns(root), wanted);
}

function foundIn(runs: readonly RunFolder[], wanted: string): Result<RunFolder, Diagnostic> {
  const found = wanted === "latest" ? runs[0] : runs.find(({ id }) => id === wanted);
  if (found !== undefined) return ok(found);
  const message = runs.length === 0 ? "no run is kept here" : `there is no run \`${wanted}\``;
  const hint =
    runs.length === 0 ? "`symbiotic run gates` makes one" : "`symbiotic runs list` shows those that are kept";
  return fail(errorOf("SYM2021", message, { hint }));
}

/** The run of a command to go on with, by its id or `latest`; an error where it still goes on, was taken over, or cannot be known. */
export function findResumable(root: string, wanted: string, command = "run"): Result<Resumable, Diagnostic> {
  const runs = listRuns(root).filter((each) => wanted === each.id || commandOf(each) === command);
  const run = foundIn(runs, wanted);
  if (!run.ok) return run;
  const { id, directory } = run.value;
  const journal = readJournal(directory);
  if (journal !== undefined && (journal.run.asked?.command ?? "run") !== command)
    return fail(noJournal(id, `it is one of \`symbiotic ${journal.run.asked?.command ?? "run"}\``));
  if (journal === undefined) {
    const isOver = existsSync(join(directory, SUMMARY_FILE));
    return fail(noJournal(id, isOver ? "nothing had to be run in it" : "it has no journal that can be read"));
  }
  const problem = whyNot(journal, directory);
  if (problem !== undefined) return fail(problem);
  const { asked } = journal.run;
  if (asked === null) return fail(noJournal(id, "its command line held a secret, which is not kept"));
  return ok({ id, directory, journal, asked });
}

/** Why nobody may go on with a run now. */
export function whyNot(journal: JournalState, directory: string): Diagnostic | undefined {
  const { run, process } = journal.run;
  if (journal.resumedBy !== undefined)
    return errorOf("SYM4032", `${run} was resumed already, as ${journal.resumedBy}`, {
      hint: `\`symbiotic run --resume ${journal.resumedBy}\` goes on where that one ended`,
    });
  if (!existsSync(join(directory, SUMMARY_FILE)) && isOwnerAlive(journal))
    return errorOf("SYM4030", `${run} still goes on, in process ${String(process.pid)}`, {
      hint: "wait for its end, or end it; then resume it",
    });
  return undefined;
}

/** A run without a journal had nothing to do: it is one of `run`. */
function commandOf({ directory }: RunFolder): string {
  return readJournal(directory)?.run.asked?.command ?? "run";
}

function noJournal(id: string, why: string): Diagnostic {
  return errorOf("SYM4031", `${id} cannot be resumed: ${why}`, {
    hint: "run its targets again: what is in the cache is served",
  });
}
