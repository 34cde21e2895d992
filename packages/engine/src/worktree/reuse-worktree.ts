import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { findGitWorktree } from "./git-worktrees.ts";
import { makeWorktree } from "./make-worktree.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { writeRecord } from "./record-files.ts";
import { ownRegistrationOf } from "./registration.ts";
import { placeOf } from "./place-of.ts";
import type { WorktreeRecord } from "./worktree-record.ts";
import type { Worktree } from "./worktree.ts";

/** The worktree of a record that is `ready`, if it is what the record says. One whose folder is gone is made again. */
export function reuseWorktree(worktrees: Worktrees, record: WorktreeRecord): Result<Worktree, Diagnostic> {
  const place = placeOf(record.path);
  if (!place.ok) return place;
  if (place.value === "nothing") return remake(worktrees, record);
  const gitDir = ownRegistrationOf(record.path, worktrees.repository.commonDir);
  return gitDir.ok ? describe(worktrees, record, gitDir.value) : gitDir;
}

/** Makes the files and what git keeps of them, from a record in the state `making`. */
export function makeAndDescribe(worktrees: Worktrees, record: WorktreeRecord): Result<Worktree, Diagnostic> {
  const made = makeWorktree(worktrees, record);
  if (!made.ok) return made;
  const found = describe(worktrees, made.value, made.value.gitDir ?? "");
  return found.ok ? ok({ ...found.value, created: true }) : found;
}

function remake(worktrees: Worktrees, record: WorktreeRecord): Result<Worktree, Diagnostic> {
  const begun = writeRecord(worktrees.records, { ...record, state: "making", gitDir: null, installs: {} });
  return begun.ok ? makeAndDescribe(worktrees, begun.value) : begun;
}

function describe(
  { repository }: Worktrees,
  { id, name, path, branch, base }: WorktreeRecord,
  gitDir: string,
): Result<Worktree, Diagnostic> {
  const known = findGitWorktree(repository, path);
  if (!known.ok) return known;
  const { branch: has = null, head = null } = known.value ?? {};
  if (has !== branch || head === null) return fail(otherBranch(path, branch, has));
  return ok({ id, name, path, gitDir, branch, base, head, created: false });
}

function otherBranch(path: string, branch: string, has: string | null): Diagnostic {
  return errorOf("SYM7614", `${path} is for the branch ${branch}, and ${has ?? "no branch"} is checked out in it`, {
    hint: `finish what is going on there, then \`git switch ${branch}\` in it`,
  });
}
