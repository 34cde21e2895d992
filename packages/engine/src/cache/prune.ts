import { lstatSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../fingerprint/files/write-atomically.ts";
import { listBlobs, namesIn } from "./blob-files.ts";
import { openBlobs } from "./blobs.ts";
import { textsNamedBy } from "./fingerprint-texts.ts";
import { type CheckedFrame, compactFrames } from "./compact-frames.ts";
import { compactHistory, openHistory } from "./history.ts";
import type { CacheLayout } from "./layout.ts";
import { type Choice, chooseRecords, type PruneLimits } from "./choose-records.ts";
import { blobsOf, isCacheRecord } from "./record.ts";
import { BUCKETS, bucketFile, openRecords } from "./records.ts";

/** What a prune did. */
export interface Pruned {
  readonly records: number;
  readonly blobs: number;
  readonly bytes: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** 5 GiB, and 30 days since a result was made. */
export const DEFAULT_LIMITS: PruneLimits = { maxBytes: 5 * 1024 ** 3, maxAgeMs: 30 * DAY_MS };
/** What is younger may belong to a record that is being written now. */
const GRACE_MS = 60 * 60 * 1000;
/** What is remembered of a work tree that was not used for so long is forgotten. */
const MEMO_AGE_MS = 90 * DAY_MS;
/** The size of history above which it is worth a rewrite. */
const HISTORY_BYTES = 32 * 1024 * 1024;

/** Whether the cache was last pruned more than a day ago, or its history has grown. */
export function isPruneDue(layout: CacheLayout, now: number): boolean {
  try {
    if ((statSync(layout.history, { throwIfNoEntry: false })?.size ?? 0) > HISTORY_BYTES) return true;
    return now - Number(readFileSync(layout.stamp, "utf8")) > DAY_MS;
  } catch {
    return true;
  }
}

/**
 * Removes the oldest records until what is left keeps the limits, then the blobs that nothing names and that are older
 * than an hour. Others may use the cache meanwhile; only one process may prune. Throws what the file system throws.
 */
export function pruneCache(layout: CacheLayout, limits: PruneLimits, now: number): Pruned {
  const blobs = listBlobs(layout.blobs);
  const sizes = new Map(blobs.map(({ digest, size }) => [digest, size]));
  const chosen = chooseRecords(openRecords(layout.records).all(), sizes, { ...limits, now });
  const records = pruneRecords(layout, chosen);
  compactHistory(layout.history, now - limits.maxAgeMs);
  const store = openBlobs(layout.blobs, layout.temporary);
  const fingerprints = new Set([
    ...chosen.kept.map(({ fingerprint }) => fingerprint),
    ...openHistory(layout.history).fingerprints(),
  ]);
  const texts = [...fingerprints].flatMap((fingerprint) => textsNamedBy(fingerprint, store));
  const named = new Set([...chosen.kept.flatMap(blobsOf), ...fingerprints, ...texts]);
  const removed = blobs.filter((blob) => !named.has(blob.digest) && removeOld(blob.file, now - GRACE_MS));
  for (const name of namesIn(layout.temporary)) removeOld(join(layout.temporary, name), now - GRACE_MS);
  for (const name of namesIn(layout.memos)) removeOld(join(layout.memos, name), now - MEMO_AGE_MS);
  writeAtomically(layout.stamp, String(now));
  return { records, blobs: removed.length, bytes: removed.reduce((sum, { size }) => sum + size, 0) };
}

/** Removes these records, and the lines that are none; gives how many lines went. Only one process may do this at a time. Throws what the file system throws. */
export function pruneRecords(layout: CacheLayout, chosen: Pick<Choice, "dropped">): number {
  const removed = BUCKETS.map((prefix) =>
    compactFrames(bucketFile(layout.records, prefix), (frames) => {
      // By what goes, not by what stays: a record appended since the choice is not lost.
      const kept = new Map(frames.filter((frame) => isRecordFrame(frame, prefix)).map((frame) => [frame.json, frame]));
      return [...kept.values()].filter(({ json }) => !chosen.dropped.has(json));
    }),
  );
  return removed.reduce((sum, count) => sum + count, 0);
}

function isRecordFrame({ name, value }: CheckedFrame, prefix: string): boolean {
  return isCacheRecord(value) && value.key === name && name.startsWith(prefix);
}

function removeOld(file: string, before: number): boolean {
  // Asked again just before: somebody may have made it young since the blobs were listed.
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.mtimeMs > before) return false;
  rmSync(file, { recursive: true, force: true });
  return true;
}
