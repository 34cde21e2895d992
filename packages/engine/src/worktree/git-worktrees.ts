import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { isSamePath } from "./same-path.ts";

/** A work tree that git knows of; the first one of a list is the main one. */
export interface GitWorktree {
  readonly path: string;
  /** The commit checked out; null for a bare repository. */
  readonly head: string | null;
  /** The branch checked out, `main`; null when HEAD is detached. */
  readonly branch: string | null;
  /** Why it is locked, which may be an empty text; null where it is not. */
  readonly locked: string | null;
}

const BRANCHES = "refs/heads/";

/** All work trees that git knows of, those whose folder is gone included. */
export function listGitWorktrees(repository: Pick<Repository, "git">): Result<readonly GitWorktree[], Diagnostic> {
  const answer = gitOutput(repository, ["worktree", "list", "--porcelain", "-z"]);
  if (answer.ok) return ok(parseWorktrees(answer.value.toString("utf8"), "\0"));
  // Before git 2.36 it ended lines in one way only.
  const plain = gitOutput(repository, ["worktree", "list", "--porcelain"]);
  return plain.ok ? ok(parseWorktrees(plain.value.toString("utf8"), "\n")) : plain;
}

/** The one at this path, if git knows of it. */
export function findGitWorktree(
  repository: Pick<Repository, "git">,
  path: string,
): Result<GitWorktree | undefined, Diagnostic> {
  const listed = listGitWorktrees(repository);
  // The main one is nobody's to find here.
  return listed.ok ? ok(listed.value.slice(1).find((each) => isSamePath(each.path, path))) : listed;
}

/** Reads what `git worktree list --porcelain` prints: a block for each, a line for each fact. */
export function parseWorktrees(text: string, end: "\0" | "\n"): readonly GitWorktree[] {
  return text
    .split(end + end)
    .filter((block) => block.startsWith("worktree "))
    .map((block) => {
      const facts = new Map(block.split(end).map((line) => cut(line)));
      const branch = facts.get("branch");
      return {
        path: facts.get("worktree") ?? "",
        head: facts.get("HEAD") ?? null,
        branch: branch?.startsWith(BRANCHES) === true ? branch.slice(BRANCHES.length) : null,
        locked: facts.get("locked") ?? null,
      };
    });
}

function cut(line: string): [key: string, value: string] {
  const blank = line.indexOf(" ");
  return blank < 0 ? [line, ""] : [line.slice(0, blank), line.slice(blank + 1)];
}
