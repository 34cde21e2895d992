import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { findGitWorktree } from "./git-worktrees.ts";
import { unheldOf } from "./unheld-commits.ts";

/** Why git locks a worktree that it is making. */
export const INITIALIZING = "initializing";

/**
 * Has git forget a worktree whose folder is gone. Not where its HEAD is all that holds a commit, and not one that is locked: its
 * folder may lie on a disk that is not there now.
 */
export function clearStale(repository: Repository, path: string): Result<void, Diagnostic> {
  const found = findGitWorktree(repository, path);
  if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
  const { locked, head, branch } = found.value;
  if (locked !== null && locked !== INITIALIZING) return fail(lockedAway(path, locked));
  if (branch === null && head !== null && !/^0+$/.test(head)) {
    const unheld = unheldOf((args, options) => gitOutput(repository, args, options), [head]);
    if (!unheld.ok) return unheld;
    if (unheld.value.length > 0) return fail(onlyHere(path, head));
  }
  const commands = [...(locked === null ? [] : [["unlock", path]]), ["remove", path]];
  for (const args of commands) {
    const done = gitOutput(repository, ["worktree", ...args]);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

function lockedAway(path: string, why: string): Diagnostic {
  return errorOf("SYM7618", `the worktree ${path} is gone and locked${why === "" ? "" : `: ${why}`}`, {
    hint: `if it will not come back: git worktree unlock '${path}'`,
  });
}

function onlyHere(path: string, head: string): Diagnostic {
  return errorOf("SYM7617", `the worktree ${path} is gone, and no branch holds the commit ${head} that it had`, {
    hint: `keep it with \`git branch <name> ${head}\`, or give it up with \`git worktree prune\``,
  });
}
