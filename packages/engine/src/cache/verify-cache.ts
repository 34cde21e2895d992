import type { Diagnostic } from "../core/diagnostic.ts";
import { type BlobFile, listBlobs } from "./blob-files.ts";
import type { Blobs } from "./blobs.ts";
import { type CacheParts, reloadParts } from "./cache-parts.ts";
import { isWhole } from "./is-whole.ts";
import { damagedRecords, incompleteRecords } from "./problems.ts";
import { pruneRecords } from "./prune.ts";
import { openRecords } from "./records.ts";

/** How far a look at every byte is. */
export interface VerifyStep {
  readonly blobs: number;
  readonly of: number;
  /** Read so far. */
  readonly bytes: number;
}

/** What a look at every byte found. */
export interface CacheVerification {
  /** Blobs that were looked at, and their bytes. */
  readonly blobs: number;
  readonly bytes: number;
  /** Records that are right. */
  readonly records: number;
  /** What was damaged and is gone now: blobs, and records that were damaged or name what is not there. */
  readonly removed: { readonly blobs: number; readonly records: number };
  /** What is wrong, or was until now. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads every blob, then every record: what is not what its name says is removed, and so is a record of which a blob is
 * missing. Others may use the cache meanwhile. It does not throw: what cannot be looked at is reported by the cache.
 */
export function* verifyCache(parts: CacheParts): Generator<VerifyStep, CacheVerification> {
  const { layout, guard, blobs } = parts;
  const found = guard.read("the blobs", () => listBlobs(layout.blobs), []);
  const done = { blobs: 0, bytes: 0 };
  const problems: Diagnostic[] = [];
  for (const blob of found) {
    problems.push(...blobProblems(blob, blobs));
    done.blobs += 1;
    done.bytes += blob.size;
    yield { ...done, of: found.length };
  }
  const lost = problems.filter(({ code }) => code === DAMAGED).length;
  const nothing = { records: 0, removed: 0, problems: [] };
  const records = guard.read("the records", () => verifyRecords(parts), nothing);
  return {
    ...done,
    records: records.records,
    removed: { blobs: lost, records: records.removed },
    problems: [...problems, ...records.problems],
  };
}

const DAMAGED = "SYM6002";
const MISSING = "SYM6003";

/** One that has gone since it was listed was pruned by somebody, and is no problem. */
function blobProblems({ digest }: BlobFile, blobs: Blobs): readonly Diagnostic[] {
  const checked = blobs.check(digest);
  return checked.ok || checked.error.code === MISSING ? [] : [checked.error];
}

interface VerifiedRecords {
  readonly records: number;
  readonly removed: number;
  readonly problems: readonly Diagnostic[];
}

function verifyRecords(parts: CacheParts): VerifiedRecords {
  const { layout, guard, blobs, locks } = parts;
  // Opened anew, so that every line is looked at whatever was read before.
  const records = openRecords(layout.records);
  const all = records.all();
  const { damaged } = records.skipped();
  const incomplete = all.filter((record) => !isWhole(record, blobs));
  const problems = [
    ...(damaged > 0 ? [damagedRecords(damaged)] : []),
    ...(incomplete.length > 0 ? [incompleteRecords(incomplete.length)] : []),
  ];
  const kept = { records: all.length - incomplete.length, removed: 0, problems };
  if (problems.length === 0) return kept;
  const lock = locks.acquire("prune", "cache verify");
  // Who prunes now removes the damaged ones; the others stay misses.
  if (!lock.acquired) return kept;
  try {
    const dropped = new Set(incomplete.map((record) => JSON.stringify(record)));
    const isDone = guard.write(() => pruneRecords(layout, { dropped }) >= 0, false);
    return isDone ? { ...kept, removed: damaged + incomplete.length } : kept;
  } finally {
    lock.release();
    reloadParts(parts);
  }
}
