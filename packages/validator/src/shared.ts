import {
  errorOf,
  fail,
  isInside,
  ok,
  type Batch,
  type Batched,
  type Command,
  type CommandContext,
  type CommandResult,
  type Diagnostic,
  type Finding,
  type JsonValue,
  type Outcome,
  type Project,
  type Result,
} from "@symbiotic-build/engine";

/**
 * How several projects share one process of a tool that takes several folders, and what is made of it. What is said of each has to
 * be what is said of that one alone.
 */
export interface Shared<O, F extends JsonValue, Report> {
  /** Projects with equal keys may share a process; `undefined`: this one is alone. */
  key(context: CommandContext<O, F>): string | undefined;
  /** The process of several projects; it is started at the repository's root where `cwd` is not said. */
  command(contexts: Batched<O, F>): Command;
  /** All that the process said, of whichever project; an error where a part of it may not be what the project alone would give. */
  findings(result: CommandResult, contexts: Batched<O, F>): Result<readonly Finding[], Diagnostic>;
  /** What is told of one project by the findings in its folder. */
  report(findings: readonly Finding[], context: CommandContext<O, F>): Report;
}

/** The most projects of one process: their folders have to fit on a command line. */
export const MOST_PROJECTS: number = 100;

/** Whether a project's folder holds others, or all there is: what is in theirs would be judged twice. */
export function holdsOthers({ root, nested }: Pick<Project, "root" | "nested">): boolean {
  return root === "." || nested.length > 0;
}

/** That what a tool said of several projects cannot be told apart: the engine then lets fewer share a process. */
export function apart(message: string): Diagnostic {
  return errorOf("SYM4464", message, { hint: "nothing to do: each project is judged by a process of its own" });
}

/** What is the same for a tool that is alone and for one that is shared. */
export interface Alone<O, F extends JsonValue, Report> {
  readonly finished: readonly number[];
  readonly outcome: (report: Report, context: CommandContext<O, F>) => Outcome;
}

/** Says to the engine how tasks share a process. */
export function batchOf<O, F extends JsonValue, Report>(
  shared: Shared<O, F, Report>,
  { finished, outcome }: Alone<O, F, Report>,
): Batch<O, F> {
  return {
    max: MOST_PROJECTS,
    key: (context) => shared.key(context),
    command: (contexts) => shared.command(contexts),
    parse(result, contexts) {
      if (!finished.includes(result.exitCode)) return fail(apart(`it ended with exit code ${String(result.exitCode)}`));
      const all = shared.findings(result, contexts);
      if (!all.ok) return all;
      const parts = divided(
        all.value,
        contexts.map(({ project }) => project.root),
      );
      if (!parts.ok) return parts;
      return ok(contexts.map((context, at) => outcome(shared.report(parts.value[at] ?? [], context), context)));
    },
  };
}

function divided(
  findings: readonly Finding[],
  roots: readonly string[],
): Result<readonly (readonly Finding[])[], Diagnostic> {
  const parts = roots.map(() => new Array<Finding>());
  for (const finding of findings) {
    const part = parts[roots.findIndex((root) => isInside(root, finding.file))];
    if (part === undefined)
      return fail(apart(`${finding.tool} named ${finding.file}, which is in none of the projects`));
    part.push(finding);
  }
  return ok(parts);
}
