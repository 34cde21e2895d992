import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { type Digest, digestOf, hashFile, readInChunks } from "../fingerprint/files/hash-file.ts";
import { uniqueName, withFolder, writeAtomically } from "../fingerprint/files/write-atomically.ts";
import { damagedBlob, missingBlob, unreadable } from "./problems.ts";
import { isDigest } from "./record.ts";

/** Bytes kept under their sha256. A reader gets the bytes that the name says, or a failure. */
export interface Blobs {
  /** Keeps these bytes. Throws what the file system throws. */
  put(bytes: Uint8Array): Digest;
  /** Keeps the bytes of a file, whatever its size. Throws what the file system throws. */
  putFile(file: string | Buffer): { readonly digest: Digest; readonly size: number };
  get(digest: Digest): Result<Buffer, Diagnostic>;
  /** Writes the bytes to a new file in a folder that exists, whatever their size. A failure leaves no part of a file. */
  copyTo(digest: Digest, file: string | Buffer): Result<null, Diagnostic>;
  /** Reads a blob and looks whether its bytes are right. */
  check(digest: Digest): Result<null, Diagnostic>;
  /** Whether a blob of this name and size is there; its bytes are not looked at. */
  has(digest: Digest, size?: number): boolean;
}

/** Where a blob lies below the blob folder. */
export function blobPath(folder: string, digest: Digest): string {
  return join(folder, digest.slice(0, 2), digest.slice(2));
}

/** Opens the blobs in a folder; `temporary`, on the same file system, holds those in the making. */
export function openBlobs(folder: string, temporary: string): Blobs {
  const place = (digest: Digest): string => blobPath(folder, digest);
  /** Whether the blob is there already; if so it is made young again, so that a prune beside us leaves it. */
  const isKept = (digest: Digest, size: number): boolean => {
    if (sizeOf(place(digest)) !== size) return false;
    try {
      const now = Date.now() / 1000;
      utimesSync(place(digest), now, now);
      return true;
    } catch {
      return false;
    }
  };
  return {
    put(bytes) {
      const digest = digestOf(bytes);
      if (!isKept(digest, bytes.length)) replace(place(digest), () => writeAtomically(place(digest), bytes, temporary));
      return digest;
    },
    putFile(file) {
      const made = join(temporary, `${uniqueName()}.tmp`);
      try {
        const { digest, size } = withFolder(temporary, () => copyHashing(file, made));
        const to = place(digest);
        if (!isKept(digest, size)) replace(to, () => withFolder(dirname(to), () => renameSync(made, to)));
        return { digest, size };
      } finally {
        rmSync(made, { force: true });
      }
    },
    get: (digest) =>
      checked(place(digest), digest, () => {
        const value = readFileSync(place(digest));
        return { value, digest: digestOf(value) };
      }),
    copyTo(digest, file) {
      const result = checked(place(digest), digest, () => ({
        value: null,
        digest: copyHashing(place(digest), file).digest,
      }));
      if (!result.ok) rmSync(file, { force: true });
      return result;
    },
    check: (digest) =>
      checked(place(digest), digest, () => {
        const size = sizeOf(place(digest)) ?? 0;
        return { value: null, digest: hashFile(place(digest), size) };
      }),
    has: (digest, size) => {
      const found = sizeOf(place(digest));
      return found !== undefined && (size === undefined || found === size);
    },
  };
}

/** Does a rename onto a blob's place; what is in the way and is no file goes first. */
function replace(place: string, rename: () => void): void {
  try {
    rename();
  } catch (error) {
    if (!["EISDIR", "ENOTEMPTY", "EEXIST", "EPERM"].includes(errorCode(error))) throw error;
    rmSync(place, { recursive: true, force: true });
    rename();
  }
}

function checked<T>(
  place: string,
  digest: Digest,
  read: () => { readonly value: T; readonly digest: Digest },
): Result<T, Diagnostic> {
  // A name that is no digest could be the path of something else.
  if (!isDigest(digest)) return fail(missingBlob(digest));
  try {
    const found = read();
    if (found.digest === digest) return ok(found.value);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return fail(missingBlob(digest));
    if (errorCode(error) !== "EISDIR") return fail(unreadable(`the blob ${digest.slice(0, 12)}`, error));
  }
  discard(place);
  return fail(damagedBlob(digest));
}

function discard(place: string): void {
  try {
    rmSync(place, { recursive: true, force: true });
  } catch {
    // It is never served, whether or not it can be removed.
  }
}

function copyHashing(from: string | Buffer, to: string | Buffer): { readonly digest: Digest; readonly size: number } {
  const sum = createHash("sha256");
  let size = 0;
  const output = openSync(to, "wx");
  try {
    readInChunks(from, (chunk) => {
      sum.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(output, chunk, at);
      size += chunk.length;
    });
  } finally {
    closeSync(output);
  }
  return { digest: sum.digest("hex"), size };
}

function sizeOf(file: string): number | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() === true ? found.size : undefined;
  } catch {
    return undefined;
  }
}
