import { blobPath } from "../cache/blobs.ts";
import { layoutOf } from "../cache/layout.ts";
import type { CacheRecord } from "../cache/record.ts";
import { bucketFile, BUCKETS } from "../cache/records.ts";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { allSeen } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/**
 * The files that hold these records, and the blobs that were read with them. What was not touched since shortly before the
 * run began (milliseconds since 1970) holds what the run read. Undefined where one of them is gone.
 */
export function seeRecords(
  directory: string,
  records: readonly CacheRecord[],
  startedAt: number,
): readonly SeenPath[] | undefined {
  const { records: folder, blobs } = layoutOf(directory);
  const used = new Set(records.map(({ key }) => key.slice(0, 2)));
  const read = records.filter(({ inline }) => inline?.evidence === undefined).map(({ evidence }) => evidence);
  const seen = (path: string, kind: "records" | "file", digest: string): SeenPath | undefined => {
    const stat = statOf(path);
    return stat && { path, kind, digest, stat, isSettled: isSettled(stat, startedAt) };
  };
  return allSeen([
    ...BUCKETS.filter((prefix) => used.has(prefix)).map((prefix) => seen(bucketFile(folder, prefix), "records", "")),
    ...[...new Set(read)].map((digest) => seen(blobPath(blobs, digest), "file", digest)),
  ]);
}
