import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Locks } from "../cache/lock.ts";
import { sha256 } from "../fingerprint/digest.ts";
import { JOURNAL_FILE } from "./journal.ts";
import { encodeLine } from "./journal-line.ts";
import { readJournal } from "./read-journal.ts";
import { whyNot, type Resumable } from "./resumable.ts";

/**
 * Lets one run alone go on with an earlier one: `begin` writes the new journal with all that the old one tells, then the
 * old one is marked. Looks again whether it may, since another process may have been faster.
 */
export function takeOver<T>(
  { id, directory }: Pick<Resumable, "id" | "directory">,
  { locks, by, begin }: { readonly locks: Locks; readonly by: string; readonly begin: () => T },
): Result<T, Diagnostic> {
  const lock = locks.acquire(sha256(`resume\0${directory}`), id);
  if (!lock.acquired) return fail(takenBy(id, lock.heldBy.pid));
  try {
    const journal = readJournal(directory);
    const problem = journal === undefined ? undefined : whyNot(journal, directory);
    if (problem !== undefined) return fail(problem);
    const begun = begin();
    mark(directory, by);
    return ok(begun);
  } finally {
    lock.release();
  }
}

/** A torn last line has no line end: the mark begins with one, to be a line of its own. */
function mark(directory: string, by: string): void {
  try {
    appendFileSync(join(directory, JOURNAL_FILE), `\n${encodeLine({ type: "resumed", by })}`);
  } catch {
    // The new journal tells all that the old one does; only a second `--resume` of the old one is not refused.
  }
}

function takenBy(id: string, pid: number): Diagnostic {
  return errorOf("SYM4030", `${id} is being resumed by process ${String(pid)}`, {
    hint: "wait for its end, or end it; then resume that run",
  });
}
