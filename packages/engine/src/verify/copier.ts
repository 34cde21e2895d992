import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  utimesSync,
  type Stats,
} from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { absolutePath, ancestors, decodePath, encodePath, joinRepo, parentOf, type RepoPath } from "../core/path.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import type { Roots } from "../staged/node-modules.ts";
import { movedText } from "../staged/moved-text.ts";

/** Copies parts of one tree to the same paths of another. What is not there is left out. */
export interface Copier {
  /** A file, a link and the file that it leads to, or a folder with all that is in it. */
  copy(path: RepoPath): void;
}

/** A copier; of what `leaves` says nothing is copied. Files share their bytes where the file system can; no link leads back. */
export function createCopier(roots: Roots, leaves: (path: RepoPath) => boolean = () => false): Copier {
  const done = new Set<RepoPath>();
  const plain = new Set<RepoPath>(["."]);
  const copy = (path: RepoPath): void => {
    if (done.has(path) || leaves(path)) return;
    done.add(path);
    const link = linkAbove(path);
    if (link !== undefined) {
      copy(link);
      behind(path);
      return;
    }
    const stat = look(roots.from, path);
    if (stat === undefined) return;
    if (stat.isDirectory()) folder(path);
    else if (stat.isSymbolicLink()) {
      placeLink(path, roots);
      if (isFile(roots.from, path)) behind(path);
    } else if (stat.isFile()) whereReadable(() => placeFile(path, roots, stat));
  };
  /** The first of the folders above that is a link. */
  const linkAbove = (path: RepoPath): RepoPath | undefined => {
    for (const above of ancestors(parentOf(path)).reverse()) {
      if (plain.has(above)) continue;
      if (look(roots.from, above)?.isSymbolicLink() === true) return above;
      plain.add(above);
    }
    return undefined;
  };
  const behind = (path: RepoPath): void => {
    const target = realPlace(roots.from, path);
    if (target !== undefined) copy(target);
  };
  const folder = (path: RepoPath): void => {
    mkdirSync(absolutePath(roots.to, path), { recursive: true });
    for (const name of readdirSync(absolutePath(roots.from, path), { encoding: "buffer" }))
      if (name.toString("latin1") !== ".git") copy(joinRepo(path, decodePath(name)));
  };
  return { copy };
}

function placeFile(path: RepoPath, { from, to }: Roots, { atime, mtime, mode }: Stats): void {
  const place = absolutePath(to, path);
  mkdirSync(absolutePath(to, parentOf(path)), { recursive: true });
  copyFileSync(absolutePath(from, path), place, constants.COPYFILE_FICLONE);
  utimesSync(place, atime, mtime);
  if (process.platform !== "win32") chmodSync(place, mode & 0o777);
}

/** What this user may not read, no task of this user can. */
function whereReadable(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!["EACCES", "EPERM"].includes(errorCode(error))) throw error;
  }
}

function placeLink(path: RepoPath, { from, to }: Roots): void {
  const text = readlinkSync(absolutePath(from, path), { encoding: "buffer" });
  mkdirSync(absolutePath(to, parentOf(path)), { recursive: true });
  const isFolder = statSync(absolutePath(from, path), { throwIfNoEntry: false })?.isDirectory() === true;
  const target = movedText(decodePath(text), [[from, to]]);
  symlinkSync(encodePath(target), absolutePath(to, path), isFolder ? "dir" : "file");
}

/** Where a path leads to through links, in the repository; undefined where that is elsewhere or nowhere. */
function realPlace(root: string, path: RepoPath): RepoPath | undefined {
  try {
    const real = decodePath(realpathSync.native(absolutePath(root, path), { encoding: "buffer" }));
    const way = relative(root, real);
    return way === "" || way.startsWith("..") || isAbsolute(way) ? undefined : way.split(sep).join("/");
  } catch {
    return undefined;
  }
}

function isFile(root: string, path: RepoPath): boolean {
  try {
    return statSync(absolutePath(root, path)).isFile();
  } catch {
    return false;
  }
}

function look(root: string, path: RepoPath): Stats | undefined {
  try {
    return lstatSync(absolutePath(root, path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
