import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { TestRepository } from "../../../support/repository.ts";

/** The bytes of all files of a cache, by path from its folder. */
export type CacheFiles = ReadonlyMap<string, Buffer>;

/** Ways in which a file of the cache can be damaged; undefined: it is deleted. */
export const DAMAGES: Readonly<Record<string, (path: string, files: CacheFiles) => Buffer | undefined>> = {
  truncated: (path, files) => bytesOf(path, files).subarray(0, Math.floor(bytesOf(path, files).length / 2)),
  emptied: () => Buffer.alloc(0),
  "bit-flipped": (path, files) => {
    const bytes = Buffer.from(bytesOf(path, files));
    const at = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  },
  "replaced by another's": (path, files) => bytesOf(otherOf(path, files), files),
  "of an older format": (path, files) => Buffer.from(asOlder(bytesOf(path, files).toString("latin1")), "latin1"),
  deleted: () => undefined,
};

/** Where the cache of a repository lies, if nothing moves it. */
export function cacheOf({ root }: Pick<TestRepository, "root">): string {
  return join(root, ".git/symbiotic");
}

/** Reads all of a cache. */
export function readCache(folder: string): CacheFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/** Makes a cache hold these files and nothing else. */
export function writeCache(folder: string, files: CacheFiles): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The same files, with one of them damaged. */
export function damaged(files: CacheFiles, path: string, bytes: Buffer | undefined): CacheFiles {
  const copy = new Map(files);
  if (bytes === undefined) copy.delete(path);
  else copy.set(path, bytes);
  return copy;
}

/** A line of a file of records that is whole: `json` under `name`. */
export function frame(name: string, json: string): Buffer {
  const body = `${name} ${json}`;
  return Buffer.from(`\n1 ${createHash("sha256").update(body).digest("hex").slice(0, 32)} ${body}\n`, "latin1");
}

/** The records of a cache, with the file that each lies in. */
export function recordsIn(files: CacheFiles): readonly { readonly path: string; readonly record: StoredRecord }[] {
  return [...files].flatMap(([path, bytes]) =>
    path.endsWith(".frames") && path.startsWith("records")
      ? bytes
          .toString("latin1")
          .split("\n")
          .filter(Boolean)
          .map((line) => ({ path, record: JSON.parse(line.slice(line.indexOf("{"))) as StoredRecord }))
      : [],
  );
}

/** What the tests need of a record. */
export interface StoredRecord {
  readonly v: number;
  readonly key: string;
  readonly task: string;
  readonly outputs: readonly { readonly path: string; readonly blob: string }[];
}

function bytesOf(path: string, files: CacheFiles): Buffer {
  return files.get(path) ?? Buffer.alloc(0);
}

/** A whole file of the same kind with other bytes; any other where there is none. */
function otherOf(path: string, files: CacheFiles): string {
  const others = [...files.keys()].filter((other) => !bytesOf(other, files).equals(bytesOf(path, files)));
  const [kind = ""] = path.split("/");
  return others.find((other) => other.startsWith(`${kind}/`)) ?? others[0] ?? path;
}

/** What an earlier version may have written: lines begin with the number of their format. */
function asOlder(text: string): string {
  return /^\n?1 /.test(text) ? text.replace(/^1 /gm, "0 ") : `0 ${text}`;
}
