import { closeSync, mkdirSync, openSync, renameSync, rmSync, utimesSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "../../fingerprint/files/file-stat.ts";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import { uniqueName } from "../../fingerprint/files/write-atomically.ts";
import { type Blobs, blobPath } from "../blobs.ts";
import type { CacheLayout } from "../layout.ts";
import type { BlobTarget } from "./archive-reader.ts";

/** Blobs that wait beside the cache until it is known that all of them are right. Its methods throw what the file system throws. */
export interface StagedBlobs {
  /** Where the bytes of a blob go; one that the cache has already is not written again. */
  readonly open: (digest: Digest, size: number) => BlobTarget;
  /** Puts all of them in place; gives how many are new to the cache, and their bytes. */
  settle(): { readonly blobs: number; readonly bytes: number };
  /** Removes what has not settled. To be called in the end. Does not throw. */
  close(): void;
}

/** Makes a place for blobs in the making, on the file system of the cache. */
export function stageBlobs(layout: CacheLayout, blobs: Blobs): StagedBlobs {
  const folder = join(layout.temporary, `import-${uniqueName()}`);
  const staged = new Map<Digest, number>();
  const known = new Set<Digest>();
  mkdirSync(folder, { recursive: true });
  return {
    open(digest, size) {
      if (staged.has(digest)) return NOWHERE;
      if (blobs.has(digest, size)) {
        known.add(digest);
        return NOWHERE;
      }
      staged.set(digest, size);
      return newFile(join(folder, digest));
    },
    settle() {
      for (const digest of known) makeYoung(blobPath(layout.blobs, digest));
      for (const digest of staged.keys()) place(join(folder, digest), blobPath(layout.blobs, digest));
      return { blobs: staged.size, bytes: [...staged.values()].reduce((sum, size) => sum + size, 0) };
    },
    close: () => removeFolder(folder),
  };
}

const NOWHERE: BlobTarget = { write: () => undefined, close: () => undefined };

function newFile(file: string): BlobTarget {
  const handle = openSync(file, "wx");
  return {
    write(piece) {
      for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at);
    },
    close: () => closeSync(handle),
  };
}

function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  makeYoung(from);
  try {
    renameSync(from, to);
  } catch (error) {
    if (!["EISDIR", "ENOTEMPTY", "EEXIST", "EPERM"].includes(errorCode(error))) throw error;
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
  }
}

/** A prune beside us leaves what is young. One that cannot be touched may be gone soon: its record is then not taken in. */
function makeYoung(file: string): void {
  try {
    const now = Date.now() / 1000;
    utimesSync(file, now, now);
  } catch {
    // See above.
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The next prune removes it.
  }
}
