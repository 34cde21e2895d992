import { join } from "node:path";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { type FrameRef, parseFrame } from "./frame.ts";
import { type FrameFile, openFrameFile, type Skipped } from "./frame-file.ts";
import { type CacheRecord, type FoundDependency, isCacheRecord } from "./record.ts";

/** The records of a cache, found by key. What cannot be read or understood is as if it were not there, and is counted. */
export interface Records {
  /** The newest record under this key of whose found dependencies each passes `check`. Throws what the file system throws. */
  find(key: Digest, check: (dependency: FoundDependency) => boolean): CacheRecord | undefined;
  /** Every record under this key, the newest first. Throws what the file system throws. */
  under(key: Digest): readonly CacheRecord[];
  /** Every record that can be read, oldest first. Throws what the file system throws. */
  all(): readonly CacheRecord[];
  /** Throws what the file system throws. */
  append(record: CacheRecord): void;
  /** Makes the next look take in what other processes have appended. */
  reload(): void;
  /** What was passed over so far. */
  skipped(): Skipped;
}

interface Bucket {
  readonly file: FrameFile;
  readonly index: Map<string, FrameRef[]>;
  isFresh: boolean;
}

/** The prefixes of keys that have a file each: a run of few tasks then reads little of a big cache. */
export const BUCKETS: readonly string[] = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, "0"));

/** The file that holds the records under keys with this prefix. */
export function bucketFile(folder: string, prefix: string): string {
  return join(folder, `${prefix}.frames`);
}

/** The prefix of the keys whose records are in this file. */
export function prefixOfFile(file: string): string {
  return file.slice(file.lastIndexOf(".") - 2, file.lastIndexOf("."));
}

/** Opens the records in a folder, which need not exist. A bucket is read whole when it is first needed; a record is checked when it is asked for. */
export function openRecords(folder: string): Records {
  const buckets = new Map<string, Bucket>();
  const spoiled = new Set<FrameRef>();
  const outdated = new Set<FrameRef>();
  let [damaged, foreign] = [0, 0];
  const load = (prefix: string): Bucket => {
    const bucket = buckets.get(prefix) ?? emptyBucket(bucketFile(folder, prefix));
    buckets.set(prefix, bucket);
    if (bucket.isFresh) return bucket;
    const skipped = fill(bucket, prefix);
    damaged += skipped.damaged;
    foreign += skipped.foreign;
    return bucket;
  };
  const decode = (ref: FrameRef): CacheRecord | undefined => {
    const frame = parseFrame(ref);
    if (isCacheRecord(frame?.value) && frame.value.key === frame.name) return frame.value;
    (isOfOtherFormat(frame?.value) ? outdated : spoiled).add(ref);
    return undefined;
  };
  const prefixOf = (key: Digest): string => key.slice(0, 2);
  return {
    find: (key, check) => firstOf(load(prefixOf(key)).index.get(key) ?? [], decode, check),
    under: (key) =>
      (load(prefixOf(key)).index.get(key) ?? [])
        .toReversed()
        .map(decode)
        .filter((record) => record !== undefined),
    all() {
      const refs = BUCKETS.flatMap((prefix) => [...load(prefix).index.values()].flat());
      const records = refs.map(decode).filter((record) => record !== undefined);
      return records.sort((a, b) => a.storedAt - b.storedAt);
    },
    append(record) {
      const bucket = load(prefixOf(record.key));
      bucket.file.append(frameOf(record));
      bucket.isFresh = false;
    },
    reload() {
      for (const bucket of buckets.values()) bucket.isFresh = false;
    },
    skipped: () => ({ damaged: damaged + spoiled.size, foreign: foreign + outdated.size }),
  };
}

function isOfOtherFormat(value: unknown): boolean {
  return typeof value === "object" && value !== null && "v" in value && value.v !== 1;
}

function frameOf(record: CacheRecord): { readonly name: string; readonly json: string } {
  return { name: record.key, json: JSON.stringify(record) };
}

function emptyBucket(file: string): Bucket {
  return { file: openFrameFile(file), index: new Map(), isFresh: false };
}

/** A record in a file of other keys' records is never asked for: it is damage, not a record. */
function fill(bucket: Bucket, prefix: string): Skipped {
  const { file, index } = bucket;
  let misplaced = 0;
  bucket.isFresh = true;
  const { damaged, foreign } = file.read(
    (name, ref) => {
      if (!name.startsWith(prefix)) misplaced += 1;
      const refs = index.get(name);
      if (refs === undefined) index.set(name, [ref]);
      else refs.push(ref);
    },
    () => index.clear(),
  );
  return { damaged: damaged + misplaced, foreign };
}

function firstOf(
  refs: readonly FrameRef[],
  decode: (ref: FrameRef) => CacheRecord | undefined,
  check: (dependency: FoundDependency) => boolean,
): CacheRecord | undefined {
  for (let at = refs.length - 1; at >= 0; at -= 1) {
    const ref = refs[at];
    const record = ref && decode(ref);
    if (record?.found.every(check) === true) return record;
  }
  return undefined;
}
