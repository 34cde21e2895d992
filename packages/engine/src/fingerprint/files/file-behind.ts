import { realpathSync } from "node:fs";
import { errorCode, fileMode, type FileStat, statOf } from "./file-stat.ts";

/** A regular file that a link leads to at last, wherever it lies. */
export interface FileBehind {
  /** Its absolute path, in bytes. */
  readonly place: Buffer;
  readonly stat: FileStat;
}

const NOTHING_THERE = ["ENOENT", "ENOTDIR", "ELOOP", "EACCES", "EPERM"];

/** The file behind a link; undefined where there is none, or none that may be read: then a task cannot read it either. */
export function fileBehind(link: string | Buffer): FileBehind | undefined {
  try {
    const place = realpathSync.native(link, { encoding: "buffer" });
    const stat = statOf(place);
    const mode = stat && fileMode(stat);
    return stat === undefined || mode === undefined ? undefined : { place, stat };
  } catch (error) {
    if (NOTHING_THERE.includes(errorCode(error))) return undefined;
    throw error;
  }
}
