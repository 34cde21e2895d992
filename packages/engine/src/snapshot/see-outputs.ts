import { isAbsolute } from "node:path";
import { ancestors, isInside, parentOf, type RepoPath } from "../core/path.ts";
import type { CacheRecord, RecordOutput } from "../cache/record.ts";
import { fileMode, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { folderNames, isFolder, namesDigest } from "./folder-names.ts";
import { absent, allSeen, entry } from "./see-file.ts";
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
 * What must lie where tasks own files: the outputs of their records, in their folders nothing else, and above them folders
 * that are no links. Undefined where that cannot be said by files and folders: an output that is a link, or one that is
 * not there.
 */
export function seeOutputs(tasks: readonly OwnedOutputs[], host: OutputHost): readonly SeenPath[] | undefined {
  const above = new Set(tasks.flatMap(({ owned }) => owned.flatMap((path) => ancestors(parentOf(path)))));
  above.delete(".");
  return allSeen([
    ...[...above].map((folder) => entryAbove(folder, host)),
    ...tasks.flatMap((task) => seenOf(task, host)),
  ]);
}

/** An owned path that nothing was made at need not be there, nor the folders above it. */
function entryAbove(folder: RepoPath, { root }: OutputHost): SeenPath | undefined {
  return statOf(`${root}/${folder}`) === undefined ? absent(folder) : entry(folder, `${root}/${folder}`, "folder");
}

function seenOf({ owned, record: { outputs } }: OwnedOutputs, host: OutputHost): (SeenPath | undefined)[] {
  const isPlain = outputs.every(({ mode, path }) => mode !== "120000" && path.isWellFormed() && !isAbsolute(path));
  if (!isPlain) return [undefined];
  const empty = owned.filter((path) => !outputs.some((output) => isInside(path, output.path)));
  return [
    ...empty.map((path) => seeEmpty(path, host)),
    ...outputs.map((output) => seeFile(output, host)),
    ...[...namesByFolder(owned, outputs)].map(([folder, names]) => seeFolder(folder, names, host)),
  ];
}

function seeEmpty(path: RepoPath, host: OutputHost): SeenPath | undefined {
  return statOf(`${host.root}/${path}`) === undefined ? absent(path) : seeFolder(path, new Set(), host);
}

function seeFile({ path, size, mode, blob }: RecordOutput, { root, startedAt }: OutputHost): SeenPath | undefined {
  const stat = statOf(`${root}/${path}`);
  return stat?.size === size && fileMode(stat) === mode
    ? { path, kind: "file", digest: blob, stat, isSettled: isSettled(stat, startedAt) }
    : undefined;
}

function seeFolder(path: RepoPath, names: ReadonlySet<string>, { root, startedAt }: OutputHost): SeenPath | undefined {
  const stat = statOf(`${root}/${path}`);
  if (stat === undefined || !isFolder(stat)) return undefined;
  const found = folderNames(`${root}/${path}`);
  const digest = namesDigest([...names]);
  if (found.digest !== digest) return undefined;
  return { path, kind: "folder", digest, stat, isSettled: isSettled(stat, startedAt) && found.isWhole };
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
