import { readFileSync } from "node:fs";
import type { RepoPath } from "../../core/path.ts";
import type { FileMemo } from "./file-digests.ts";
import { type FileStat, sameStat } from "./file-stat.ts";
import type { Digest } from "./hash-file.ts";
import {
  decodeMemo,
  encodeEntry,
  encodeMemo,
  ENTRY_BYTES,
  matchEntry,
  type MemoEntry,
  type MemoTable,
} from "./memo-format.ts";
import { writeAtomically } from "./write-atomically.ts";

/** A memo of file digests that outlives the process, for one work tree. */
export interface PersistedFileMemo extends FileMemo {
  /** Writes what is new, whole and at once. Gives whether the file now holds all that is known; a failure costs only time. */
  save(): boolean;
}

const EMPTY: MemoTable = { block: Buffer.alloc(0), words: new Float64Array(0), offsets: new Map() };

interface Known {
  readonly stat: FileStat;
  readonly digest: Digest;
}

/** Above this number of files, those that this run did not look at are forgotten. */
const DEFAULT_LIMIT = 500_000;

/**
 * Opens the memo kept in `file`. A file that is missing, unreadable, damaged or of another format is an empty memo.
 * Work trees need a file each: their paths are the same and their inodes are not.
 */
export function openFileMemo(file: string, limit: number = DEFAULT_LIMIT): PersistedFileMemo {
  const table = load(file);
  const used = new Uint8Array(table.offsets.size);
  const fresh = new Map<RepoPath, Known>();
  let saved = true;
  return {
    get(path, stat) {
      const entry = fresh.get(path);
      if (entry !== undefined) return sameStat(entry.stat, stat) ? entry.digest : undefined;
      const offset = table.offsets.get(path);
      const digest = offset === undefined ? undefined : matchEntry(table, offset, stat);
      if (offset !== undefined && digest !== undefined) used[offset / ENTRY_BYTES] = 1;
      return digest;
    },
    set(path, stat, digest) {
      fresh.set(path, { stat, digest });
      saved = false;
    },
    save() {
      if (saved) return true;
      try {
        const isOver = table.offsets.size + fresh.size > limit;
        writeAtomically(file, encodeMemo(merge(table, fresh, isOver ? used : undefined)));
        saved = true;
        return true;
      } catch {
        return false;
      }
    },
  };
}

function load(file: string): MemoTable {
  try {
    return decodeMemo(readFileSync(file)) ?? EMPTY;
  } catch {
    return EMPTY;
  }
}

/** The new entries and those old ones that they do not replace; only those marked in `used`, if it is given. */
function merge(table: MemoTable, fresh: ReadonlyMap<RepoPath, Known>, used?: Uint8Array): MemoEntry[] {
  const entries: MemoEntry[] = [...fresh].map(([path, { stat, digest }]) => ({
    path,
    bytes: encodeEntry(stat, digest),
  }));
  for (const [path, offset] of table.offsets) {
    if (fresh.has(path) || used?.[offset / ENTRY_BYTES] === 0) continue;
    entries.push({ path, bytes: table.block.subarray(offset, offset + ENTRY_BYTES) });
  }
  return entries;
}
