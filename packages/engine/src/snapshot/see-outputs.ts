import { isAbsolute } from "node:path";
import { absolutePath, isInside, parentOf, type RepoPath } from "../core/path.ts";
import type { CacheRecord, RecordOutput } from "../cache/record.ts";
import { type FileStat, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { hashFile } from "../fingerprint/files/hash-file.ts";
import { folderDigest, isFolder, namesDigest } from "./folder-names.ts";
import type { SeenPath } from "./seen-paths.ts";

/** A task that owns outputs, with what the cache holds of it. */
export interface OwnedOutputs {
  readonly owned: readonly RepoPath[];
  readonly record: CacheRecord;
}

/** Where outputs lie, and the time in milliseconds since 1970. */
export interface OutputHost {
  readonly root: string;
  readonly now: number;
}

/**
 * What must lie where a task owns files: the outputs of its record, and in its folders nothing else. Undefined where that
 * cannot be said by files and folders: an output that is a link, or an owned path with nothing in it.
 */
export function seeOutputs({ owned, record }: OwnedOutputs, host: OutputHost): readonly SeenPath[] | undefined {
  const { outputs } = record;
  const isPlain = outputs.every(({ mode, path }) => mode !== "120000" && path.isWellFormed() && !isAbsolute(path));
  const isFilled = owned.every((path) => outputs.some((output) => isInside(path, output.path)));
  if (!isPlain || !isFilled) return undefined;
  const files = outputs.map((output) => seeFile(output, host));
  const folders = [...namesByFolder(owned, outputs)].map(([folder, names]) => seeFolder(folder, names, host));
  const seen = [...files, ...folders].filter((each) => each !== undefined);
  return seen.length === files.length + folders.length ? seen : undefined;
}

function seeFile({ path, size, blob }: RecordOutput, { root, now }: OutputHost): SeenPath | undefined {
  const stat = stateOf(root, path);
  if (stat?.size !== size) return undefined;
  // Its bytes were right when it was put here or captured; what happened since shows in its state, once that is settled.
  const settled = isSettled(stat, now) && hashFile(absolutePath(root, path), stat.size) === blob;
  return { path, kind: "file", digest: blob, stat, isSettled: settled };
}

function seeFolder(path: RepoPath, names: ReadonlySet<string>, { root, now }: OutputHost): SeenPath | undefined {
  const stat = stateOf(root, path);
  if (stat === undefined || !isFolder(stat)) return undefined;
  const digest = namesDigest([...names]);
  return {
    path,
    kind: "folder",
    digest,
    stat,
    isSettled: isSettled(stat, now) && folderDigest(`${root}/${path}`) === digest,
  };
}

function stateOf(root: string, path: RepoPath): FileStat | undefined {
  return statOf(absolutePath(root, path));
}

/** Each folder at or below an owned path, with the names that the manifest has in it. */
function namesByFolder(
  owned: readonly RepoPath[],
  outputs: readonly RecordOutput[],
): ReadonlyMap<RepoPath, ReadonlySet<string>> {
  const folders = new Map<RepoPath, Set<string>>();
  for (const { path } of outputs) {
    for (let at = path; owned.some((top) => top !== at && isInside(top, at)); at = parentOf(at)) {
      const folder = parentOf(at);
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(at.slice(at.lastIndexOf("/") + 1)));
    }
  }
  return folders;
}
