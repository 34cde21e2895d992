import { warningOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { EXIT } from "../../core/status.ts";
import { count } from "../../report/numbers.ts";
import { oneLine } from "../../report/sanitise.ts";
import type { Rest } from "../../watch/watch-loop.ts";

/** What `watch` says when it has nothing to do. */
export function restingLine({ exitCode, isOwed, files }: Rest): string {
  return `watching ${count(files, "file")} · ${endOf(exitCode, isOwed)} · Enter runs everything, q ends`;
}

function endOf(exitCode: number | null, isOwed: boolean): string {
  if (exitCode === EXIT.passed) return isOwed ? "passed, but not everything has since it failed" : "passed";
  return exitCode === EXIT.failed ? "not passed" : "could not run: everything runs at the next change";
}

/** What `watch` says before a run but the first; `changed` is undefined where everything runs. */
export function startingLine(changed: readonly RepoPath[] | undefined): string {
  if (changed === undefined) return "everything runs";
  const [first = "", ...others] = changed;
  const more = others.length === 0 ? "" : ` and ${count(others.length, "other file")}`;
  return `${oneLine(first.toWellFormed())}${more} changed`;
}

/** That files change while tasks run, so that there is no end of runs. */
export function changesItself([first = ""]: readonly RepoPath[], delayMs: number): Diagnostic {
  const seconds = String(Math.round(delayMs / 1000));
  return warningOf(
    "SYM4051",
    `files change during each run, ${oneLine(first.toWellFormed())} in the last: the next run waits ${seconds} s`,
    { hint: "where a task writes them: let git ignore them, or name them in the atom's `outputs` or `scratch`" },
  );
}
