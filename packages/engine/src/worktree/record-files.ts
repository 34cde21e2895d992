import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { writeAtomically } from "../fingerprint/files/write-atomically.ts";
import { tryFiles } from "./try-files.ts";
import { RecordSchema, type WorktreeRecord } from "./worktree-record.ts";

const END = ".json";

/** The record of this name; undefined where there is none. One that cannot be read is an error, and nothing is done by it. */
export function readRecord(folder: string, name: string): Result<WorktreeRecord | undefined, Diagnostic> {
  const file = join(folder, name + END);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return ok(undefined);
    return fail(damaged(file, error instanceof Error ? error.message : String(error)));
  }
  const read = RecordSchema.safeParse(value);
  if (!read.success) return fail(damaged(file, z.prettifyError(read.error).replaceAll("\n", " ")));
  // Where case means nothing to the file system, the record of another name is found.
  return ok(read.data);
}

/** Puts a record in place, wholly or not at all. */
export function writeRecord(folder: string, record: WorktreeRecord): Result<WorktreeRecord, Diagnostic> {
  const file = join(folder, record.name + END);
  return tryFiles(
    () => {
      writeAtomically(file, `${JSON.stringify(record, undefined, 2)}\n`);
      return record;
    },
    (why) => unwritable(file, why),
  );
}

/** Forgets a worktree. */
export function removeRecord(folder: string, name: string): Result<void, Diagnostic> {
  const file = join(folder, name + END);
  return tryFiles(
    () => {
      rmSync(file, { force: true });
    },
    (why) => unwritable(file, why),
  );
}

/** The names of all that is recorded, sorted. */
export function recordNames(folder: string): Result<readonly string[], Diagnostic> {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(END));
    return ok(names.map((name) => name.slice(0, -END.length)).sort(byCodeUnit));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return ok([]);
    return fail(damaged(folder, error instanceof Error ? error.message : String(error)));
  }
}

function damaged(file: string, why: string): Diagnostic {
  return errorOf("SYM7603", `what is recorded of a worktree cannot be read: ${why}`, {
    location: { file },
    hint: "look at `git worktree list`; what you do not need, remove with `git worktree remove`, and then this file",
  });
}

function unwritable(file: string, why: string): Diagnostic {
  return errorOf("SYM7604", `what is recorded of a worktree cannot be written: ${why}`, {
    location: { file },
    hint: "check the disk and the permissions of the repository's git directory",
  });
}
