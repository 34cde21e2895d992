import { readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../core/json.ts";
import type { FileStat } from "../fingerprint/files/file-stat.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";

/** The digest of these names of a folder's entries, in whatever order. */
export function namesDigest(names: readonly string[]): Digest {
  return digestOf([...names].sort(byCodeUnit).join("\0"));
}

/**
 * The digest of the names in a folder. Folders that hold nothing but such folders do not count: no file is lost or found
 * in them. Throws what the file system throws.
 */
export function folderDigest(absolute: string): Digest {
  const entries = readdirSync(absolute, { withFileTypes: true });
  const counted = entries.filter((entry) => !entry.isDirectory() || !isHollow(join(absolute, entry.name)));
  return namesDigest(counted.map(({ name }) => name));
}

/** Whether this is a folder's state. */
export function isFolder({ mode }: FileStat): boolean {
  return (mode & 0o170_000) === 0o040_000;
}

function isHollow(folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).every(
    (entry) => entry.isDirectory() && isHollow(join(folder, entry.name)),
  );
}
