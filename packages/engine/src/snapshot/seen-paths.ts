import type { FileStat } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";

/**
 * What a run saw at a path.
 * - `file`: a file with these bytes.
 * - `input`: the same, of which only keys were made: no setting was read out of it, so that other bytes in it change results
 *   and not which tasks there are.
 * - `folder`: a folder with these names in it and nothing else.
 * - `entry`: a file or a folder, whatever is in it.
 * - `place`: a path that leads, through links maybe, to this one.
 * - `absent`: nothing.
 * - `parent`: a folder in which some names are absent. While nothing is put into it or taken out, they still are.
 * - `walked`: a folder into which git looks for untracked files. While nothing is put into it or taken out, none came.
 * - `records` and `index`: a file of the cache's records and git's index, which stand for what was read out of them: where
 *   they were written to since, it is read again.
 */
export type SeenKind =
  | "file"
  | "input"
  | "folder"
  | "entry"
  | "place"
  | "absent"
  | "parent"
  | "walked"
  | "records"
  | "index";

/** A path as a run saw it. */
export interface SeenPath {
  /** From the repository root, or absolute. Well-formed text. */
  readonly path: string;
  readonly kind: SeenKind;
  /** The sha256 of a file's bytes, a folder's sorted names or where a place leads; empty for the other kinds. */
  readonly digest: Digest;
  /** The state in which it was that; absent only for what is not there. */
  readonly stat?: FileStat;
  /** Whether that state proves it. If not, the bytes or names are looked at again. */
  readonly isSettled: boolean;
  /** The names that are not in a folder; for `parent` alone. */
  readonly absent?: readonly string[];
}

/** All that a run saw, in columns: tens of thousands of paths are compared one by one without an object for each. */
export interface SeenTable {
  /** Behind a `parent` come two slashes and the names that are absent in it, with a slash between. */
  readonly paths: readonly string[];
  readonly kinds: Uint8Array;
  /** `WIDTH` numbers a path; the first is NaN where no state proves anything. */
  readonly stats: Float64Array;
  /** 32 bytes a path. */
  readonly digests: Buffer;
}

/** How many numbers a path's state is. */
export const WIDTH = 5;
const KINDS: readonly SeenKind[] = [
  "file",
  "input",
  "folder",
  "entry",
  "place",
  "absent",
  "parent",
  "walked",
  "records",
  "index",
];

/** The kind at a place of the table. */
export function kindAt(table: SeenTable, at: number): SeenKind {
  return KINDS[table.kinds[at] ?? 0] ?? "file";
}

/** The path at a place of the table. */
export function pathAt(table: SeenTable, at: number): string {
  const path = table.paths[at] ?? "";
  return kindAt(table, at) === "parent" ? path.slice(0, path.lastIndexOf("//")) : path;
}

/** The names that are absent in the folder at a place of the table. */
export function absentAt({ paths }: SeenTable, at: number): readonly string[] {
  const path = paths[at] ?? "";
  return path.slice(path.lastIndexOf("//") + 2).split("/");
}

/** The digest at a place of the table. */
export function digestAt({ digests }: SeenTable, at: number): Digest {
  return digests.toString("hex", at * 32, at * 32 + 32);
}

/** Whether what lies at a path is in the state in which it was seen; never, where no state proves anything. */
export function isStateAt({ stats }: SeenTable, at: number, now: FileStat): boolean {
  const from = at * WIDTH;
  return (
    stats[from] === now.size &&
    stats[from + 1] === now.mtimeMs &&
    stats[from + 2] === now.ctimeMs &&
    stats[from + 3] === now.ino &&
    stats[from + 4] === now.mode
  );
}

/** The state in which something was seen. */
export function stateAt({ stats }: SeenTable, at: number): FileStat {
  const [size = 0, mtimeMs = 0, ctimeMs = 0, ino = 0, mode = 0] = stats.subarray(at * WIDTH, (at + 1) * WIDTH);
  return { size, mtimeMs, ctimeMs, ino, mode };
}

/** Whether the state in which something was seen proves it. */
export function isProvenAt({ stats }: SeenTable, at: number): boolean {
  return !Number.isNaN(stats[at * WIDTH]);
}

/** Puts a state in its place of the table; one that proves nothing is equal to no other. */
export function setState({ stats }: SeenTable, at: number, stat: FileStat, isSettled: boolean): void {
  stats.set([isSettled ? stat.size : Number.NaN, stat.mtimeMs, stat.ctimeMs, stat.ino, stat.mode], at * WIDTH);
}

/** The mode of what was seen at a place of the table, as the file system has it. */
export function modeAt({ stats }: SeenTable, at: number): number {
  return stats[at * WIDTH + 4] ?? 0;
}

/** The columns of these paths. */
export function seenTable(seen: readonly SeenPath[]): SeenTable {
  const table: SeenTable = {
    paths: seen.map(({ path, absent }) => (absent === undefined ? path : `${path}//${absent.join("/")}`)),
    kinds: Uint8Array.from(seen, ({ kind }) => KINDS.indexOf(kind)),
    stats: new Float64Array(seen.length * WIDTH),
    digests: Buffer.alloc(seen.length * 32),
  };
  for (const [at, { stat, digest, isSettled }] of seen.entries()) {
    if (stat !== undefined) setState(table, at, stat, isSettled);
    table.digests.write(digest, at * 32, "hex");
  }
  return table;
}
