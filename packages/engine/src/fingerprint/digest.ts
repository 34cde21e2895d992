import { canonicalJson } from "../core/json.ts";
import { digestOf } from "./files/hash-file.ts";
import type { Digest } from "./record.ts";

/** sha256 of bytes, or of a text's UTF-8. */
export function sha256(data: string | Uint8Array): Digest {
  return digestOf(data);
}

/** sha256 of a value's canonical JSON. */
export function digestJson(value: unknown): Digest {
  return sha256(canonicalJson(value));
}
