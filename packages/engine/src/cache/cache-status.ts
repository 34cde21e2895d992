import { listBlobs } from "./blob-files.ts";
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
