import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { lastLine } from "../workspace/git/git.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { GitWorktree } from "./git-worktrees.ts";
import { isSamePath } from "./same-path.ts";

/** The commit of a branch; undefined where there is no such branch. A name that git does not take is an error. */
export function commitOfBranch(repository: Repository, branch: string): Result<string | undefined, Diagnostic> {
  const checked = repository.git(["check-ref-format", "--branch", branch]);
  if (!checked.ok) return checked;
  if (checked.value.exitCode !== 0 || checked.value.stdout.toString("utf8").trimEnd() !== branch)
    return fail(unmade(branch, "git takes no such name"));
  const answer = repository.git(["rev-parse", "--verify", "--quiet", "--end-of-options", `refs/heads/${branch}`]);
  if (!answer.ok) return answer;
  return ok(answer.value.exitCode === 0 ? answer.value.stdout.toString("utf8").trimEnd() : undefined);
}

/** Makes a branch that is not there; where it was made meanwhile it is left as it is. */
export function makeBranch(repository: Repository, branch: string, base: string): Result<void, Diagnostic> {
  const none = "0".repeat(base.length);
  const args = ["update-ref", "--create-reflog", "-m", "symbiotic: made for an issue"];
  const made = repository.git([...args, `refs/heads/${branch}`, base, none]);
  if (!made.ok) return made;
  return made.value.exitCode === 0 ? ok(undefined) : fail(unmade(branch, lastLine(made.value.stderr)));
}

/** That a branch is checked out at another place than `path`. */
export function checkedOutElsewhere(all: readonly GitWorktree[], branch: string, path: string): Diagnostic | undefined {
  const other = all.find((each) => each.branch === branch && !isSamePath(each.path, path));
  if (other === undefined) return undefined;
  return errorOf("SYM7608", `the branch ${branch} is checked out in ${other.path}`, {
    hint: "check out another branch there; if that folder is gone: `git worktree prune`",
  });
}

function unmade(branch: string, why: string): Diagnostic {
  return errorOf("SYM7609", `the branch ${branch} cannot be made: ${why}`, {
    hint: "name another branch for this issue",
  });
}
