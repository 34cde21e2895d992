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
import type { RuffCommandContext } from "./context.ts";
import { embeddedCommand } from "./embedded-command.ts";
import { ownFindings, pathOf, readReport, type Entry } from "./entries.ts";
import type { RuffFacts } from "./facts.ts";
import { readFormatText } from "./format-text.ts";
import { HERMETIC } from "./hermetic.ts";
import { knownSettings, ruffInputs } from "./inputs.ts";
import { toFinding } from "./lint.ts";
import type { RuffOptions } from "./options.ts";
import { ruffOutcome } from "./outcome.ts";
import { stopped } from "./stopped.ts";
import { EMBEDDED, ruffTools } from "./tools.ts";

/** Checks a project's formatting with ruff, and changes nothing. */
export const formatCheck: CommandAtom<RuffOptions, RuffFacts> = {
  kind: "check",
  describe: "Check the formatting of Python with ruff format --check",
  title: "ruff format",
  alias: "ruff-format",
  implements: ["032"],
  applies: ({ facts }) => {
    if (!facts.hasPython && !(facts.hasMarkdown && facts.formatConfigured)) return false;
    if (facts.excludedBy !== null) return { skipped: `${facts.excludedBy} excludes this folder from ruff` };
    return facts.formatter === "black" ? { skipped: "the repository formats with black" } : knownSettings(facts);
  },
  tools: ruffTools,
  inputs: (context) => ruffInputs(context, ["**/*.md"]),
  scratch: [".ruff_cache"],
  command: formatCommand,
  parse: formatOutcome,
};

/** The output format goes by a variable: a ruff before 0.16 refuses the flag but ignores the variable and writes text. */
function formatCommand(context: RuffCommandContext): Command {
  if (context.tool.name === EMBEDDED) return embeddedCommand(context, "format");
  const { preview } = context.options;
  const flags = preview === undefined ? [] : [preview ? "--preview" : "--no-preview"];
  return {
    argv: [...context.tool.argv, "format", "--check", ".", ...flags],
    env: { ...HERMETIC, RUFF_OUTPUT_FORMAT: "json" },
  };
}

/** A file that cannot be parsed or read makes ruff end with 2 although it has judged all others: that is a finding, not a breakdown. */
function formatOutcome(result: CommandResult, context: RuffCommandContext): Result<Outcome, Diagnostic> {
  if (result.exitCode < 0 || result.exitCode > 2) return fail(stopped(result));
  const isJson = context.tool.name === EMBEDDED || result.stdout.trimStart().startsWith("[");
  const read = isJson ? readReport(result.stdout, context) : readFormatText(result);
  if (!read.ok) return result.exitCode === 2 ? fail(stopped(result)) : read;
  const { entries, notChecked } = read.value;
  if (result.exitCode === 2 && (entries.every(isUnformatted) || entries.some(isBreakdown)))
    return fail(stopped(result));
  const findings = findingsOf(entries, context);
  if (!findings.ok) return findings;
  const own = ownFindings(findings.value, context);
  const files = new Set(own.map((finding) => finding.file)).size;
  return ok(ruffOutcome({ tool: context.tool.name, findings: own, measured: count(files, "file"), notChecked }));
}

/** A notebook may be named once a cell; the file is not formatted once. */
function findingsOf(entries: readonly Entry[], context: RuffCommandContext): Result<readonly Finding[], Diagnostic> {
  const findings = new Map<string, Finding>();
  for (const entry of entries) {
    const path = pathOf(entry.filename, context);
    if (!path.ok) return path;
    const finding = isUnformatted(entry) ? notFormatted(entry, path.value) : toFinding(entry, path.value);
    const key = isUnformatted(entry)
      ? `format ${path.value}`
      : `${finding.rule} ${JSON.stringify(finding.range)} ${path.value}`;
    if (!findings.has(key)) findings.set(key, finding);
  }
  return ok([...findings.values()]);
}

function notFormatted(entry: Entry, file: string): Finding {
  const start = entry.location && { line: entry.location.row, column: entry.location.column };
  return {
    tool: "ruff",
    rule: "format",
    level: "warning",
    message: "would be reformatted",
    file,
    ...(start && typeof entry.cell !== "number" ? { range: { start } } : {}),
    fix: { applicability: "safe" },
    problems: ["format"],
  };
}

function isUnformatted(entry: Entry): boolean {
  return entry.code === "unformatted";
}

function isBreakdown(entry: Entry): boolean {
  return entry.code === "panic" || entry.severity === "fatal";
}
