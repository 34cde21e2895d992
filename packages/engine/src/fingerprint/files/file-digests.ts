import { type Diagnostic, errorOf } from "../../core/diagnostic.ts";
import { type RepoPath, absolutePath, decodePath } from "../../core/path.ts";
import { fail, ok } from "../../core/result.ts";
import { errorCode, fileMode, type FileStat, isSettled, sameStat, statOf } from "./file-stat.ts";
import type { DigestResult, FileDigest } from "./file-digest.ts";
import { fileBehind } from "./file-behind.ts";
import { type Digest, digestOf, hashFile, hashLink } from "./hash-file.ts";
import { type ListSubmodule, submoduleDigest } from "./submodule-digest.ts";

/** Remembers digests by the state that a file was in. It may forget anything; it may never answer for another state. */
export interface FileMemo {
  get(path: RepoPath, stat: FileStat): Digest | undefined;
  set(path: RepoPath, stat: FileStat, digest: Digest): void;
}

/** The digests of the files of one work tree. */
export interface FileDigests {
  /** The digest as it was when first asked for, so that one run sees one state of each file. */
  readonly digest: (path: RepoPath) => DigestResult;
  /**
   * Looks at the disk again, and gives those paths that are no longer what `digest` said, or that were touched meanwhile,
   * in the order given. `digest` goes on to say what it said.
   */
  readonly verify: (paths: Iterable<RepoPath>) => readonly RepoPath[];
  /** All that was looked at, each path as it was when it was first asked for. */
  readonly looks: () => Iterable<readonly [path: RepoPath, look: Look]>;
  /** Forgets what this run has seen of these paths, or of all: the next `digest` looks at the disk. */
  readonly refresh: (paths?: Iterable<RepoPath>) => void;
}

/** What file digests need from outside. */
export interface FileDigestsOptions {
  /** The absolute path of the work tree. */
  readonly root: string;
  readonly memo: FileMemo;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /** Without it a submodule has no digest. */
  readonly listSubmodule?: ListSubmodule;
}

/** What a look at a path found. */
export interface Look {
  readonly result: DigestResult;
  /** The state of the file that was looked at; absent where there was none. */
  readonly stat?: FileStat;
}

/** Digests of files below a root, each read at most once a run, and not at all while a memo knows its state. Synchronous. */
export function createFileDigests(options: FileDigestsOptions): FileDigests {
  const seen = new Map<RepoPath, Look>();
  const look = (path: RepoPath): Look => {
    const found = lookAt(path, options);
    seen.set(path, found);
    return found;
  };
  return {
    looks: () => seen,
    digest: (path) => (seen.get(path) ?? look(path)).result,
    // The first look stays what is compared with: keys of tasks that still wait were made from it.
    verify: (paths) => [...paths].filter((path) => !isSame(seen.get(path), lookAt(path, options))),
    refresh(paths) {
      if (paths === undefined) seen.clear();
      else for (const path of paths) seen.delete(path);
    },
  };
}

/** The same bytes in the same file, untouched: an edit that was undone is a change too, since a task may have read it. */
function isSame(before: Look | undefined, after: Look): boolean {
  if (before?.result.ok !== true || !after.result.ok) return false;
  const [a, b] = [before.result.value, after.result.value];
  if (a?.sha256 !== b?.sha256 || a?.mode !== b?.mode) return false;
  return before.stat === undefined || after.stat === undefined || sameStat(before.stat, after.stat);
}

function lookAt(path: RepoPath, options: FileDigestsOptions): Look {
  const absolute = absolutePath(options.root, path);
  try {
    const stat = statOf(absolute);
    const mode = stat && fileMode(stat);
    if (stat === undefined) return { result: ok(undefined) };
    if (mode === undefined) return { result: lookInto(path, options) };
    const sha256 = digestAt(path, { absolute, stat, isLink: mode === "120000" }, options);
    return mode === "120000"
      ? lookThrough({ path, mode, sha256 }, { absolute, stat, options })
      : { result: ok({ path, mode, sha256 }), stat };
  } catch (error) {
    return { result: errorCode(error) === "ENOENT" ? ok(undefined) : fail(unreadable(path, error)) };
  }
}

interface Place {
  readonly absolute: string | Buffer;
  readonly stat: FileStat;
  readonly isLink: boolean;
}

function digestAt(path: RepoPath, { absolute, stat, isLink }: Place, { memo, now }: FileDigestsOptions): Digest {
  const known = memo.get(path, stat);
  if (known !== undefined) return known;
  // The time is taken before the bytes are read: a change after it is then sure to show.
  const settled = isSettled(stat, now());
  const sha256 = isLink ? hashLink(absolute) : hashFile(absolute, stat.size);
  if (settled) memo.set(path, stat, sha256);
  return sha256;
}

/** What reads a link reads the file behind it, inside the repository or not. Its place is in no key. */
function lookThrough(
  link: FileDigest,
  { absolute, stat, options }: Omit<Place, "isLink"> & { readonly options: FileDigestsOptions },
): Look {
  const behind = fileBehind(absolute);
  if (behind === undefined) return { result: ok(link), stat };
  const bytes = digestAt(
    decodePath(behind.place),
    { absolute: behind.place, stat: behind.stat, isLink: false },
    options,
  );
  const sha256 = digestOf(`${link.sha256} ${fileMode(behind.stat) ?? ""} ${bytes}`);
  return { result: ok({ ...link, sha256 }), stat: behind.stat };
}

/** A folder is an input only where it is a submodule. */
function lookInto(path: RepoPath, options: FileDigestsOptions): DigestResult {
  const { listSubmodule } = options;
  return listSubmodule === undefined || path === "."
    ? ok(undefined)
    : submoduleDigest(path, listSubmodule, (inside) => lookAt(inside, options).result);
}

function unreadable(path: RepoPath, error: unknown): Diagnostic {
  const reason = errorCode(error) || String(error);
  return errorOf("SYM6001", `cannot read ${path.toWellFormed()}, which a task depends on: ${reason}`, {
    location: { file: path.toWellFormed() },
    hint: "make the file readable, or leave it out of the task's inputs",
  });
}
