import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { checkedOutElsewhere, commitOfBranch, makeBranch } from "./branches.ts";
import { clearStale, INITIALIZING } from "./clear-stale.ts";
import { gitOfTree, type GitOfTree } from "./git-of-tree.ts";
import { findGitWorktree, listGitWorktrees } from "./git-worktrees.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { writeRecord } from "./record-files.ts";
import { inTheWay, placeOf } from "./place-of.ts";
import { markOwn, registrationOf } from "./registration.ts";
import { tryFiles } from "./try-files.ts";
import type { WorktreeRecord } from "./worktree-record.ts";

/**
 * Makes what a record in the state `making` says, from wherever an earlier try was ended: the branch, the folder, the files. Nobody
 * has been given the folder yet, so that what lies half written in it is nobody's work.
 */
export function makeWorktree(worktrees: Worktrees, record: WorktreeRecord): Result<WorktreeRecord, Diagnostic> {
  const { repository, environment, records } = worktrees;
  const registered = register(worktrees, record);
  if (!registered.ok) return registered;
  const gitDir = registrationOf(record.path, repository.commonDir);
  if (!gitDir.ok) return gitDir;
  const marked = markOwn(gitDir.value);
  if (!marked.ok) return marked;
  const git = gitOfTree(environment, { path: record.path, gitDir: gitDir.value });
  if (!git.ok) return git;
  const filled = fill(git.value, gitDir.value);
  return filled.ok ? writeRecord(records, { ...record, gitDir: gitDir.value, state: "ready" }) : filled;
}

function register({ repository }: Worktrees, { path, branch, base }: WorktreeRecord): Result<void, Diagnostic> {
  const commit = commitOfBranch(repository, branch);
  if (!commit.ok) return commit;
  const hasBranch = commit.value === undefined ? makeBranch(repository, branch, base) : ok(undefined);
  if (!hasBranch.ok) return hasBranch;
  const isDone = clearHalfMade(repository, path);
  if (!isDone.ok) return isDone;
  if (isDone.value) return ok(undefined);
  const cleared = clearStale(repository, path);
  if (!cleared.ok) return cleared;
  const listed = listGitWorktrees(repository);
  if (!listed.ok) return listed;
  const elsewhere = checkedOutElsewhere(listed.value, branch, path);
  if (elsewhere !== undefined) return fail(elsewhere);
  const added = gitOutput(repository, ["worktree", "add", "--quiet", "--no-checkout", path, branch]);
  return added.ok ? ok(undefined) : added;
}

/** Whether git knows the folder already; one that it had only begun is taken away, as long as nothing is in it. */
function clearHalfMade(repository: Repository, path: string): Result<boolean, Diagnostic> {
  const place = placeOf(path);
  if (!place.ok) return place;
  if (place.value === "nothing") return ok(false);
  if (place.value !== "folder") return fail(inTheWay(path, "it is no folder"));
  if (registrationOf(path, repository.commonDir).ok) return unlockMade(repository, path);
  return tryFiles(
    () => {
      if (readdirSync(path).every((name) => name === ".git")) rmSync(join(path, ".git"), { force: true });
      // Fails where anything is in it.
      rmdirSync(path);
      return false;
    },
    (why) => inTheWay(path, why),
  );
}

/** Git locks what it makes until it is done. */
function unlockMade(repository: Repository, path: string): Result<boolean, Diagnostic> {
  const found = findGitWorktree(repository, path);
  if (!found.ok) return found;
  if (found.value?.locked !== INITIALIZING) return ok(true);
  const unlocked = gitOutput(repository, ["worktree", "unlock", path]);
  return unlocked.ok ? ok(true) : unlocked;
}

const WAIT_MS = 5000;
const STEP_MS = 50;

/**
 * Checks the files out, unless that is done: git writes the index when all of them are there. A git that was started by a process that was
 * killed may still be at it, so its end is waited for; what it left when it was killed too is removed.
 */
function fill(git: GitOfTree, gitDir: string): Result<void, Diagnostic> {
  const [index, lock] = [join(gitDir, "index"), join(gitDir, "index.lock")];
  for (let waited = 0; waited < WAIT_MS && !existsSync(index) && existsSync(lock); waited += STEP_MS)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
  if (existsSync(index)) return ok(undefined);
  const isFree = tryFiles(
    () => {
      rmSync(lock, { force: true });
    },
    (why) => inTheWay(lock, why),
  );
  if (!isFree.ok) return isFree;
  const filled = git(["reset", "--hard", "--quiet", "--no-recurse-submodules"]);
  return filled.ok ? ok(undefined) : filled;
}
