import { mkdirSync, renameSync, rmSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { byCodeUnit } from "../../core/json.ts";
import { type RepoPath, absolutePath, joinRepo, parentOf } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { errorCode } from "../../fingerprint/files/file-stat.ts";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import { uniqueName } from "../../fingerprint/files/write-atomically.ts";
import { outsideOutput, unrestorable } from "../problems.ts";
import type { CacheRecord, RecordOutput } from "../record.ts";
import type { OutputStore } from "./capture-outputs.ts";
import { clearExtras, digestAt, displace, type Displaced, removeEmptyFolders } from "./clear-extras.ts";
import { holdsOnly } from "./names-by-folder.ts";
import { isInPlace } from "./is-in-place.ts";
import { checkOutputPlaces, isOwned, outermost } from "./output-place.ts";
import { stageOutput } from "./stage-output.ts";

/** What to put in place, and where. */
export interface Restore {
  /** The absolute path of the work tree. */
  readonly root: string;
  readonly record: CacheRecord;
  /** The files and folders that the task owns. */
  readonly owned: readonly RepoPath[];
  /** Those among them that it keeps between runs: they are left alone. */
  readonly scratch?: readonly RepoPath[];
  /** The id of the run, under which displaced files are kept. */
  readonly run: string;
}

/** What a restore did to the work tree. */
export interface Restored {
  readonly written: readonly RepoPath[];
  readonly deleted: readonly RepoPath[];
  readonly displaced: readonly Displaced[];
}

interface Staged {
  readonly output: RecordOutput;
  /** Where its bytes wait, ready and verified. */
  readonly file: RepoPath;
}

const STAGING = ".symbiotic/tmp";

/**
 * Makes what a task owns equal to its record. All bytes are at hand and verified before the first file changes. What the
 * task's records made is replaced, or deleted where this one lacks it; any other file in the task's folders, and one that
 * was edited since, is moved to `.symbiotic/displaced/<run>/`. A failure means that the task must run.
 */
export function restoreOutputs(restore: Restore, store: OutputStore): Result<Restored, Diagnostic> {
  const paths = restore.record.outputs.map(({ path }) => path);
  const stray = paths.find((path) => !isOwned(restore.owned, path));
  if (stray !== undefined) return fail(outsideOutput(stray, "the task does not own it"));
  const owned = checkOutputPlaces(restore.root, outermost(restore.owned));
  if (!owned.ok) return owned;
  const places = checkOutputPlaces(restore.root, paths);
  if (!places.ok) return places;
  const staging = joinRepo(STAGING, uniqueName());
  try {
    const staged = stageAll(restore, staging, store);
    return staged.ok ? settle(restore, staged.value, store) : staged;
  } catch (error) {
    return fail(unrestorable(paths[0] ?? ".", error));
  } finally {
    removeStaging(restore.root, staging);
  }
}

function stageAll(
  { root, record }: Restore,
  staging: RepoPath,
  store: OutputStore,
): Result<readonly Staged[], Diagnostic> {
  const staged: Staged[] = [];
  const wanted = record.outputs.filter((output) => !isInPlace(root, output, store.state.files));
  if (wanted.length > 0) mkdirSync(absolutePath(root, staging), { recursive: true });
  for (const [index, output] of wanted.entries()) {
    const file = joinRepo(staging, String(index));
    const result = stageOutput(output, absolutePath(root, file), store.blobs);
    if (!result.ok) return result;
    staged.push({ output, file });
  }
  return ok(staged);
}

function settle(restore: Restore, staged: readonly Staged[], { state }: OutputStore): Result<Restored, Diagnostic> {
  const { root, record } = restore;
  const manifest = new Map(record.outputs.map(({ path, blob }) => [path, blob]));
  const made = state.made(record.task);
  if (staged.length === 0 && isSame(made, manifest) && holdsOnly(root, restore.owned, new Set(manifest.keys())))
    return ok({ written: [], deleted: [], displaced: [] });
  const cleared = clearExtras({ ...restore, keep: manifest, made });
  const edited = staged.filter(({ output }) => isEdited(root, output, made));
  const kept = edited.map(({ output }) => displace(root, output.path, restore.run));
  for (const { output, file } of staged) place(root, file, output.path);
  state.setMade(record.task, manifest);
  const displaced = [...cleared.displaced, ...kept].sort((a, b) => byCodeUnit(a.path, b.path));
  return ok({ ...cleared, displaced, written: staged.map(({ output }) => output.path) });
}

function isSame(made: ReadonlyMap<RepoPath, Digest>, manifest: ReadonlyMap<RepoPath, Digest>): boolean {
  return made.size === manifest.size && [...manifest].every(([path, blob]) => made.get(path) === blob);
}

/** Whether a file lies in an output's place that has neither its bytes nor those that a record of the task put there. */
function isEdited(root: string, { path, blob }: RecordOutput, made: ReadonlyMap<RepoPath, Digest>): boolean {
  const digest = digestAt(root, path);
  return digest !== undefined && digest !== blob && digest !== made.get(path);
}

function place(root: string, from: RepoPath, to: RepoPath): void {
  mkdirSync(absolutePath(root, parentOf(to)), { recursive: true });
  try {
    renameSync(absolutePath(root, from), absolutePath(root, to));
  } catch (error) {
    if (!["EISDIR", "ENOTEMPTY", "EEXIST", "EPERM"].includes(errorCode(error))) throw error;
    removeEmptyFolders(root, to);
    renameSync(absolutePath(root, from), absolutePath(root, to));
  }
}

function removeStaging(root: string, staging: RepoPath): void {
  try {
    rmSync(absolutePath(root, staging), { recursive: true, force: true });
  } catch {
    // A staging folder left behind is in nobody's way.
  }
}
