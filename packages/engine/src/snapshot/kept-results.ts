import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { absent } from "./see-file.ts";
import {
  absentAt,
  digestAt,
  isProvenAt,
  kindAt,
  pathAt,
  type SeenKind,
  type SeenPath,
  type SeenTable,
  stateAt,
} from "./seen-paths.ts";
import type { Snapshot } from "./snapshot.ts";
import type { StoredSnapshot } from "./snapshot-file.ts";

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
  /** All that the snapshot saw, in its rows, and at which of them is no more what it saw. */
  readonly table: SeenTable;
  readonly gone: ReadonlySet<number>;
  readonly snapshot: Snapshot;
  /** No later than when the work tree was looked at, in milliseconds since 1970. */
  readonly since: number;
}

/** What is known where the inputs at these places of the table hold other bytes. */
export function keptResults(
  { snapshot, seen }: Pick<StoredSnapshot, "snapshot" | "seen">,
  edited: readonly number[],
  since: number,
): KeptResults {
  const gone = new Set(edited);
  return {
    changed: edited.map((at) => seen.paths[at] ?? ""),
    keys: new Map(snapshot.records.map(([key, , task]) => [task, key])),
    seen: () => seen.paths.flatMap((_, at) => (gone.has(at) ? [] : seenAt(seen, at))),
    table: seen,
    gone,
    snapshot,
    since,
  };
}

const HAVE_DIGESTS: ReadonlySet<SeenKind> = new Set(["file", "input", "folder", "place"]);

function seenAt(table: SeenTable, at: number): SeenPath[] {
  const [kind, path] = [kindAt(table, at), pathAt(table, at)];
  if (kind === "parent")
    return [
      { path, kind: "entry", digest: "", stat: stateAt(table, at), isSettled: true },
      ...absentAt(table, at).map((name) => absent(path === "." ? name : `${path}/${name}`)),
    ];
  const digest = HAVE_DIGESTS.has(kind) ? digestAt(table, at) : "";
  const stat = kind === "absent" || kind === "place" ? {} : { stat: stateAt(table, at) };
  return [{ path, kind, digest, isSettled: kind === "absent" || isProvenAt(table, at), ...stat }];
}
