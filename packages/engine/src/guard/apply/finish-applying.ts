import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, warningOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { finish, leadsAway, notApplied } from "./apply-changes.ts";
import { APPLYING } from "./applying-folder.ts";
import { isSame, readJournals, removeJournal, stateAt, type ApplyJournal } from "./apply-journal.ts";
import { lockApplying } from "./lock-applying.ts";

/**
 * Brings to its end what a process that was killed left half applied in this tree: a change of which nothing was written is dropped, one
 * of which something was is completed. Tells what it did. An error where the user edited one of its files since: then nothing is
 * touched, and all contents are kept.
 */
export async function finishApplying(
  root: string,
  signal: AbortSignal,
): Promise<Result<readonly Diagnostic[], readonly Diagnostic[]>> {
  if (!existsSync(join(root, APPLYING))) return ok([]);
  const lock = await lockApplying(root, signal);
  try {
    return finishAll(root);
  } finally {
    lock.release();
  }
}

function finishAll(root: string): Result<readonly Diagnostic[], readonly Diagnostic[]> {
  const told: Diagnostic[] = [];
  const refused: Diagnostic[] = [];
  for (const [id, journal] of readJournals(root)) {
    // Without a journal the change had not begun: its contents were being kept when the process was killed.
    if (journal === undefined) {
      removeJournal(root, id);
      continue;
    }
    const ended = settle(root, journal);
    (ended.severity === "error" ? refused : told).push(ended);
  }
  return refused.length > 0 ? fail(refused) : ok(told);
}

function settle(root: string, { id, files }: ApplyJournal): Diagnostic {
  const states = files.map(({ path, before, after }) => {
    const now = stateAt(root, path);
    return { path, isBefore: isSame(now, before), isAfter: isSame(now, after), isAway: leadsAway(root, path) };
  });
  const foreign = states.find(({ isBefore, isAfter, isAway }) => isAway || (!isBefore && !isAfter));
  if (foreign !== undefined)
    return errorOf(
      "SYM5062",
      `a change was being applied when its process was killed, and ${foreign.path} was edited since`,
      {
        location: { file: foreign.path },
        hint: `nothing was touched: all contents lie in ${APPLYING}/${id}; take what you want and remove that folder`,
      },
    );
  if (states.every(({ isBefore }) => isBefore)) {
    removeJournal(root, id);
    return warningOf("SYM5063", `a change was about to be applied when its process was killed: nothing of it was`, {
      hint: "give the command again",
    });
  }
  try {
    finish(root, id, files);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return notApplied(thrown.message, id);
  }
  return warningOf("SYM5064", `a change was being applied when its process was killed: the rest of it is applied now`, {
    hint: `its files: ${files.map(({ path }) => path).join(", ")}`,
  });
}
