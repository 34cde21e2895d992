import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readlinkSync, readSync } from "node:fs";
import { sha256Hex } from "../../core/sha256.ts";

/** A sha256 as 64 lower-case hexadecimal digits. */
export type Digest = string;

const WHOLE_MAX = 16 * 1024 * 1024;
const CHUNK = 1024 * 1024;

/** The digest of these bytes, or of the UTF-8 bytes of this text. */
export function digestOf(bytes: Uint8Array | string): Digest {
  return sha256Hex(bytes);
}

/** The digest of a regular file's bytes; a big one is never held whole. Throws what reading throws. */
export function hashFile(path: string | Buffer, size: number): Digest {
  return size <= WHOLE_MAX ? digestOf(readFileSync(path)) : hashInChunks(path);
}

/** The digest of the text of a symbolic link, byte for byte. */
export function hashLink(path: string | Buffer): Digest {
  return digestOf(readlinkSync(path, { encoding: "buffer" }));
}

/** Hands the bytes of a file on in order, in pieces that are only valid during the call. */
export function readInChunks(path: string | Buffer, take: (chunk: Buffer) => void): void {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      take(buffer.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

function hashInChunks(path: string | Buffer): Digest {
  const sum = createHash("sha256");
  readInChunks(path, (chunk) => sum.update(chunk));
  return sum.digest("hex");
}
