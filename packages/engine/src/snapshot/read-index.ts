import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { readIndexNames, type IndexNames } from "./index-names.ts";

/** The file of a work tree's index. */
export function indexFile(gitDir: string): string {
  return join(gitDir, "index");
}

/** What the index of a work tree names now; undefined where it cannot be read. */
export function indexNamesIn(gitDir: string, hashLength: number): IndexNames | undefined {
  try {
    return readIndexNames(readFileSync(indexFile(gitDir)), hashLength);
  } catch {
    return undefined;
  }
}

/** The digest of that. */
export function indexDigest(gitDir: string, hashLength: number): Digest | undefined {
  return indexNamesIn(gitDir, hashLength)?.digest;
}
