import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { CommandResult } from "../plugin/atom.ts";
import type { Job } from "./job.ts";

/** Bytes: more than this of one stream, or of all files that are read, is not handed to `parse`. */
export const MOST_READ: number = 128 * 1024 * 1024;

/** So much as messages say it. */
const MOST_SAID = `${String(MOST_READ / 1024 / 1024)} MiB`;

type OfJob = Pick<Job, "atomId" | "outDirectory" | "context">;

/**
 * The texts of the files in the task's own folder that its atom's `reads` mean, as `portable` gives them; what the tool did not
 * write is left out: `parse` knows what that means. SYM4004 where they are too long to be read.
 */
export async function readReports(
  job: OfJob,
  reads: readonly string[],
  portable: (text: string) => string,
): Promise<Result<CommandResult["files"], Diagnostic>> {
  if (reads.length === 0) return ok({});
  const { default: fastGlob } = await import("fast-glob");
  const cwd = job.outDirectory;
  const names = fastGlob.sync([...reads], { cwd, dot: true, onlyFiles: true, followSymbolicLinks: false });
  let left = MOST_READ;
  for (const name of names.sort(byCodeUnit)) {
    left -= statSync(join(cwd, name)).size;
    if (left < 0) return fail(wroteTooMuch(job, name));
  }
  return ok(Object.fromEntries(names.map((name) => [name, portable(readFileSync(join(cwd, name), "utf8"))])));
}

/** SYM4004: what a process printed on the stream that its atom reads cannot be read whole. */
export function printedTooMuch(job: OfJob): Diagnostic {
  return tooMuch(job, `printed more than ${MOST_SAID}`);
}

function wroteTooMuch(job: OfJob, name: string): Diagnostic {
  return tooMuch(job, `wrote more than ${MOST_SAID} to ${name}`);
}

function tooMuch({ atomId, context: { tool } }: OfJob, what: string): Diagnostic {
  return errorOf("SYM4004", `${tool.name} ${what} in ${atomId}; its result is not whole`, {
    hint: `have ${tool.name} look at less, or say less of it: in its own settings or by its arguments`,
  });
}
