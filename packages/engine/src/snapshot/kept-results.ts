import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { digestAt, isProvenAt, kindAt, type SeenPath, type SeenTable, stateAt } from "./seen-paths.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * What is known of a run of which only inputs changed: its tasks are the same, and those that no changed input reaches
 * have the same keys.
 */
export interface KeptResults {
  /** The inputs that are not what they were. */
  readonly changed: readonly RepoPath[];
  /** The key of each task that had a record. */
  readonly keys: ReadonlyMap<TaskId, Digest>;
  /** What the snapshot saw and what still is so, for the next one. */
  readonly seen: () => readonly SeenPath[];
  readonly snapshot: Snapshot;
}

/** What is known where these places of the table changed; undefined where one of them is more than an input. */
export function keptResults(snapshot: Snapshot, seen: SeenTable, changed: readonly number[]): KeptResults | undefined {
  if (changed.some((at) => kindAt(seen, at) !== "input")) return undefined;
  const gone = new Set(changed);
  return {
    changed: changed.map((at) => seen.paths[at] ?? ""),
    keys: new Map(snapshot.records.map(([key, , task]) => [task, key])),
    seen: () => seen.paths.flatMap((path, at) => (gone.has(at) ? [] : [seenAt(seen, path, at)])),
    snapshot,
  };
}

function seenAt(table: SeenTable, path: string, at: number): SeenPath {
  const kind = kindAt(table, at);
  const digest = kind === "file" || kind === "input" || kind === "folder" ? digestAt(table, at) : "";
  const stat = kind === "absent" ? {} : { stat: stateAt(table, at) };
  return { path, kind, digest, isSettled: kind === "absent" || isProvenAt(table, at), ...stat };
}
