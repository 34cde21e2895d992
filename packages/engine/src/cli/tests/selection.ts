import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { byCodeUnit } from "../../core/json.ts";
import { fail, ok, type Result } from "../../core/result.ts";

/** The file of a task's own folder in which its process says of each part what it did with it, and why. */
export const SELECTION = "selection.json";

/** What became of one part: `served` was left out, `never` ran and is never left out. */
export interface Decision {
  readonly decision: "served" | "ran" | "never";
  readonly reason: string;
  readonly evidence: readonly string[];
}

/** What a process says of all its parts. */
interface Selection {
  /** How finely it looks: a word of the plugin's. */
  readonly granularity: string;
  /** Why nothing could be left out, where that is so. */
  readonly whole?: string | null | undefined;
  /** By the part's name. */
  readonly files: Readonly<Record<string, Decision>>;
}

const schema: z.ZodType<Selection> = z.object({
  version: z.literal(1),
  granularity: z.string(),
  whole: z.string().nullish(),
  files: z.record(
    z.string(),
    z.object({
      decision: z.enum(["served", "ran", "never"]),
      reason: z.string(),
      evidence: z.array(z.string()).default([]),
    }),
  ),
});

/** What the last run of a task did with its parts. */
export interface TaskSelection extends Selection {
  /** The task's id. */
  readonly task: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the last runs of all tasks with parts did with these, by task. */
export function readSelections(root: string): Result<readonly TaskSelection[], Diagnostic> {
  const found: TaskSelection[] = [];
  for (const folder of foldersIn(join(root, ".symbiotic/out")).sort(byCodeUnit)) {
    const read = readSelection(root, taskOf(folder), folder);
    if (!read.ok) return read;
    if (read.value !== undefined) found.push(read.value);
  }
  return found.length > 0 ? ok(found) : fail(nothingYet());
}

/** What the last run of one task did; undefined where it left no word. */
export function readSelection(
  root: string,
  task: string,
  folder: string,
): Result<TaskSelection | undefined, Diagnostic> {
  const place = `.symbiotic/out/${folder}/${SELECTION}`;
  let text: string;
  let at: number;
  try {
    [text, at] = [readFileSync(join(root, place), "utf8"), statSync(join(root, place)).mtimeMs];
  } catch {
    return ok(undefined);
  }
  const parsed = schema.safeParse(jsonOf(text));
  return parsed.success ? ok({ ...parsed.data, task, at }) : fail(unreadable(place));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The id that a folder was named after; a very long one is cut there. */
function taskOf(folder: string): string {
  return folder.replace(/~([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nothingYet(): Diagnostic {
  return errorOf("SYM4062", "no task that can leave out tests has run here yet", {
    hint: "`symbiotic run test` runs them; where they were served from the cache, `symbiotic run test --force` does",
  });
}

function unreadable(place: string): Diagnostic {
  return errorOf("SYM4065", `${place} cannot be read: it is damaged, or of another version`, {
    hint: "run the task again with `--force`",
  });
}
