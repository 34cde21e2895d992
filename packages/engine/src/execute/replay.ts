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
  const text = keptText(record, "evidence", cache);
  return text === undefined ? undefined : { record, evidence: JSON.parse(text) as Evidence };
}

/** A text that a record keeps, inline or as a blob; undefined where it cannot be read whole. */
export function keptText(
  record: CacheRecord,
  name: "evidence" | "log",
  cache: Pick<Cache, "readBlob">,
): string | undefined {
  const inline = record.inline?.[name];
  const digest = record[name];
  if (inline !== undefined || digest === null) return inline;
  const blob = cache.readBlob(digest);
  return blob.ok ? blob.value.toString("utf8") : undefined;
}
