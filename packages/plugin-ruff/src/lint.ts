import {
  fail,
  ok,
  type Command,
  type CommandAtom,
  type CommandResult,
  type Diagnostic,
  type Finding,
  type Outcome,
  type Result,
} from "@symbiotic-build/engine";
import { count } from "@symbiotic-build/validator";
import { divide, foldersOf, MOST_PROJECTS } from "./batch.ts";
import { batchKey } from "./batch-key.ts";
import type { RuffCommandContext } from "./context.ts";
import { embeddedCommand } from "./embedded-command.ts";
import { ownFindings, pathOf, rangeOf, readReport, type Entry, type Report } from "./entries.ts";
import { HERMETIC } from "./hermetic.ts";
import type { RuffFacts } from "./facts.ts";
import { knownSettings, ruffInputs } from "./inputs.ts";
import type { RuffOptions } from "./options.ts";
import { ruffOutcome } from "./outcome.ts";
import { stopped } from "./stopped.ts";
import { EMBEDDED, ruffTools } from "./tools.ts";

/** Lints a project's Python with ruff. */
export const lint: CommandAtom<RuffOptions, RuffFacts> = {
  kind: "check",
  describe: "Lint Python with ruff check",
  title: "ruff lint",
  alias: "ruff",
  implements: ["031"],
  lane: "lint",
  applies: ({ facts }) => {
    if (!facts.hasPython) return false;
    return facts.excludedBy === null
      ? knownSettings(facts)
      : { skipped: `${facts.excludedBy} excludes this folder from ruff` };
  },
  tools: ruffTools,
  inputs: (context) => ruffInputs(context),
  scratch: [".ruff_cache"],
  command: lintCommand,
  parse: lintOutcome,
  batch: {
    max: MOST_PROJECTS,
    key: batchKey,
    command: (contexts) => lintFolders(contexts[0], foldersOf(contexts)),
    parse: (result, contexts) => divide(result, contexts, { read: readLint, outcome: reportOutcome }),
  },
};

function lintCommand(context: RuffCommandContext): Command {
  if (context.tool.name === EMBEDDED) return embeddedCommand(context, "check");
  // Messages name files from where ruff was started: what may share a process is started where that would be.
  return batchKey(context) === undefined
    ? lintFolders(context, ["."])
    : { ...lintFolders(context, [context.project.root]), cwd: "." };
}

function lintFolders(context: RuffCommandContext, folders: readonly string[]): Command {
  const report = ["--output-format", "json", "--no-fix", "--no-fix-only"];
  return { argv: [...context.tool.argv, "check", ...folders, ...report, ...selectionFlags(context)], env: HERMETIC };
}

/** The rules that the options name. */
export function selectionFlags({ options: { select, ignore, preview } }: RuffCommandContext): readonly string[] {
  return [
    ...(select === undefined ? [] : ["--select", select.join(",")]),
    ...(ignore === undefined ? [] : ["--ignore", ignore.join(",")]),
    ...(preview === undefined ? [] : [preview ? "--preview" : "--no-preview"]),
  ];
}

function lintOutcome(result: CommandResult, context: RuffCommandContext): Result<Outcome, Diagnostic> {
  const report = readLint(result, context);
  return report.ok ? reportOutcome(report.value, context) : report;
}

function readLint(result: CommandResult, context: RuffCommandContext): Result<Report, Diagnostic> {
  const isReasonless = result.exitCode === 1 && result.stdout.trim() === "";
  if (isReasonless || (result.exitCode !== 0 && result.exitCode !== 1)) return fail(stopped(result));
  return readReport(result.stdout, context);
}

function reportOutcome({ entries, notChecked }: Report, context: RuffCommandContext): Result<Outcome, Diagnostic> {
  const findings: Finding[] = [];
  for (const entry of entries) {
    const path = pathOf(entry.filename, context);
    if (!path.ok) return path;
    findings.push(toFinding(entry, path.value));
  }
  const own = ownFindings(findings, context);
  return ok(
    ruffOutcome({ tool: context.tool.name, findings: own, measured: count(own.length, "finding"), notChecked }),
  );
}

/** One finding from one diagnostic. A row of a notebook counts within its cell, so the cell is said too. */
export function toFinding(entry: Entry, file: string): Finding {
  const { code, url, cell, severity } = entry;
  return {
    tool: "ruff",
    rule: code ?? "invalid-syntax",
    level: severity === "warning" ? "warning" : severity === "info" ? "note" : "error",
    message: typeof cell === "number" ? `${entry.message} (cell ${String(cell)})` : entry.message,
    file,
    ...rangeOf(entry),
    ...(typeof url === "string" ? { helpUrl: url } : {}),
    ...fixOf(entry),
    ...problemsOf(code),
  };
}

/** Ruff's security rules are those of bandit, with their numbers. */
function problemsOf(code: string | null): Pick<Finding, "problems"> {
  const number = /^S(\d{3})$/.exec(code ?? "")?.[1];
  return number === undefined ? {} : { problems: [`bandit/B${number}`] };
}

function fixOf({ fix }: Entry): Pick<Finding, "fix"> {
  const named = fix?.applicability?.toLowerCase() ?? "";
  if (!fix || ["display", "displayonly", "display-only", "manual"].includes(named)) return {};
  const applicability = named === "safe" || named === "automatic" ? "safe" : "unsafe";
  return { fix: typeof fix.message === "string" ? { applicability, message: fix.message } : { applicability } };
}
