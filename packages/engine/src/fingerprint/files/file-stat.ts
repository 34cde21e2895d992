import { lstatSync } from "node:fs";

/** What the file system says of a file without its bytes being read: while it stays the same, so do they. */
export interface FileStat {
  readonly size: number;
  /** In milliseconds since 1970, with the fraction that the file system gives: a double holds it to a quarter of a microsecond, and costs half of what a bigint does. */
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  /** As the file system has it: type and permission bits. */
  readonly mode: number;
}

/** The mode under which git would keep a file. */
export type FileMode = "100644" | "100755" | "120000";

/** How old a change must be to be told from a later one by its time: the coarsest clock of a file system in use is 2 s. */
export const SAFE_MARGIN_MS = 2000;

const TYPE_BITS = 0o170_000;
const REGULAR = 0o100_000;
const LINK = 0o120_000;
const OWNER_EXECUTES = 0o100;

const NO_THROW = { throwIfNoEntry: false } as const;

/** The state of what lies at an absolute path, links not followed; `undefined` where nothing does. Throws what `lstat` throws. */
export function statOf(path: string | Buffer): FileStat | undefined {
  try {
    return lstatSync(path, NO_THROW);
  } catch (error) {
    // A file where a folder was expected: nothing can lie below it.
    if (errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The mode of a file or link; `undefined` for a folder and for all else that holds no bytes. Windows has no executable bit. */
export function fileMode(stat: FileStat): FileMode | undefined {
  const type = stat.mode & TYPE_BITS;
  if (type === LINK) return "120000";
  if (type !== REGULAR) return undefined;
  return process.platform !== "win32" && (stat.mode & OWNER_EXECUTES) !== 0 ? "100755" : "100644";
}

/** Whether nothing happened to the file between two looks, as far as the file system can tell. */
export function sameStat(a: FileStat, b: FileStat): boolean {
  return (
    a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino && a.mode === b.mode
  );
}

/**
 * Whether a change made after `nowMs` is sure to show in the times of a file that looks like this now. If not, its
 * state proves nothing later, and its bytes must be read again.
 */
export function isSettled(stat: FileStat, nowMs: number): boolean {
  return Math.max(stat.mtimeMs, stat.ctimeMs) + SAFE_MARGIN_MS < nowMs;
}

/** The code of a system error: `ENOENT`; an empty text for any other error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
