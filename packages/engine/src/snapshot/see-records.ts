import { bucketFile, BUCKETS } from "../cache/records.ts";
import { layoutOf } from "../cache/layout.ts";
import { statOf } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/**
 * The files that hold these records. Their state is taken as it is: what was read out of them is in the snapshot, so that
 * a change that the state does not show spoils no result.
 */
export function seeRecords(cache: string, keys: readonly Digest[]): readonly SeenPath[] {
  const used = new Set(keys.map((key) => key.slice(0, 2)));
  return BUCKETS.filter((prefix) => used.has(prefix)).flatMap((prefix): SeenPath[] => {
    const path = bucketFile(layoutOf(cache).records, prefix);
    const stat = statOf(path);
    return stat === undefined ? [] : [{ path, kind: "records", digest: "", stat, isSettled: true }];
  });
}

/** The prefix of the keys whose records are in a file. */
export function prefixOfFile(path: string): string {
  return path.slice(path.lastIndexOf(".") - 2, path.lastIndexOf("."));
}
