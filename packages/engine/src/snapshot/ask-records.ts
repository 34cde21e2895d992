import { openCache } from "../cache/open-cache.ts";
import { prefixOfFile } from "../cache/records.ts";
import { digestJson } from "../fingerprint/digest.ts";
import type { Snapshot } from "./snapshot.ts";

/** Whether the cache still finds, in these files of its, the records that were looked up, and nothing is wrong with them. */
export function findsSameRecords({ cache: directory, limits, records }: Snapshot, files: readonly string[]): boolean {
  const { cache, problems } = openCache(directory, limits);
  const prefixes = new Set(files.map(prefixOfFile));
  const asked = records.filter(([key]) => prefixes.has(key.slice(0, 2)));
  const hasAll = asked.every(([key, digest]) => {
    const record = cache.lookup(key, () => true);
    return record !== undefined && digestJson({ ...record }) === digest;
  });
  const isWhole = problems.length + cache.problems().length === 0;
  cache.close();
  return hasAll && isWhole;
}
