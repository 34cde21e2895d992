import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "./file-stat.ts";
import { makeFolder } from "./make-folder.ts";

/** A name that no other process, thread or call uses. */
export function uniqueName(): string {
  return `${process.pid}-${randomBytes(8).toString("hex")}`;
}

/**
 * Puts a whole file in place, so that a reader sees the old bytes or the new and never a part; makes the folder if need
 * be. `temporary` is a folder on the same file system for the file in the making (beside the file, if not given). Throws
 * what the file system throws, and leaves no temporary file behind.
 */
export function writeAtomically(file: string, data: Uint8Array | string, temporary: string = dirname(file)): void {
  const made = join(temporary, `${uniqueName()}.tmp`);
  try {
    withFolder(temporary, () => writeFileSync(made, data, { flag: "wx" }));
    withFolder(dirname(file), () => renameSync(made, file));
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

/** Does something in a folder; where the folder is missing, makes it and does it again. */
export function withFolder<T>(folder: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    makeFolder(folder);
    return act();
  }
}
