import {
  fail,
  ok,
  type Applies,
  type Command,
  type CommandAtom,
  type CommandContext,
  type Context,
  type JsonValue,
  type Lane,
} from "@symbiotic-build/engine";
import { stopped } from "./stopped.ts";
import type { Validator } from "./validator.ts";

/** How a tool mends what its validator finds: the same tool, settings and inputs, another command. */
export interface Fixer<O, F extends JsonValue> {
  /** The validator whose findings it mends. */
  readonly of: Pick<Validator<O, F>, "tool" | "atom" | "tools" | "inputs"> & {
    applies?(context: Context<O, F>): Applies;
  };
  /** A few words for the task list: `prettier fix`. */
  readonly title: string;
  readonly describe: string;
  readonly alias: string;
  readonly lane: Extract<Lane, "lint" | "format">;
  /** Globs over the project's own files: all that it may change. */
  edits(context: Context<O, F>): readonly string[];
  command(context: CommandContext<O, F>): Command;
  /** The exit codes with which the tool has come to its end, whether or not something is left. */
  readonly finished: readonly number[];
}

/** Makes a fixer into an atom of kind `edit`, which `symbiotic fix` runs where its validator found something. */
export function fixer<O, F extends JsonValue>(own: Fixer<O, F>): CommandAtom<O, F> {
  const { of, title, describe, alias, lane, finished } = own;
  return {
    kind: "edit",
    ...{ title, describe, alias, lane },
    implements: ["042"],
    fixes: [of.atom],
    ...(of.applies === undefined ? {} : { applies: (context: Context<O, F>) => of.applies?.(context) ?? true }),
    tools: (context) => of.tools(context),
    inputs: (context) => of.inputs(context),
    edits: (context) => own.edits(context),
    command: (context) => own.command(context),
    parse: (result, { tool }) =>
      finished.includes(result.exitCode)
        ? ok({ status: "ok", summary: "ok", evidence: { tool: tool.name } })
        : fail(stopped(of.tool, result)),
  };
}
