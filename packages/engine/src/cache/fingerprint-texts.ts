import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { FingerprintRecord } from "../fingerprint/record.ts";
import type { Blobs } from "./blobs.ts";
import { isDigest } from "./record.ts";

/**
 * The texts that a kept fingerprint names: its file sets and the tool's identity. Without them `why` names no file; a
 * fingerprint that cannot be read names none.
 */
export function textsNamedBy(fingerprint: Digest, blobs: Pick<Blobs, "get" | "has">): readonly Digest[] {
  const text = blobs.has(fingerprint) ? blobs.get(fingerprint) : undefined;
  if (text?.ok !== true) return [];
  try {
    const { files, tool } = JSON.parse(text.value.toString("utf8")) as Partial<FingerprintRecord>;
    return [...(files ?? []).map(([, set]) => set), tool?.identity].filter(isDigest);
  } catch {
    return [];
  }
}
