import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { OptionSpec, Parsed } from "../plugin/command.ts";
import type { CliEnvironment } from "./env.ts";

/** Flags that say what a change is compared with. */
export const BASE_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  base: {
    kind: "value",
    value: "<ref>",
    describe: "what to compare with (default: where HEAD left the base branch, which is detected)",
  },
  head: {
    kind: "value",
    value: "<ref>",
    describe: "compare up to this commit only (default: the work tree, with all that is not committed)",
  },
};

/** Flags that say which projects a command is about. */
export const FILTER_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  filter: {
    kind: "list",
    value: "<project>",
    describe:
      "only these: a name or glob, ./folder, tag:<word>; name... with what it depends on, ...name with what depends on it",
  },
  exclude: { kind: "list", value: "<project>", describe: "all but these" },
};

/** Flags that say which tasks a command is about. */
export const SELECTION_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  affected: { kind: "flag", describe: "only tasks that a change reaches by their inputs" },
  ...BASE_OPTIONS,
  ...FILTER_OPTIONS,
};

/** Flags that say what changed instead of comparing. */
export const CHANGE_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  staged: {
    kind: "flag",
    describe: "only tasks that what is staged reaches, run on what will be committed: unstaged edits are not seen",
  },
  files: {
    kind: "list",
    many: true,
    value: "<path...>",
    describe: "only tasks that have one of these files, or files of these folders, as input; after the targets",
  },
};

/** What `--affected`, `--base` and `--head` ask for; undefined where all tasks are meant. */
export function affectedOf(
  parsed: Parsed,
  environment: CliEnvironment,
): Result<{ readonly base?: string; readonly head?: string } | undefined, readonly Diagnostic[]> {
  const [base, head] = [parsed.values.get("base"), parsed.values.get("head")];
  if (!parsed.flags.has("affected")) {
    const given = base !== undefined ? "--base" : head !== undefined ? "--head" : undefined;
    const judge = parsed.values.has("gates-from") ? "--gates-from" : undefined;
    const flag = given ?? judge;
    if (flag === undefined) return ok(undefined);
    return fail([
      errorOf(
        "SYM2009",
        `${flag} says ${given === undefined ? "who judges what" : "what"} --affected compares, and --affected is not there`,
        { hint: "add --affected" },
      ),
    ]);
  }
  return ok(comparison(base ?? environment.settings.base, head));
}

/** A comparison with those of the two that are given. */
export function comparison(
  base: string | undefined,
  head: string | undefined,
): { readonly base?: string; readonly head?: string } {
  return { ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) };
}
