import { canonicalJson } from "../core/json.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { blobsOf, type CacheRecord } from "./record.ts";

/** How much a cache may keep. */
export interface PruneLimits {
  /** Of all blobs together. */
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** Which records stay. */
export interface Choice {
  readonly kept: readonly CacheRecord[];
  /** The JSON of those that go. */
  readonly dropped: ReadonlySet<string>;
}

/** Results of one key that differ in what running it found. */
const PER_KEY = 16;

/**
 * Chooses, newest first, the records that stay: of each key and of what it found the newest, as long as the limits allow.
 * `records` are sorted, oldest first; `sizes` are those of the blobs.
 */
export function chooseRecords(
  records: readonly CacheRecord[],
  sizes: ReadonlyMap<Digest, number>,
  limits: PruneLimits & { readonly now: number },
): Choice {
  const counted = new Set<Digest>();
  const seen = new Set<string>();
  const perKey = new Map<Digest, number>();
  const kept: CacheRecord[] = [];
  const dropped = new Set<string>();
  let bytes = 0;
  for (const record of records.toReversed()) {
    const same = `${record.key} ${canonicalJson(record.found)}`;
    const count = perKey.get(record.key) ?? 0;
    const fresh = [...new Set(blobsOf(record))].filter((digest) => !counted.has(digest));
    const more = fresh.reduce((sum, digest) => sum + (sizes.get(digest) ?? 0), 0);
    const isOld = seen.has(same) || count >= PER_KEY || limits.now - record.storedAt > limits.maxAgeMs;
    if (isOld || bytes + more > limits.maxBytes) {
      dropped.add(JSON.stringify(record));
      continue;
    }
    for (const digest of fresh) counted.add(digest);
    bytes += more;
    seen.add(same);
    perKey.set(record.key, count + 1);
    kept.push(record);
  }
  // The same record may have been appended twice.
  for (const record of kept) dropped.delete(JSON.stringify(record));
  return { kept, dropped };
}
