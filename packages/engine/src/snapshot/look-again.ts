import { isAbsolute } from "node:path";
import { fileMode, type FileStat, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { hashFile } from "../fingerprint/files/hash-file.ts";
import { folderDigest, isFolder } from "./folder-names.ts";
import { digestAt, isStateAt, kindAt, modeAt, type SeenTable, setState } from "./seen-paths.ts";

/** What a second look at all paths found. */
export interface SecondLook {
  /** Places in the table of what is no longer what it was. */
  readonly changed: readonly number[];
  /** Places of records and of an index that were written to since: what was read out of them must be read again. */
  readonly written: readonly number[];
  /** Whether states were learned that prove more than the table did. */
  readonly hasLearned: boolean;
}

/** Where paths lie, and the time in milliseconds since 1970. */
export interface LookHost {
  readonly root: string;
  readonly now: () => number;
}

/** Looks at every path of a table again: at its state, and where that proves nothing, at its bytes or names. Synchronous. */
export function lookAgain(table: SeenTable, host: LookHost): SecondLook {
  const changed: number[] = [];
  const written: number[] = [];
  let hasLearned = false;
  for (const [at, path] of table.paths.entries()) {
    const verdict = judge(table, at, isAbsolute(path) ? path : `${host.root}/${path}`, host);
    if (verdict === "changed") changed.push(at);
    else if (verdict === "written") written.push(at);
    else if (verdict === "learned") hasLearned = true;
  }
  return { changed, written, hasLearned };
}

type Verdict = "same" | "learned" | "changed" | "written";

function judge(table: SeenTable, at: number, absolute: string, { now }: LookHost): Verdict {
  try {
    const stat = statOf(absolute);
    if (stat !== undefined && isStateAt(table, at, stat)) return "same";
    const kind = kindAt(table, at);
    if (stat === undefined || kind === "absent") return stat === undefined && kind === "absent" ? "same" : "changed";
    if (kind === "records" || kind === "index") return "written";
    // The time is taken before the bytes are read: a change after it is then sure to show.
    const settled = isSettled(stat, now());
    const isSame = kind === "folder" ? isSameFolder : isSameFile;
    if (!isSame(table, at, { absolute, stat })) return "changed";
    setState(table, at, stat, settled);
    return settled ? "learned" : "same";
  } catch {
    // What cannot be looked at is not what it was.
    return "changed";
  }
}

interface Present {
  readonly absolute: string;
  readonly stat: FileStat;
}

function isSameFile(table: SeenTable, at: number, { absolute, stat }: Present): boolean {
  const mode = fileMode(stat);
  if (mode === undefined || mode === "120000" || mode !== fileMode({ ...stat, mode: modeAt(table, at) })) return false;
  return hashFile(absolute, stat.size) === digestAt(table, at);
}

function isSameFolder(table: SeenTable, at: number, { absolute, stat }: Present): boolean {
  return isFolder(stat) && folderDigest(absolute) === digestAt(table, at);
}
