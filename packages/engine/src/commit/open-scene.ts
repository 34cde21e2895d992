import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, type Result } from "../core/result.ts";
import { openRepository, type Repository } from "../workspace/git/repository.ts";
import type { CommitRequest } from "./commit-request.ts";
import { finishCommits } from "./hold-index.ts";

/** What git leaves while it is in the middle of something, and what that is. */
const UNFINISHED: readonly (readonly [string, string])[] = [
  ["MERGE_HEAD", "a merge"],
  ["CHERRY_PICK_HEAD", "a cherry-pick"],
  ["REVERT_HEAD", "a revert"],
  ["rebase-merge", "a rebase"],
  ["rebase-apply", "a rebase"],
];

/** The work tree to commit in, if its branch is the one that is meant and nothing there is unfinished. What a commit that was killed left is finished. */
export function openScene({
  root,
  branch,
  environment,
}: Pick<CommitRequest, "root" | "branch" | "environment">): Result<Repository, Diagnostic> {
  const opened = openRepository(root, environment);
  if (!opened.ok) return opened;
  const repository = opened.value;
  if (realpathSync.native(root) !== repository.root)
    return fail(
      errorOf("SYM7301", `${root} is not the root of a work tree: that is ${repository.root}`, {
        hint: "commit in the root: paths are relative to it",
      }),
    );
  finishCommits(repository);
  const unfinished = UNFINISHED.find(([name]) => existsSync(join(repository.gitDir, name)));
  if (unfinished !== undefined)
    return fail(
      errorOf("SYM7302", `there is ${unfinished[1]} in ${root} that is not finished`, {
        hint: "finish it or give it up; `git status` says how",
      }),
    );
  return repository.branch === branch ? opened : fail(otherBranch(repository, branch));
}

function otherBranch({ root, branch }: Repository, wanted: string): Diagnostic {
  const what = branch === null ? "no branch" : `the branch ${branch}`;
  return errorOf("SYM7301", `${root} has ${what} checked out, and the commit is for ${wanted}`, {
    hint: `\`git switch ${wanted}\` there, or commit to what is checked out`,
  });
}
