import {
  errorOf,
  fail,
  isInside,
  ok,
  type CommandResult,
  type Diagnostic,
  type Outcome,
  type Result,
} from "@symbiotic-build/engine";
import type { RuffCommandContext } from "./context.ts";
import { pathOf, type Entry, type Report } from "./entries.ts";

/** The most projects of one ruff: their folders have to fit on a command line. */
export const MOST_PROJECTS = 200;

/** The folders that one ruff is to judge. */
export function foldersOf(contexts: readonly RuffCommandContext[]): readonly string[] {
  return contexts.map(({ project }) => project.root);
}

/** How one of ruff's commands is read. */
export interface Reader {
  /** What ruff may say beside its report: it is the same whatever else it judges. */
  readonly mayWarn?: RegExp;
  readonly read: (result: CommandResult, context: RuffCommandContext) => Result<Report, Diagnostic>;
  readonly outcome: (report: Report, context: RuffCommandContext) => Result<Outcome, Diagnostic>;
}

/**
 * Divides what one ruff said of several projects, and makes an outcome of each part. An error where a part may not be what
 * the project alone would give: ruff warned of something, or named a file of none of them.
 */
export function divide(
  result: CommandResult,
  contexts: readonly [RuffCommandContext, ...RuffCommandContext[]],
  { mayWarn, read: readIn, outcome }: Reader,
): Result<readonly Outcome[], Diagnostic> {
  const [first] = contexts;
  const said = result.stderr.split(/\r?\n/).filter((line) => line.trim() !== "" && mayWarn?.test(line) !== true);
  if (said.length > 0 || (result.exitCode !== 0 && result.exitCode !== 1))
    return fail(apart("ruff said more than its findings"));
  const read = readIn(result, first);
  if (!read.ok) return read;
  const parts = new Map(contexts.map((context) => [context.project.root, new Array<Entry>()]));
  for (const entry of read.value.entries) {
    const path = pathOf(entry.filename, first);
    if (!path.ok) return path;
    const part = [...parts].find(([root]) => isInside(root, path.value))?.[1];
    if (part === undefined) return fail(apart(`ruff named ${path.value}, which is in none of the projects`));
    part.push(entry);
  }
  const outcomes: Outcome[] = [];
  for (const context of contexts) {
    const made = outcome({ entries: parts.get(context.project.root) ?? [], notChecked: [] }, context);
    if (!made.ok) return made;
    outcomes.push(made.value);
  }
  return ok(outcomes);
}

function apart(message: string): Diagnostic {
  return errorOf("SYM4454", message, { hint: "nothing to do: each project is judged by a ruff of its own" });
}
