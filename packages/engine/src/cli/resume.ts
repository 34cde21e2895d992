import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Asked } from "../journal/journal-entry.ts";
import { findResumable, type Resumable } from "../journal/resumable.ts";
import { isRunId } from "../journal/run-folders.ts";
import { openRepository } from "../workspace/git/repository.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";

/** A command line that stands for that of an earlier run, and that run. */
export interface ResumedArguments {
  readonly parsed: Parsed;
  readonly resume: { readonly from: Resumable; readonly force: boolean };
}

/** Flags that say how a run is shown or carried out rather than what is run: the new ones count. */
const FREE: ReadonlySet<string> = new Set(["resume", "json", "output-logs", "concurrency", "report"]);

/** What `run --resume[=<run>]` stands for: the command line of that run. Whatever else asks for something is an error. */
export function resumedArguments(given: Parsed, context: CliContext): Result<ResumedArguments, readonly Diagnostic[]> {
  const repository = openRepository(context.cwd, context.environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const { wanted, parsed } = withRun(given);
  const found = findResumable(repository.value.root, wanted);
  if (!found.ok) return fail([found.error]);
  const { id, asked } = found.value;
  const other = otherThan(parsed, asked);
  if (other !== undefined)
    return fail([
      errorOf("SYM2020", `${other} is not what ${id} was asked for: ${askedText(asked)}`, {
        hint: "`--resume` goes on with the same request; leave it out, or start another run without `--resume`",
      }),
    ]);
  return ok({ parsed: merged(parsed, asked), resume: { from: found.value, force: parsed.flags.has("force") } });
}

/** `--resume <run>` reads as a flag without its value and a target. */
function withRun(given: Parsed): { readonly wanted: string; readonly parsed: Parsed } {
  const wanted = given.values.get("resume") ?? "latest";
  const [first, ...rest] = given.positionals;
  return wanted === "latest" && first !== undefined && isRunId(first)
    ? { wanted: first, parsed: { ...given, positionals: rest } }
    : { wanted, parsed: given };
}

/** The first thing that is asked for here and was not asked for there. The same may be repeated. */
function otherThan(given: Parsed, asked: Asked): string | undefined {
  const { positionals, rest, flags, values, lists } = given;
  if (positionals.length > 0 && !isSame(positionals, asked.positionals)) return `\`${positionals.join(" ")}\``;
  if (rest.length > 0 && !isSame(rest, asked.rest)) return `\`-- ${rest.join(" ")}\``;
  for (const flag of flags) if (!FREE.has(flag) && flag !== "force" && !asked.flags.includes(flag)) return `--${flag}`;
  for (const [name, value] of values) if (!FREE.has(name) && asked.values[name] !== value) return `--${name} ${value}`;
  for (const [name, list] of lists) if (!isSame(list, asked.lists[name] ?? [])) return `--${name} ${list.join(" ")}`;
  return undefined;
}

function merged(given: Parsed, asked: Asked): Parsed {
  const free = [...given.values].filter(([name]) => FREE.has(name) && name !== "resume");
  return {
    positionals: asked.positionals,
    flags: new Set([...asked.flags, ...[...given.flags].filter((name) => FREE.has(name))]),
    values: new Map([...Object.entries(asked.values), ...free]),
    lists: new Map(Object.entries(asked.lists)),
    rest: asked.rest,
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

/** The command line of a run, without secrets as far as they can be told. */
export function askedText({ positionals, flags, values, lists, rest }: Asked): string {
  return [
    "symbiotic run",
    ...positionals,
    ...flags.map((flag) => `--${flag}`),
    ...Object.entries(values).map(([name, value]) => `--${name}=${value}`),
    ...Object.entries(lists).flatMap(([name, list]) => list.map((value) => `--${name}=${value}`)),
    ...(rest.length === 0 ? [] : ["--", ...rest]),
  ].join(" ");
}
