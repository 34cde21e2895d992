import { absolutePath, type RepoPath } from "../core/path.ts";
import { fileMode, isSettled, sameStat, statOf, type FileStat } from "../fingerprint/files/file-stat.ts";
import { hashFile, type Digest } from "../fingerprint/files/hash-file.ts";

/** How a file looks from outside, and what it holds where that alone would not show its next change. */
export interface FileState {
  readonly stat: FileStat;
  /** Present where the file was edited so shortly before, now or when it was looked at last, that another edit may bear the same time. */
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
    const isOpen = !isSettled(stat, nowMs) || (before?.digest !== undefined && sameStat(before.stat, stat));
    return isOpen && mode !== "120000" ? { stat, digest: hashFile(place, stat.size) } : { stat };
  } catch {
    return undefined;
  }
}

/** Whether a file is what it was, as far as the two looks tell. Pure. */
export function isSame(before: FileState, after: FileState): boolean {
  const held = before.digest === undefined || after.digest === undefined || before.digest === after.digest;
  return held && sameStat(before.stat, after.stat);
}
