import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { records } from "../workspace/git/records.ts";
import type { GitOfTree } from "./git-of-tree.ts";

/** What git says of the files of a worktree. */
export interface TreeStatus {
  /** The commit checked out; null before the first one, and where its branch is gone. */
  readonly head: string | null;
  /** The branch checked out; null when HEAD is detached. */
  readonly branch: string | null;
  /** Tracked files that are not as they were committed, staged or not. */
  readonly changed: readonly RepoPath[];
  /** Those of them that are in conflict. */
  readonly conflicts: readonly RepoPath[];
  readonly untracked: readonly RepoPath[];
  /** What is ignored: folders as a whole where they are. */
  readonly ignored: readonly RepoPath[];
}

const STATUS = ["status", "--porcelain=v2", "-z", "--branch", "--no-renames", "--no-ahead-behind"];
/** A submodule is not asked what was changed in it: its git would be started, with whatever its own configuration says. */
const ALL = ["--untracked-files=all", "--ignored=matching", "--ignore-submodules=dirty"];

/** Asks git; nothing that settings of the repository or of the user hide is left out. */
export function readStatus(git: GitOfTree): Result<TreeStatus, Diagnostic> {
  const answer = git([...STATUS, ...ALL]);
  return answer.ok ? ok(parseStatus(records(answer.value))) : answer;
}

/** Reads the lines of `git status --porcelain=v2 --branch --no-renames`. */
export function parseStatus(lines: readonly string[]): TreeStatus {
  const of = (kind: string, fields: number): string[] =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.split(" ").slice(fields).join(" "));
  const header = (name: string): string =>
    lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3) ?? "";
  const [oid, branch] = [header("branch.oid"), header("branch.head")];
  const conflicts = of("u", 10);
  return {
    head: /^[0-9a-f]{40,}$/.test(oid) ? oid : null,
    branch: branch === "(detached)" || branch === "" ? null : branch,
    changed: [...of("1", 8), ...conflicts],
    conflicts,
    untracked: of("?", 1),
    ignored: of("!", 1).map((path) => path.replace(/\/$/, "")),
  };
}
