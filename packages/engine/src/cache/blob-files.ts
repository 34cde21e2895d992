import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { isDigest } from "./record.ts";

/** A blob as it lies on disk. */
export interface BlobFile {
  readonly digest: Digest;
  readonly file: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly touchedAt: number;
}

/** All blobs in a folder, which need not exist; what has another name than a blob is left out. Throws what the file system throws. */
export function listBlobs(folder: string): readonly BlobFile[] {
  return namesIn(folder).flatMap((prefix) =>
    namesIn(join(folder, prefix)).flatMap((rest) => blobFile(prefix + rest, join(folder, prefix, rest))),
  );
}

/** The names in a folder; none where it does not exist or is no folder. Throws what else the file system throws. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return [];
    throw error;
  }
}

function blobFile(digest: string, file: string): readonly BlobFile[] {
  const stat = isDigest(digest) ? lstatSync(file, { throwIfNoEntry: false }) : undefined;
  return stat === undefined ? [] : [{ digest, file, size: stat.size, touchedAt: stat.mtimeMs }];
}
