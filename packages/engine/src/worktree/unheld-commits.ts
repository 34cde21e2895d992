import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { GitOfTree } from "./git-of-tree.ts";

const MOST = 5;

/**
 * Commits that would be lost with a worktree, the first few: no branch and no remote holds them, and the log of `branch` does not name them
 * either. Of what HEAD was, only what somebody committed there counts: a rebase makes commits on its way that are no one's.
 */
export function unheldCommits(
  git: GitOfTree,
  { head, branch }: { readonly head: string; readonly branch: string },
): Result<readonly string[], Diagnostic> {
  const was = git(["log", "--walk-reflogs", "--format=%H %gs", "HEAD"]);
  if (!was.ok) return was;
  const made = linesOf(was.value).filter((line) => !/^\S+ rebase\b/.test(line));
  // A branch that is gone has no log.
  const logged = git(["log", "--walk-reflogs", "--format=%H", `refs/heads/${branch}`, "--"]);
  const ids = made.map((line) => line.split(" ")[0] ?? "");
  const held = logged.ok ? linesOf(logged.value).map((id) => `^${id}`) : [];
  return unheldOf(git, [head, ...ids, ...held]);
}

/** Of these commits, and those before them, the first few that no branch and no remote holds. `^id` stands for one that is held. */
export function unheldOf(git: GitOfTree, commits: readonly string[]): Result<readonly string[], Diagnostic> {
  const list = ["rev-list", "--ignore-missing", `--max-count=${String(MOST)}`, "--stdin"];
  const listed = git([...list, "--not", "--branches", "--remotes"], { input: Buffer.from(`${commits.join("\n")}\n`) });
  return listed.ok ? ok(linesOf(listed.value)) : listed;
}

function linesOf(answer: Buffer): string[] {
  return answer.toString("utf8").split("\n").filter(Boolean);
}
