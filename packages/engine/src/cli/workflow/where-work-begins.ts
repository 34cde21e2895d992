import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { OpenTree } from "../../plugin/workflow.ts";
import type { Environment } from "../../workspace/git/git.ts";
import { gitOfTree } from "../../worktree/git-of-tree.ts";
import type { Worktree } from "../../worktree/worktree.ts";

/**
 * The commit at which the own work of a branch begins: what it shows where nobody has worked on it, else where it left what it stands on. So
 * what an earlier run made is looked at again, and not only what this run adds to it.
 */
export function whereWorkBegins(
  worktree: Worktree,
  { on, main }: Pick<OpenTree, "on"> & { readonly main: string },
  environment: Environment,
): Result<string, Diagnostic> {
  const { head } = worktree;
  const git = gitOfTree(environment, worktree);
  if (!git.ok) return git;
  const below = [...on.map((branch) => `refs/heads/${branch}`), main];
  const own = git.value(["rev-list", "--no-merges", "--max-count=1", head, ...below.map((each) => `^${each}`)]);
  if (!own.ok) return own;
  if (own.value.toString("utf8").trim() === "") return ok(head);
  const met = git.value(["merge-base", head, below[0] ?? main]);
  return ok(met.ok ? met.value.toString("utf8").trim() : head);
}
