import {
  errorOf,
  fail,
  ok,
  type Command,
  type CommandAtom,
  type CommandResult,
  type Diagnostic,
  type Outcome,
  type Result,
} from "@symbiotic-build/engine";
import type { RuffCommandContext, RuffContext } from "./context.ts";
import type { RuffFacts } from "./facts.ts";
import { formatCheck } from "./format.ts";
import { HERMETIC } from "./hermetic.ts";
import { ruffInputs } from "./inputs.ts";
import { lint, selectionFlags } from "./lint.ts";
import type { RuffOptions } from "./options.ts";
import { stopped } from "./stopped.ts";
import { EMBEDDED, ruffTools } from "./tools.ts";

/** Takes the fixes of ruff check that keep the meaning. */
export const fixLint: CommandAtom<RuffOptions, RuffFacts> = {
  ...edit("run_ruff_lint", lint),
  title: "ruff fix",
  alias: "ruff-fix",
  describe: "Take the safe fixes of ruff check",
  lane: "lint",
  inputs: (context) => ruffInputs(context),
  edits: ({ facts }) => [...PYTHON, ...facts.includes],
  command: (context) => ({
    argv: [...context.tool.argv, "check", ".", "--fix", "--no-unsafe-fixes", "--exit-zero", ...selectionFlags(context)],
    env: HERMETIC,
  }),
};

/** Formats a project as ruff format would. */
export const fixFormat: CommandAtom<RuffOptions, RuffFacts> = {
  ...edit("run_ruff_format_check", formatCheck),
  title: "ruff format fix",
  alias: "ruff-format-fix",
  describe: "Format Python with ruff format",
  lane: "format",
  inputs: (context) => ruffInputs(context, ["**/*.md"]),
  edits: ({ facts }) => [...PYTHON, "**/*.md", ...facts.includes],
  command: formatCommand,
};

const PYTHON = ["**/*.py", "**/*.pyi", "**/*.pyw", "**/*.ipynb"];

type Edit = Pick<
  CommandAtom<RuffOptions, RuffFacts>,
  "kind" | "implements" | "fixes" | "applies" | "tools" | "scratch" | "parse"
>;

/** What both have in common with the check whose findings they mend. */
function edit(id: string, check: CommandAtom<RuffOptions, RuffFacts>): Edit {
  return {
    kind: "edit",
    implements: ["042"],
    fixes: [id],
    applies: (context: RuffContext) => check.applies?.(context) ?? true,
    // The one that this package carries judges and cannot write.
    tools: (context) => ruffTools(context).filter(({ name }) => name !== EMBEDDED),
    scratch: [".ruff_cache"],
    parse: outcome,
  };
}

function formatCommand({ tool, options: { preview } }: RuffCommandContext): Command {
  const flags = preview === undefined ? [] : [preview ? "--preview" : "--no-preview"];
  return { argv: [...tool.argv, "format", ".", ...flags], env: HERMETIC };
}

/** Format ends with 2 for a file that it cannot read, and has formatted all others: the check names that file. */
function outcome(result: CommandResult, { tool }: RuffCommandContext): Result<Outcome, Diagnostic> {
  if (result.exitCode === 0) return ok({ status: "ok", summary: "ok", evidence: { tool: tool.name } });
  const isUnread = result.exitCode === 2 && /^error: Failed to (?:parse|format)/m.test(result.stderr);
  if (!isUnread) return fail(result.exitCode < 0 ? ended() : stopped(result));
  return ok({ status: "ok", summary: "some files cannot be read", evidence: { tool: tool.name } });
}

function ended(): Diagnostic {
  return errorOf("SYM4451", "ruff was ended before it was done", { hint: "try again; nothing was changed" });
}
