import {
  chmodSync,
  copyFileSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";

/** What is to lie at a name. */
export type Entry =
  /** A link to another place; on Windows a junction, or a copy of a file. */
  | { readonly kind: "link"; readonly target: string }
  /** A copy of a file; made again when the file looks different. */
  | { readonly kind: "copy"; readonly source: string }
  | { readonly kind: "file"; readonly content: string; readonly mode: number }
  | { readonly kind: "folder"; readonly entries: Entries };

/** What a folder is to hold, by name. */
export type Entries = ReadonlyMap<string, Entry>;

/** Makes a folder hold exactly these entries. What is right already is not touched. Throws what the file system throws. */
export function putInPlace(folder: string, entries: Entries): void {
  if (!isFolder(look(folder))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  for (const name of readdirSync(folder))
    if (!entries.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  for (const [name, entry] of entries) putEntry(join(folder, name), entry);
}

/** Makes a place what the entry says, whatever was there. */
export function putEntry(place: string, entry: Entry): void {
  if (entry.kind === "folder") putInPlace(place, entry.entries);
  else if (!isInPlace(place, entry)) make(place, entry);
}

function isInPlace(place: string, entry: Exclude<Entry, { kind: "folder" }>): boolean {
  const stat = look(place);
  if (stat === undefined) return false;
  if (entry.kind === "link" && !isCopied(entry.target))
    return stat.isSymbolicLink() && isSamePath(readlinkSync(place), entry.target);
  if (!stat.isFile()) return false;
  if (entry.kind === "file") return hasMode(stat, entry.mode) && readFileSync(place, "utf8") === entry.content;
  const source = statSync(entry.kind === "link" ? entry.target : entry.source, { throwIfNoEntry: false });
  // Times that are set are set to the millisecond.
  return (
    source !== undefined &&
    stat.size === source.size &&
    Math.abs(stat.mtimeMs - source.mtimeMs) < 2 &&
    hasMode(stat, source.mode)
  );
}

function make(place: string, entry: Exclude<Entry, { kind: "folder" }>): void {
  rmSync(place, { recursive: true, force: true });
  if (entry.kind === "file") {
    writeFileSync(place, entry.content);
    chmodSync(place, entry.mode & 0o777);
  } else if (entry.kind === "copy") copy(entry.source, place);
  else if (isCopied(entry.target)) copy(entry.target, place);
  else symlinkSync(entry.target, place, "junction");
}

function copy(source: string, place: string): void {
  const stat = statSync(source);
  copyFileSync(source, place, constants.COPYFILE_FICLONE);
  utimesSync(place, stat.atime, stat.mtime);
}

/** On Windows a link to a file takes a right that few have. */
function isCopied(target: string): boolean {
  return process.platform === "win32" && statSync(target, { throwIfNoEntry: false })?.isFile() === true;
}

function isSamePath(a: string, b: string): boolean {
  const plain = (path: string): string => path.replace(/^\\\\\?\\/, "").replace(/[\\/]+$/, "");
  return plain(a) === plain(b);
}

function hasMode(stat: Stats, mode: number): boolean {
  return process.platform === "win32" || (stat.mode & 0o777) === (mode & 0o777);
}

function isFolder(stat: Stats | undefined): boolean {
  return stat?.isDirectory() === true;
}

function look(place: string): Stats | undefined {
  return lstatSync(place, { throwIfNoEntry: false });
}
