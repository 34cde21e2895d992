import type { Evidence } from "../core/evidence.ts";
import type { Cache } from "../cache/cache.ts";
import type { CacheRecord } from "../cache/record.ts";
import { isFoundHere, type FoundHost } from "./found-dependencies.ts";
import type { Prepared } from "./prepare.ts";

/** A record that was found, with its evidence. */
export interface Hit {
  readonly record: CacheRecord;
  readonly evidence: Evidence;
}

/** Looks a prepared task up; a record whose evidence cannot be read whole is a miss. */
export function lookUp(prepared: Prepared, cache: Cache, host: FoundHost): Hit | undefined {
  const record = cache.lookup(prepared.fingerprint.key, (dependency) => isFoundHere(dependency, host));
  if (record === undefined) return undefined;
  const blob = cache.readBlob(record.evidence);
  return blob.ok ? { record, evidence: JSON.parse(blob.value.toString("utf8")) as Evidence } : undefined;
}
