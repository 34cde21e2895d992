import { isAbsolute } from "node:path";
import { absolutePath, isInside, parentOf, type RepoPath } from "../core/path.ts";
import type { CacheRecord, RecordOutput } from "../cache/record.ts";
import { type FileStat, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { isFolder, namesDigest } from "./folder-names.ts";
import type { SeenPath } from "./seen-paths.ts";

/** A task that owns outputs, with what the cache holds of it. */
export interface OwnedOutputs {
  readonly owned: readonly RepoPath[];
  readonly record: CacheRecord;
}

/** Where outputs lie. */
export interface OutputHost {
  readonly root: string;
  /**
   * When the run began, in milliseconds since 1970: what it found right and what was not touched since before then is right.
   * What was is looked into again by the next run.
   */
  readonly startedAt: number;
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

function seeFile({ path, size, blob }: RecordOutput, { root, startedAt }: OutputHost): SeenPath | undefined {
  const stat = stateOf(root, path);
  return stat?.size === size
    ? { path, kind: "file", digest: blob, stat, isSettled: isSettled(stat, startedAt) }
    : undefined;
}

function seeFolder(path: RepoPath, names: ReadonlySet<string>, { root, startedAt }: OutputHost): SeenPath | undefined {
  const stat = stateOf(root, path);
  if (stat === undefined || !isFolder(stat)) return undefined;
  return { path, kind: "folder", digest: namesDigest([...names]), stat, isSettled: isSettled(stat, startedAt) };
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
