import { realpathSync } from "node:fs";
import { isAbsolute } from "node:path";
import { fileMode, type FileStat, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import { folderNames, isFolder } from "./folder-names.ts";
import {
  absentAt,
  digestAt,
  isStateAt,
  kindAt,
  modeAt,
  pathAt,
  type SeenKind,
  type SeenTable,
  setState,
} from "./seen-paths.ts";

/** What a second look at all paths found, where nothing but the bytes of inputs is other than it was. */
export interface SecondLook {
  /** Places in the table of inputs that hold other bytes. */
  readonly edited: readonly number[];
  /** Places of folders of the work tree that were written to since: a file may have come that git would list. */
  readonly moved: readonly number[];
  /** Records and an index that were written to since: what was read out of them must be read again. */
  readonly written: readonly Written[];
  /** Whether states were learned that prove more than the table did. */
  readonly hasLearned: boolean;
}

/** A file of the engine's or of git's that was written to, and its state before it is read again. */
export interface Written {
  /** Its place in the table. */
  readonly at: number;
  readonly stat: FileStat;
  readonly isSettled: boolean;
}

/** Where paths lie, and the time in milliseconds since 1970. */
export interface LookHost {
  readonly root: string;
  /** The folder that this process stands in, absolute. */
  readonly here?: string;
  readonly now: () => number;
}

/**
 * Looks at every path of a table again: at its state, and where that proves nothing, at its bytes or names. Undefined at the
 * first that is not what it was, unless it is an input with other bytes. Synchronous.
 */
export function lookAgain(table: SeenTable, { root, here, now }: LookHost): SecondLook | undefined {
  const edited: number[] = [];
  const written: Written[] = [];
  const moved: number[] = [];
  let hasLearned = false;
  // The system walks a path from where the process stands or from the top, and the shorter way is a sixth faster.
  const base = here === root ? "" : `${root}/`;
  for (let at = 0; at < table.paths.length; at += 1) {
    const path = pathAt(table, at);
    const place = isAbsolute(path) ? path : base + path;
    if (isAsSeen(table, at, place)) continue;
    if (isFolderOfTree(table, at)) moved.push(at);
    const verdict = judge({ table, at, place }, now);
    if (verdict === "changed") return undefined;
    if (verdict === "edited") edited.push(at);
    else if (verdict === "learned") hasLearned = true;
    else if (verdict !== "same") written.push(verdict);
  }
  return { edited, moved, written, hasLearned };
}

function isFolderOfTree(table: SeenTable, at: number): boolean {
  const kind = kindAt(table, at);
  return (kind === "walked" || kind === "parent" || kind === "folder") && !isAbsolute(pathAt(table, at));
}

/** Most paths end here: nothing is made for them but what the file system tells. */
function isAsSeen(table: SeenTable, at: number, place: string): boolean {
  try {
    const stat = statOf(place);
    return stat !== undefined && isStateAt(table, at, stat);
  } catch {
    return false;
  }
}

type Verdict = "same" | "learned" | "changed" | "edited" | Written;

interface Seen {
  readonly table: SeenTable;
  readonly at: number;
  /** Absolute, or from where the process stands. */
  readonly place: string;
}

function judge(seen: Seen, now: () => number): Verdict {
  const { table, at, place } = seen;
  try {
    const stat = statOf(place);
    const kind = kindAt(table, at);
    if (stat === undefined || kind === "absent") return stat === undefined && kind === "absent" ? "same" : "changed";
    if (kind === "entry") return typeOf(stat.mode) === typeOf(modeAt(table, at)) ? "same" : "changed";
    if (kind === "place") return placeDigest(place) === digestAt(table, at) ? "same" : "changed";
    // The time is taken before anything is read: a change after it is then sure to show.
    const settled = isSettled(stat, now());
    if (kind === "records" || kind === "index") return { at, stat, isSettled: settled };
    const verdict = (JUDGES[kind] ?? judgeFile)(seen, stat);
    if (verdict !== "learned") return verdict;
    setState(table, at, stat, settled);
    return settled ? "learned" : "same";
  } catch {
    // What cannot be looked at is not what it was.
    return "changed";
  }
}

/** The digest of where a path leads. Throws what the file system throws. */
export function placeDigest(absolute: string): string {
  return digestOf(realpathSync.native(absolute));
}

function typeOf(mode: number): number {
  return mode & 0o170_000;
}

function judgeFile({ table, at, place }: Seen, stat: FileStat): Verdict {
  const mode = fileMode(stat);
  if (mode === undefined || mode === "120000") return "changed";
  const isSame =
    mode === fileMode({ ...stat, mode: modeAt(table, at) }) && hashFile(place, stat.size) === digestAt(table, at);
  if (isSame) return "learned";
  return kindAt(table, at) === "input" ? "edited" : "changed";
}

function judgeFolder({ table, at, place }: Seen, stat: FileStat): Verdict {
  if (!isFolder(stat)) return "changed";
  const { digest, isWhole } = folderNames(place);
  if (digest !== digestAt(table, at)) return "changed";
  return isWhole ? "learned" : "same";
}

function judgeParent({ table, at, place }: Seen, stat: FileStat): Verdict {
  const isBare = isFolder(stat) && absentAt(table, at).every((name) => statOf(`${place}/${name}`) === undefined);
  return isBare ? "learned" : "changed";
}

const JUDGES: Partial<Record<SeenKind, (seen: Seen, stat: FileStat) => Verdict>> = {
  folder: judgeFolder,
  parent: judgeParent,
  // What came into it or went is asked of git.
  walked: (_, stat) => (isFolder(stat) ? "learned" : "changed"),
};
