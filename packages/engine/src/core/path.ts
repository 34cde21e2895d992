import { isUtf8 } from "node:buffer";

/**
 * A path inside the repository: relative to its root, `/` between segments, no leading `./`; the root itself is `.`.
 * Bytes that are not UTF-8 are held as lone surrogates U+DC80 to U+DCFF (the convention of Python's `surrogateescape`),
 * so every path of a POSIX file system is a string, sorts, and survives JSON.
 */
export type RepoPath = string;

const ESCAPE_BASE = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/u;

/** The path that these bytes name. */
export function decodePath(bytes: Uint8Array): RepoPath {
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  let text = "";
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    if (length === 0) {
      text += String.fromCharCode(ESCAPE_BASE + (bytes[index] ?? 0));
      index += 1;
    } else {
      text += Buffer.from(bytes.subarray(index, index + length)).toString("utf8");
      index += length;
    }
  }
  return text;
}

/** What to hand to `node:fs`: the string itself, or its exact bytes where it holds some that are not UTF-8. */
export function encodePath(path: RepoPath): string | Buffer {
  return ESCAPED.test(path) ? pathBytes(path) : path;
}

/** Where a path of the repository whose root is `root` lies, in the form that `node:fs` takes. */
export function absolutePath(root: string, path: RepoPath): string | Buffer {
  return encodePath(path === "." ? root : `${root}/${path}`);
}

/** The bytes of a path, as the file system has them. */
export function pathBytes(path: RepoPath): Buffer {
  if (!ESCAPED.test(path)) return Buffer.from(path, "utf8");
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.charCodeAt(0);
    const escaped = character.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    parts.push(escaped ? Buffer.from([code - ESCAPE_BASE]) : Buffer.from(character, "utf8"));
  }
  return Buffer.concat(parts);
}

/** The length of the valid UTF-8 sequence that starts here, 0 where there is none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  for (let length = 1; length <= 4 && index + length <= bytes.length; length += 1) {
    if (isUtf8(bytes.subarray(index, index + length))) return length;
  }
  return 0;
}

/** `path` under the folder `parent`, where `.` stands for the root. */
export function joinRepo(parent: RepoPath, path: string): RepoPath {
  if (parent === ".") return path === "" ? "." : path;
  return path === "" || path === "." ? parent : `${parent}/${path}`;
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(folder: RepoPath, path: RepoPath): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

/** Whether a path is one of these folders or lies below one of them; to be asked of many paths. */
export function insideAny(folders: ReadonlySet<RepoPath>): (path: RepoPath) => boolean {
  if (folders.has(".")) return () => true;
  const lengths = [...new Set(Array.from(folders, ({ length }) => length))];
  // Most paths are not cut at all: no folder of such a length could end there.
  return (path) => lengths.some((at) => (path.length === at || path[at] === "/") && folders.has(path.slice(0, at)));
}

/** `path` as seen from `folder`, which must contain it. */
export function relativeTo(folder: RepoPath, path: RepoPath): string {
  if (folder === ".") return path;
  return path === folder ? "." : path.slice(folder.length + 1);
}

/** The last part of a path. */
export function nameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that holds `path`. */
export function parentOf(path: RepoPath): RepoPath {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** `folder` and each folder above it, up to and with the root, nearest first. */
export function ancestors(folder: RepoPath): RepoPath[] {
  const all = [folder];
  for (let at = folder; at !== "."; ) {
    at = parentOf(at);
    all.push(at);
  }
  return all;
}

/** The folders that a path lies in, nearest first, without the root. */
export function foldersOf(path: RepoPath): RepoPath[] {
  return ancestors(parentOf(path)).slice(0, -1);
}
