import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Digest, hashFile } from "../fingerprint/files/hash-file.ts";
import { uniqueName, withFolder } from "../fingerprint/files/write-atomically.ts";
import { type Blobs, blobPath } from "./blobs.ts";
import { isDigest } from "./record.ts";

/** A new file that is never there before, sharing its bytes with the other one where the file system can. */
const CLONE = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;

/**
 * Blobs that go in and out as clones: where the file system can share bytes between files a big output costs neither
 * their copying nor their space, elsewhere the system copies them. What counts is the digest of the clone, so nothing
 * is served or kept that was not read. Where a clone cannot be made, `blobs` does the work and says what is wrong.
 */
export function clonedBlobs(blobs: Blobs, { folder, temporary }: { folder: string; temporary: string }): Blobs {
  return {
    ...blobs,
    putFile(file) {
      const made = join(temporary, `${uniqueName()}.tmp`);
      try {
        return withFolder(temporary, () => keepClone(file, made, { blobs, folder }));
      } catch {
        return blobs.putFile(file);
      } finally {
        rmSync(made, { force: true });
      }
    },
    copyTo: (digest, file) =>
      isDigest(digest) && isCloned(blobPath(folder, digest), digest, file)
        ? { ok: true, value: null }
        : blobs.copyTo(digest, file),
  };
}

/** The permissions of a file that this process makes without further ado: they do not change while it runs. */
let usualMode: number | undefined;

/** Clones a file; whoever made it, the clone is as a new file of this process would be. Gives its digest and size. */
function clone(from: string | Buffer, to: string | Buffer): { readonly digest: Digest; readonly size: number } {
  if (usualMode === undefined) {
    usualMode = modeOfNew(to);
    rmSync(to);
  }
  copyFileSync(from, to, CLONE);
  const { mode, size } = statSync(to);
  if (process.platform !== "win32" && (mode & 0o777) !== usualMode) chmodSync(to, usualMode);
  return { digest: hashFile(to, size), size };
}

/** Makes an empty file and gives its permissions: the system tells them in no other way that is safe with threads. */
function modeOfNew(file: string | Buffer): number {
  const handle = openSync(file, "wx");
  try {
    return fstatSync(handle).mode & 0o777;
  } finally {
    closeSync(handle);
  }
}

function isCloned(blob: string, digest: Digest, file: string | Buffer): boolean {
  try {
    if (clone(blob, file).digest === digest) return true;
  } catch {
    // What is wrong with the blob is found out by who copies it.
  }
  rmSync(file, { force: true });
  return false;
}

function keepClone(
  file: string | Buffer,
  made: string,
  { blobs, folder }: { readonly blobs: Blobs; readonly folder: string },
): { readonly digest: Digest; readonly size: number } {
  const cloned = clone(file, made);
  const to = blobPath(folder, cloned.digest);
  const now = Date.now() / 1000;
  // Either way it is young, so that a prune beside us leaves it.
  if (blobs.has(cloned.digest, cloned.size)) utimesSync(to, now, now);
  else withFolder(dirname(to), () => renameSync(made, to));
  return cloned;
}
