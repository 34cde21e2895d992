import { statSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { lastLine } from "../workspace/git/git.ts";
import { records } from "../workspace/git/records.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { copyIndex } from "../workspace/git/staged-index.ts";
import { writeGitDirectory } from "../workspace/git/staged-git-directory.ts";
import { holdIndex, readIndex, type IndexChange } from "./hold-index.ts";
import { inStage, treeBefore, type Stage } from "./stage-paths.ts";

/** A commit that no branch has yet. */
export interface NewCommit {
  readonly commit: string;
  readonly branch: string;
  readonly subject: string;
}

/**
 * Has the branch show the commit, if it still shows the one before, and the user's index the files that were committed:
 * what else is staged stays staged. The index is locked meanwhile, as git itself does it.
 */
export function moveBranch(
  repository: Repository,
  folder: string,
  { commit, branch, subject }: NewCommit,
): Result<void, Diagnostic> {
  const index = newIndex({ repository, folder }, commit);
  if (!index.ok) return index;
  const held = holdIndex(repository, index.value, commit);
  if (!held.ok) return held;
  using lock = held.value;
  // The empty old value says that there is no such branch yet.
  const args = ["update-ref", "-m", `commit: ${subject}`, `refs/heads/${branch}`, commit, repository.head ?? ""];
  const moved = repository.git(args);
  if (!moved.ok) return moved;
  if (moved.value.exitCode !== 0) return fail(movedOn(branch, lastLine(moved.value.stderr)));
  lock.keep();
  // Only times in it become others: what it says about files is right without.
  repository.git(["update-index", "-q", "--refresh"]);
  return ok(undefined);
}

/** The user's index with what the commit changes as the commit has it. */
function newIndex(stage: Stage, commit: string): Result<IndexChange, Diagnostic> {
  const { repository, folder } = stage;
  copyIndex(repository, join(repository.gitDir, "index"), folder);
  writeGitDirectory(folder, repository);
  const was = readIndex(folder);
  const copied = statSync(join(folder, "index"), { throwIfNoEntry: false });
  const before = treeBefore(repository);
  if (!before.ok) return before;
  const raw = inStage(stage, ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", before.value, commit]);
  if (!raw.ok) return raw;
  const args = ["-c", "core.splitIndex=false", "update-index", "-z", "--add", "--index-info"];
  const updated = inStage(stage, args, entriesOf(records(raw.value)));
  if (!updated.ok) return updated;
  return ok({ was, is: readIndex(folder) ?? Buffer.alloc(0), at: Math.floor((copied?.mtimeMs ?? 0) / 1000) });
}

/** What `update-index` reads: what is gone first, since a folder may come in its place. */
function entriesOf(parts: readonly string[]): readonly RepoPath[] {
  const [gone, there]: [string[], string[]] = [[], []];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [entry = "", path = ""] = parts.slice(at, at + 2);
    const [, mode = "", , id = ""] = entry.slice(1).split(" ");
    if (/^0+$/.test(mode)) gone.push(`0 ${id}\t${path}`);
    else there.push(`${mode} ${id}\t${path}`);
  }
  return [...gone, ...there];
}

function movedOn(branch: string, why: string): Diagnostic {
  return errorOf("SYM7312", `${branch} was not given the commit: ${why}`, {
    hint: "something else committed to it at the same time: try again",
  });
}
