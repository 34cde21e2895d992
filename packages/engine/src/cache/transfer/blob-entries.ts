import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import { type Blobs, blobPath } from "../blobs.ts";
import { textsNamedBy } from "../fingerprint-texts.ts";
import { blobsOf, type CacheRecord } from "../record.ts";
import type { Entry } from "./archive-writer.ts";

/** The blobs of a cache, as an export reads them. */
export interface BlobSource {
  readonly blobs: Blobs;
  /** Of each blob that was there when the export began. */
  readonly sizes: ReadonlyMap<Digest, number>;
  /** Where blobs lie. */
  readonly folder: string;
}

/** The entries for the blobs of some records, and what became of them as far as they were asked for. */
export interface BlobEntries {
  /** How many there are at most. */
  readonly count: number;
  readonly entries: Iterable<Entry>;
  readonly isWritten: (digest: Digest) => boolean;
  /** Whether every blob that the record names was written. */
  readonly isWhole: (record: CacheRecord) => boolean;
}

/** Blobs up to this size are read once; larger ones twice, so that none is written before it is known to be right. */
const WHOLE_MAX = 1024 * 1024;

/** The blobs that these records name, and the texts that their fingerprints name: each once, and only those that are right. */
export function blobEntries(records: readonly CacheRecord[], source: BlobSource): BlobEntries {
  const named = new Set([
    ...records.flatMap(blobsOf),
    ...records.flatMap(({ fingerprint }) => textsNamedBy(fingerprint, source.blobs)),
  ]);
  const present = [...named].filter((digest) => source.sizes.has(digest));
  const written = new Set<Digest>();
  function* entries(): Generator<Entry> {
    for (const digest of present) {
      const entry = entryOf(digest, source);
      if (entry === undefined) continue;
      written.add(digest);
      yield entry;
    }
  }
  return {
    count: present.length,
    entries: entries(),
    isWritten: (digest) => written.has(digest),
    isWhole: (record) => blobsOf(record).every((digest) => written.has(digest)),
  };
}

function entryOf(digest: Digest, { blobs, sizes, folder }: BlobSource): Entry | undefined {
  if ((sizes.get(digest) ?? 0) > WHOLE_MAX) {
    if (!blobs.check(digest).ok) return undefined;
    const file = blobPath(folder, digest);
    return { head: { kind: "blob", name: digest, size: statSync(file).size }, bytes: verifiedPieces(file, digest) };
  }
  const bytes = blobs.get(digest);
  return bytes.ok
    ? { head: { kind: "blob", name: digest, size: bytes.value.length }, bytes: [bytes.value] }
    : undefined;
}

/** The bytes of a blob in pieces; throws where they are not right any more. */
function* verifiedPieces(file: string, digest: Digest): Generator<Buffer> {
  const handle = openSync(file, "r");
  const sum = createHash("sha256");
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(WHOLE_MAX);
      const length = readSync(handle, piece);
      if (length === 0) break;
      sum.update(piece.subarray(0, length));
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
  if (sum.digest("hex") !== digest)
    throw new Error(`the blob ${digest.slice(0, 12)} changed while it was being exported`);
}
