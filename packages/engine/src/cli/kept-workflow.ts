import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { EndedEntry, StartedEntry } from "../journal/journal-entry.ts";
import { isOwnerAlive, readJournal, type JournalState } from "../journal/read-journal.ts";
import { listRuns, SUMMARY_FILE, type RunFolder } from "../journal/run-folders.ts";
import type { KeptStep, KeptWorkflow } from "../plugin/command.ts";
import { endedBefore, endOf } from "../workflow/step-journal.ts";

/** What is kept of a run of a command, by its id or `latest`. */
export function keptWorkflow(root: string, wanted: string, command: string): Result<KeptWorkflow, Diagnostic> {
  const runs = listRuns(root);
  if (wanted !== "latest")
    return keptOf(
      runs.find(({ id }) => id === wanted),
      wanted,
      command,
    );
  const isOfCommand = ({ directory }: RunFolder): boolean => readJournal(directory)?.run.asked?.command === command;
  const latest = runs.find(isOfCommand);
  if (latest !== undefined) return keptOf(latest, wanted, command);
  const hint = `\`symbiotic ${command} run\` makes one`;
  return fail(errorOf("SYM9241", `no run of \`symbiotic ${command}\` is kept here`, { hint }));
}

function keptOf(run: RunFolder | undefined, wanted: string, command: string): Result<KeptWorkflow, Diagnostic> {
  const hint = "`symbiotic runs list` shows those that are kept";
  if (run === undefined) return fail(errorOf("SYM2021", `there is no run \`${wanted}\``, { hint }));
  const journal = readJournal(run.directory);
  if (journal === undefined)
    return fail(errorOf("SYM9240", `the journal of ${run.id} is not there or cannot be read`, { hint }));
  const own = journal.run.asked?.command ?? "run";
  // One whose command line held a secret does not say of what it is.
  if (journal.run.asked !== null && own !== command)
    return fail(errorOf("SYM9242", `${run.id} is a run of \`symbiotic ${own}\``, { hint }));
  return ok(keptState(journal, run));
}

/** What a journal tells of a workflow. */
export function keptState(journal: JournalState, { id, directory }: RunFolder): KeptWorkflow {
  const isOver = existsSync(join(directory, SUMMARY_FILE));
  return {
    ...{ run: id, startedAt: journal.run.startedAt, resumedBy: journal.resumedBy, isWhole: journal.isWhole },
    ...{ plan: journal.plan, state: isOver ? "over" : isOwnerAlive(journal) ? "running" : "stopped" },
    steps: new Map([...journal.tasks].map(([task, entry]) => [task, stepOf(entry)])),
    endOf: endedBefore(journal),
  };
}

function stepOf(entry: StartedEntry | EndedEntry): KeptStep {
  return entry.type === "ended"
    ? { end: endOf(entry), durationMs: entry.durationMs }
    : { end: undefined, durationMs: 0 };
}
