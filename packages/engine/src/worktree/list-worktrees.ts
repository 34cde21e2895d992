import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { leaseHolder, type LeaseHolder } from "./lease.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { placeOf } from "./place-of.ts";
import { readRecord, recordNames } from "./record-files.ts";
import { ownRegistrationOf } from "./registration.ts";
import { lookAt } from "./removal.ts";
import type { RemovalOptions } from "./why-kept.ts";
import type { WorktreeRecord, WorktreeState } from "./worktree-record.ts";

/** One of the worktrees that the engine made, as it is now. */
export interface ListedWorktree {
  readonly name: string;
  /** `missing`: its folder was removed by hand; `damaged`: what is recorded, or the folder, is not what was made. */
  readonly state: Exclude<WorktreeState, "gone"> | "missing" | "damaged";
  /** None where it cannot be read. */
  readonly record?: WorktreeRecord;
  /** Who works on it now. */
  readonly holder?: LeaseHolder;
  /** What would keep it from being removed now, but for its holder; none where it may go. */
  readonly reasons: readonly Diagnostic[];
  /** Ignored files and folders in it. */
  readonly ignored: readonly RepoPath[];
}

/** All worktrees that the engine made and that were not removed, sorted by name. Makes, mends and removes nothing. */
export function listWorktrees(
  worktrees: Worktrees,
  options: RemovalOptions = {},
): Result<readonly ListedWorktree[], Diagnostic> {
  const names = recordNames(worktrees.records);
  if (!names.ok) return names;
  return ok(names.value.flatMap((name) => listed(worktrees, name, options)));
}

function listed(worktrees: Worktrees, name: string, options: RemovalOptions): readonly ListedWorktree[] {
  const read = readRecord(worktrees.records, name);
  if (!read.ok) return [{ name, state: "damaged", reasons: [read.error], ignored: [] }];
  if (read.value === undefined || read.value.state === "gone") return [];
  const record = read.value;
  const holder = leaseHolder(worktrees, name);
  return [{ name, record, ...(holder && { holder }), ...stateOf(worktrees, record, options) }];
}

function stateOf(
  worktrees: Worktrees,
  record: WorktreeRecord,
  options: RemovalOptions,
): Pick<ListedWorktree, "state" | "reasons" | "ignored"> {
  const damaged = (problem: Diagnostic) => ({ state: "damaged", reasons: [problem], ignored: [] }) as const;
  const { state, path } = record;
  if (state !== "ready") return { state: state === "gone" ? "missing" : state, reasons: [], ignored: [] };
  const place = placeOf(path);
  if (!place.ok) return damaged(place.error);
  if (place.value === "nothing") return { state: "missing", reasons: [], ignored: [] };
  const gitDir = ownRegistrationOf(path, worktrees.repository.commonDir);
  if (!gitDir.ok) return damaged(gitDir.error);
  const seen = lookAt(worktrees, record, { path, gitDir: gitDir.value }, options);
  return seen.ok ? { state, ...seen.value } : damaged(seen.error);
}
