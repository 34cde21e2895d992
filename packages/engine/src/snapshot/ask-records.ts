import { layoutOf } from "../cache/layout.ts";
import { openRecords, prefixOfFile } from "../cache/records.ts";
import { digestJson } from "../fingerprint/digest.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Whether the cache still finds, in these files of its, the records that were looked up, and nothing is wrong with them.
 * Throws what the file system throws.
 */
export function findsSameRecords({ cache, records }: Snapshot, files: readonly string[]): boolean {
  const kept = openRecords(layoutOf(cache).records);
  const prefixes = new Set(files.map(prefixOfFile));
  const asked = records.filter(([key]) => prefixes.has(key.slice(0, 2)));
  const hasAll = asked.every(([key, digest]) => {
    const record = kept.find(key, () => true);
    return record !== undefined && digestJson({ ...record }) === digest;
  });
  const { damaged, foreign } = kept.skipped();
  return hasAll && damaged + foreign === 0;
}
