import { absolutePath, type RepoPath } from "../core/path.ts";
import { fileMode, isSettled, sameStat, statOf, type FileStat } from "../fingerprint/files/file-stat.ts";
import { hashFile, type Digest } from "../fingerprint/files/hash-file.ts";

/** How a file looks from outside, and what it holds where that alone would not tell. */
export interface FileState {
  readonly stat: FileStat;
  /** Whether it was edited so shortly before that another edit may bear the same time. */
  readonly isFresh: boolean;
  /** Of its bytes; present where it is fresh, or was and is to be compared. */
  readonly digest?: Digest;
}

/** Looks at a file at `nowMs`, milliseconds since 1970; `before` is how it looked last. Undefined where none is, or where nobody may look. */
export function lookAtFile(
  root: string,
  path: RepoPath,
  { before, nowMs }: { readonly before: FileState | undefined; readonly nowMs: number },
): FileState | undefined {
  const place = absolutePath(root, path);
  try {
    const stat = statOf(place);
    const mode = stat && fileMode(stat);
    if (stat === undefined || mode === undefined) return undefined;
    const isFresh = !isSettled(stat, nowMs);
    // A link is made anew, never edited.
    const isRead = mode !== "120000" && (isFresh || (before?.isFresh === true && sameStat(before.stat, stat)));
    return isRead ? { stat, isFresh, digest: hashFile(place, stat.size) } : { stat, isFresh };
  } catch {
    return undefined;
  }
}

/** Whether a file is what it was, as far as the two looks tell. Pure. */
export function isSame(before: FileState, after: FileState): boolean {
  const held = before.digest === undefined || after.digest === undefined || before.digest === after.digest;
  return held && sameStat(before.stat, after.stat);
}
