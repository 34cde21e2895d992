import { fileMode, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { hashFile } from "../fingerprint/files/hash-file.ts";
import { placeDigest } from "./look-again.ts";
import type { SeenPath } from "./seen-paths.ts";

/** That nothing lies at a path. */
export function absent(path: string): SeenPath {
  return { path, kind: "absent", digest: "", isSettled: true };
}

/**
 * A file that was read at some time since a run began (milliseconds since 1970), by who does not tell what the bytes were:
 * undefined where it may have been touched since. Absolute. Throws what the file system throws.
 */
export function untouched(path: string, startedAt: number): SeenPath | undefined {
  const stat = statOf(path);
  const mode = stat && fileMode(stat);
  // A link's state says nothing of what is behind it.
  if (stat === undefined || mode === undefined || mode === "120000" || !isSettled(stat, startedAt)) return undefined;
  return { path, kind: "file", digest: hashFile(path, stat.size), stat, isSettled: true };
}

/** The same for a file that may not have been there. */
export function untouchedOrAbsent(path: string, startedAt: number): SeenPath | undefined {
  return statOf(path) === undefined ? absent(path) : untouched(path, startedAt);
}

/** That a file or a folder lies at a path; undefined where it is anything else. `path`: as it is to be kept, `absolute`: where it lies. */
export function entry(path: string, absolute: string, type: "file" | "folder"): SeenPath | undefined {
  const stat = statOf(absolute);
  const isType = stat !== undefined && (stat.mode & 0o170_000) === (type === "file" ? 0o100_000 : 0o040_000);
  return isType ? { path, kind: "entry", digest: "", stat, isSettled: true } : undefined;
}

/** Where a path leads. Absolute. Throws what the file system throws. */
export function place(path: string): SeenPath {
  return { path, kind: "place", digest: placeDigest(path), isSettled: false };
}

/** All of these, or undefined where one of them could not be seen. */
export function allSeen(seen: readonly (SeenPath | undefined)[]): readonly SeenPath[] | undefined {
  return seen.every((each) => each !== undefined) ? seen : undefined;
}
