import {
  byCodeUnit,
  errorOf,
  fail,
  isInside,
  joinRepo,
  ok,
  type Diagnostic,
  type Finding,
  type Result,
} from "@symbiotic-build/engine";
import { z } from "zod";
import { startOf } from "./batch-key.ts";
import type { RuffCommandContext } from "./context.ts";
import { EMBEDDED } from "./tools.ts";

/** A place as ruff counts it: from 1, columns in characters. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** One diagnostic as ruff writes it with `--output-format json`, from 0.0.292 to 0.17; the embedded ruff writes the same. */
export interface Entry {
  readonly code: string | null;
  readonly message: string;
  readonly filename: string;
  readonly location?: Position | null | undefined;
  readonly end_location?: Position | null | undefined;
  readonly url?: string | null | undefined;
  readonly severity?: string | null | undefined;
  /** The cell of a notebook, from 1; rows count within it. */
  readonly cell?: number | null | undefined;
  readonly fix?:
    | { readonly applicability?: string | null | undefined; readonly message?: string | null | undefined }
    | null
    | undefined;
}

/** What ruff said, whichever of the two it was. */
export interface Report {
  readonly entries: readonly Entry[];
  readonly notChecked: readonly string[];
}

const position = z.object({ row: z.number(), column: z.number() });

const entrySchema: z.ZodType<Entry> = z.object({
  code: z.string().nullable(),
  message: z.string(),
  filename: z.string(),
  location: position.nullish(),
  end_location: position.nullish(),
  url: z.string().nullish(),
  severity: z.string().nullish(),
  cell: z.number().nullish(),
  fix: z.object({ applicability: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

const ownSchema: z.ZodType<Report> = z.array(entrySchema).transform((entries) => ({ entries, notChecked: [] }));
const embeddedSchema: z.ZodType<Report> = z.object({ entries: z.array(entrySchema), notChecked: z.array(z.string()) });

/** Reads what ruff wrote to stdout. SYM4452 where it is not what ruff writes. */
export function readReport(stdout: string, context: RuffCommandContext): Result<Report, Diagnostic> {
  const schema = context.tool.name === EMBEDDED ? embeddedSchema : ownSchema;
  const read = schema.safeParse(jsonOf(stdout));
  return read.success ? ok(read.data) : fail(unreadable(stdout));
}

/** The repository path of a file that ruff named. SYM4453 where it lies outside the repository. */
export function pathOf(filename: string, context: RuffCommandContext): Result<string, Diagnostic> {
  if (filename.startsWith(ROOT)) return ok(filename.slice(ROOT.length));
  if (/^(\/|[A-Za-z]:[\\/])|\{root\}/.test(filename)) return fail(outside(filename));
  return ok(joinRepo(startOf(context), filename.replace(/^\.\//, "")));
}

/** Findings in the order of their places, without those in other projects' folders. */
export function ownFindings(findings: readonly Finding[], context: RuffCommandContext): readonly Finding[] {
  const own = findings.filter((finding) => !context.project.nested.some((folder) => isInside(folder, finding.file)));
  return own.sort(
    (a, b) =>
      byCodeUnit(a.file, b.file) || byPlace(a, b) || byCodeUnit(a.rule, b.rule) || byCodeUnit(a.message, b.message),
  );
}

/** The stretch that a diagnostic is about, where it has one. */
export function rangeOf(entry: Entry): Pick<Finding, "range"> {
  if (!entry.location) return {};
  const start = { line: entry.location.row, column: entry.location.column };
  const end = entry.end_location && { line: entry.end_location.row, column: entry.end_location.column };
  return { range: end ? { start, end } : { start } };
}

/** What the engine writes for the repository's root in what a process left. */
const ROOT = "{root}/";

function byPlace(a: Finding, b: Finding): number {
  const [from, to] = [a.range?.start, b.range?.start];
  return (from?.line ?? 0) - (to?.line ?? 0) || (from?.column ?? 0) - (to?.column ?? 0);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(stdout: string): Diagnostic {
  const start = stdout.trim().slice(0, 200);
  return errorOf("SYM4452", "what ruff wrote cannot be read", {
    hint: "run the task's command by hand; a ruff before 0.1 or a wrapper in its place may be the reason",
    notes: [start === "" ? "it wrote nothing" : `it began with: ${start}`],
  });
}

function outside(filename: string): Diagnostic {
  return errorOf("SYM4453", `ruff reported on ${filename}, which is outside the repository`, {
    hint: "check `src`, `include` and `extend` of the ruff settings for paths that leave the repository",
  });
}
