import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "../core/json.ts";
import { decodeSnapshot, encodeSnapshot } from "./format.ts";
import { byAge, commandFile, keepNewest } from "./keep-newest.ts";
import type { SeenTable } from "./seen-paths.ts";
import type { Snapshot } from "./snapshot.ts";

/** A snapshot with what it saw and what it tells. */
export interface StoredSnapshot {
  readonly snapshot: Snapshot;
  readonly seen: SeenTable;
  /** JSON of `KeptEvents`. */
  readonly events: () => string;
}

/** Where the snapshot for a command line lies. */
export function snapshotFile(gitDir: string, command: string): string {
  return commandFile(gitDir, "snapshots", command);
}

/** Where what a command line's last run left of the tasks that it ran lies: a snapshot of no more than what these stand on. */
export function ranFile(gitDir: string, command: string): string {
  return commandFile(gitDir, "ran", command);
}

/** The bytes of a snapshot; undefined where there is none. */
export function readSnapshotBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** All snapshots of a work tree, or all that its runs left of what they ran, the newest first. Throws what the file system throws. */
export function snapshotFiles(gitDir: string, which: "snapshots" | "ran"): readonly string[] {
  const folder = join(gitDir, "symbiotic", which);
  return byAge(folder).map(({ name }) => join(folder, name));
}

/** Reads a snapshot that was written by this version of the engine; undefined for anything else. */
export function parseSnapshot(bytes: Buffer, version: string): StoredSnapshot | undefined {
  const file = decodeSnapshot(bytes);
  if (file === undefined) return undefined;
  // Its check covers all of it and it is the engine's own: what is in it is what was written.
  const snapshot = file.head as unknown as Snapshot | null;
  const { seen, events } = file;
  return snapshot?.version === version ? { snapshot, seen, events } : undefined;
}

/** Writes a snapshot, and forgets the oldest ones. */
export function writeSnapshot(file: string, { snapshot, seen, events }: StoredSnapshot): void {
  keepNewest(file, () => encodeSnapshot(snapshot as unknown as JsonValue, seen, events()));
}
