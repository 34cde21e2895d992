import { hash } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";

/** Loading Node's own `crypto` takes as long as hashing so many bytes without it; a cached run of a small repository hashes fewer. */
const CHEAPER_WITHOUT = 96 * 1024;

let hashed = 0;

/** The sha256 of these bytes, or of the UTF-8 bytes of this text, as 64 lower-case hexadecimal digits. */
export function sha256Hex(data: Uint8Array | string): string {
  if (hashed + data.length > CHEAPER_WITHOUT) return hash("sha256", data, "hex");
  hashed += data.length;
  const digest = sha256(typeof data === "string" ? Buffer.from(data) : data);
  return Buffer.from(digest.buffer, digest.byteOffset, digest.length).toString("hex");
}
