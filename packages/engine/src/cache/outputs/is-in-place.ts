import { fileMode, type FileStat, isSettled, statOf } from "../../fingerprint/files/file-stat.ts";
import type { FileMemo } from "../../fingerprint/files/file-digests.ts";
import { type Digest, hashFile, hashLink } from "../../fingerprint/files/hash-file.ts";
import { type RepoPath, absolutePath } from "../../core/path.ts";
import type { RecordOutput } from "../record.ts";

/** Whether the work tree holds this output already: its bytes, or a state that they are known to be in, and its mode. */
export function isInPlace(root: string, output: RecordOutput, memo: FileMemo): boolean {
  try {
    const stat = statOf(absolutePath(root, output.path));
    if (stat === undefined || fileMode(stat) !== output.mode || stat.size !== output.size) return false;
    return currentDigest(root, output.path, stat, memo) === output.blob;
  } catch {
    return false;
  }
}

/** The digest of a file or link that is in this state. Throws what reading throws. */
export function currentDigest(root: string, path: RepoPath, stat: FileStat, memo: FileMemo): Digest {
  const known = memo.get(path, stat);
  if (known !== undefined) return known;
  const settled = isSettled(stat, Date.now());
  const absolute = absolutePath(root, path);
  const digest = fileMode(stat) === "120000" ? hashLink(absolute) : hashFile(absolute, stat.size);
  if (settled) memo.set(path, stat, digest);
  return digest;
}
