import { readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../core/json.ts";
import type { FileStat } from "../fingerprint/files/file-stat.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";

/** What a folder holds, by name. */
export interface FolderNames {
  /** Of the names that count: folders that hold nothing but such folders do not, as no file is lost or found in them. */
  readonly digest: Digest;
  /** Whether all names count. If not, a file may come into a folder that did not, and this folder's state will not show it. */
  readonly isWhole: boolean;
}

/** The digest of these names of a folder's entries, in whatever order. */
export function namesDigest(names: readonly string[]): Digest {
  return digestOf([...names].sort(byCodeUnit).join("\0"));
}

/** The names in a folder. Throws what the file system throws. */
export function folderNames(absolute: string): FolderNames {
  const entries = readdirSync(absolute, { withFileTypes: true });
  const counted = entries.filter((entry) => !entry.isDirectory() || !isHollow(join(absolute, entry.name)));
  return { digest: namesDigest(counted.map(({ name }) => name)), isWhole: counted.length === entries.length };
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
