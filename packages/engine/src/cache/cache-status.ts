import type { Diagnostic } from "../core/diagnostic.ts";
import { listBlobs } from "./blob-files.ts";
import type { Blobs } from "./blobs.ts";
import type { CacheLayout } from "./layout.ts";
import type { Records } from "./records.ts";

/** What a cache holds. */
export interface CacheStatus {
  readonly directory: string;
  readonly records: number;
  readonly blobs: number;
  /** Of all blobs together. */
  readonly bytes: number;
  /** When the oldest record was stored, in milliseconds since 1970. */
  readonly oldest?: number;
  /** Records a task, by task id. */
  readonly tasks: Readonly<Record<string, number>>;
}

/** What a look at every byte found. */
export interface CacheVerification {
  readonly records: number;
  readonly blobs: number;
  /** What is wrong; damaged blobs have been removed. */
  readonly problems: readonly Diagnostic[];
}

/** Counts what the cache holds. Throws what the file system throws. */
export function statusOf(layout: CacheLayout, records: Records): CacheStatus {
  const all = records.all();
  const blobs = listBlobs(layout.blobs);
  const oldest = all[0]?.storedAt;
  const counts = new Map<string, number>();
  for (const { task } of all) counts.set(task, (counts.get(task) ?? 0) + 1);
  return {
    directory: layout.directory,
    records: all.length,
    blobs: blobs.length,
    bytes: blobs.reduce((sum, { size }) => sum + size, 0),
    ...(oldest !== undefined && { oldest }),
    tasks: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Reads every blob and record and checks it. Throws what the file system throws. */
export function verifyCache(
  layout: CacheLayout,
  { blobs, records }: { blobs: Blobs; records: Records },
): CacheVerification {
  const problems: Diagnostic[] = [];
  const found = listBlobs(layout.blobs);
  for (const { digest } of found) {
    const checked = blobs.check(digest);
    if (!checked.ok) problems.push(checked.error);
  }
  return { records: records.all().length, blobs: found.length, problems };
}
