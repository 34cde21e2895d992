import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { resolveCommit } from "../workspace/git/resolve-commit.ts";
import { checkedOutElsewhere, commitOfBranch } from "./branches.ts";
import { finishRemoval, forget, settleRemoval } from "./finish-removal.ts";
import { listGitWorktrees } from "./git-worktrees.ts";
import { isSameOwner, type Lease } from "./lease.ts";
import { makeFolder, type Worktrees } from "./open-worktrees.ts";
import { writeRecord } from "./record-files.ts";
import { inTheWay, placeOf } from "./place-of.ts";
import { recordOf } from "./record-of.ts";
import { makeAndDescribe, reuseWorktree } from "./reuse-worktree.ts";
import { branchOf } from "./safe-name.ts";
import { isSamePath } from "./same-path.ts";
import type { WorktreeRecord } from "./worktree-record.ts";
import type { Worktree } from "./worktree.ts";

/** What is asked for. */
export interface EnsureRequest {
  /** By default `issue/<name>`. */
  readonly branch?: string;
  /** A commit, or what names one, at which a new branch begins. */
  readonly base: string;
  /** Goes on with a branch that is there and that the engine did not make. */
  readonly takesBranch?: boolean;
}

/**
 * The worktree of the issue whose lease this is: the one that is there, after checks, or a new one. What was half made is completed,
 * what was half removed is removed, and what git only remembers is made again. Nothing that the engine did not make is touched.
 */
export function ensureWorktree(
  worktrees: Worktrees,
  lease: Lease,
  request: EnsureRequest,
): Result<Worktree, Diagnostic> {
  const folder = makeFolder(worktrees);
  if (!folder.ok) return folder;
  const path = join(folder.value, lease.name);
  const record = recordOf(worktrees, lease);
  if (!record.ok) return record;
  if (record.value === undefined || record.value.state === "gone")
    return makeNew(worktrees, { lease, request, path, known: record.value });
  const problem = mismatch(record.value, path, request);
  if (problem !== undefined) return fail(problem);
  return goOn(worktrees, { lease, request, path, record: record.value });
}

interface Asked {
  readonly lease: Lease;
  readonly request: EnsureRequest;
  readonly path: string;
  /** What was recorded of a worktree that was removed. */
  readonly known?: WorktreeRecord | undefined;
}

function goOn(worktrees: Worktrees, asked: Asked & { readonly record: WorktreeRecord }): Result<Worktree, Diagnostic> {
  const settled = settleRemoval(worktrees, asked.record);
  if (!settled.ok) return settled;
  const { state } = settled.value;
  if (state === "making" || state === "ready") return takeOver(worktrees, asked.lease, settled.value);
  const ended = finishRemoval(worktrees, settled.value);
  if (!ended.ok) return ended;
  // Removed, or put back because something in it is needed.
  const now = recordOf(worktrees, asked.lease);
  if (!now.ok) return now;
  if (ended.value.removed || now.value === undefined) return makeNew(worktrees, { ...asked, known: now.value });
  return takeOver(worktrees, asked.lease, now.value);
}

function takeOver(worktrees: Worktrees, { owner }: Lease, record: WorktreeRecord): Result<Worktree, Diagnostic> {
  const before = isSameOwner(record.user, owner) ? null : record.user;
  const owned = writeRecord(worktrees.records, { ...record, user: owner });
  if (!owned.ok) return owned;
  const act = record.state === "making" ? makeAndDescribe : reuseWorktree;
  const found = act(worktrees, owned.value);
  return found.ok && before !== null ? ok({ ...found.value, takenOverFrom: before }) : found;
}

function makeNew(worktrees: Worktrees, { lease, request, path, known }: Asked): Result<Worktree, Diagnostic> {
  const { repository, records } = worktrees;
  const place = placeOf(path);
  if (!place.ok) return place;
  if (place.value !== "nothing") return fail(inTheWay(path, "it is there already"));
  const branch = request.branch ?? known?.branch ?? branchOf(lease.id);
  const start = startOf(repository, { ...request, branch }, known);
  if (!start.ok) return start;
  const listed = listGitWorktrees(repository);
  if (!listed.ok) return listed;
  const elsewhere = checkedOutElsewhere(listed.value, branch, path);
  if (elsewhere !== undefined) return fail(elsewhere);
  const { id, name, owner } = lease;
  const record = writeRecord(records, {
    ...{ v: 1, id, name, path, branch, ...start.value, gitDir: null, state: "making", trash: null },
    ...{ made: owner, user: owner, installs: {} },
  });
  return record.ok ? makeOrForget(worktrees, record.value) : record;
}

/** What could not even be begun is not to be in the way of another try, with another branch maybe. */
function makeOrForget(worktrees: Worktrees, record: WorktreeRecord): Result<Worktree, Diagnostic> {
  const made = makeAndDescribe(worktrees, record);
  if (made.ok) return made;
  const place = placeOf(record.path);
  if (place.ok && place.value === "nothing") forget(worktrees, record);
  return made;
}

/** Where the branch begins: at the base, where it began for this issue before, or where it is if it may be taken. */
function startOf(
  repository: Repository,
  { branch, base, takesBranch = false }: EnsureRequest & { readonly branch: string },
  known: WorktreeRecord | undefined,
): Result<Pick<WorktreeRecord, "base" | "isOwnBranch">, Diagnostic> {
  const there = commitOfBranch(repository, branch);
  if (!there.ok) return there;
  if (there.value !== undefined) {
    if (known?.branch === branch) return ok({ base: known.base, isOwnBranch: known.isOwnBranch });
    return takesBranch ? ok({ base: there.value, isOwnBranch: false }) : fail(branchThere(branch));
  }
  const commit = resolveCommit(repository, base);
  return commit === undefined ? fail(noCommit(base)) : ok({ base: commit, isOwnBranch: true });
}

function mismatch(record: WorktreeRecord, path: string, { branch }: EnsureRequest): Diagnostic | undefined {
  const hint = "ask for what it is, or remove it first";
  if (!isSamePath(record.path, path))
    return errorOf("SYM7611", `the worktree of ${record.id} lies in ${record.path} and not in ${path}`, { hint });
  if (branch === undefined || branch === record.branch) return undefined;
  return errorOf("SYM7611", `the worktree of ${record.id} is for the branch ${record.branch} and not for ${branch}`, {
    hint,
  });
}

function branchThere(branch: string): Diagnostic {
  return errorOf("SYM7607", `the branch ${branch} is there, and symbiotic did not make it for this worktree`, {
    hint: "allow that it is taken, rename it, or name another one",
  });
}

function noCommit(base: string): Diagnostic {
  return errorOf("SYM7610", `${base} names no commit at which a worktree could begin`, {
    hint: "name a branch, tag or commit of this repository, or fetch it first",
  });
}
