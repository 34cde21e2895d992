import type { Blobs } from "./blobs.ts";
import { blobsOf, type CacheRecord } from "./record.ts";

/** Whether all blobs that a record names are there, outputs in their size; bytes are not looked at. */
export function isWhole(record: CacheRecord, blobs: Pick<Blobs, "has">): boolean {
  return (
    blobsOf(record).every((digest) => blobs.has(digest)) &&
    record.outputs.every(({ blob, size }) => blobs.has(blob, size))
  );
}
