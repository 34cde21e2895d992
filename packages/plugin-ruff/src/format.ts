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
import { batchKey, startOf } from "./batch-key.ts";
import type { RuffCommandContext } from "./context.ts";
import { embeddedCommand } from "./embedded-command.ts";
import { ownFindings, pathOf, readReport, type Entry, type Report } from "./entries.ts";
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
  lane: "format",
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
  batch: {
    max: MOST_PROJECTS,
    key: batchKey,
    command: (contexts) => formatFolders(contexts[0], foldersOf(contexts)),
    parse: (result, contexts) =>
      divide(result, contexts, { mayWarn: CONFLICT, read: readFormat, outcome: reportOutcome }),
  },
};

/** Of settings of the linter, whatever is formatted. */
const CONFLICT = /^warning: The (?:following|isort) .* conflict/;

function formatCommand(context: RuffCommandContext): Command {
  if (context.tool.name === EMBEDDED) return embeddedCommand(context, "format");
  const start = startOf(context);
  return start === context.project.root
    ? formatFolders(context, ["."])
    : { ...formatFolders(context, [context.project.root]), cwd: start };
}

/** The output format goes by a variable: a ruff before 0.16 refuses the flag but ignores the variable and writes text. */
function formatFolders(context: RuffCommandContext, folders: readonly string[]): Command {
  const { preview } = context.options;
  const flags = preview === undefined ? [] : [preview ? "--preview" : "--no-preview"];
  return {
    argv: [...context.tool.argv, "format", "--check", ...folders, ...flags],
    env: { ...HERMETIC, RUFF_OUTPUT_FORMAT: "json" },
  };
}

function formatOutcome(result: CommandResult, context: RuffCommandContext): Result<Outcome, Diagnostic> {
  const report = readFormat(result, context);
  return report.ok ? reportOutcome(report.value, context) : report;
}

/** A file that cannot be parsed or read makes ruff end with 2 although it has judged all others: that is a finding, not a breakdown. */
function readFormat(result: CommandResult, context: RuffCommandContext): Result<Report, Diagnostic> {
  if (result.exitCode < 0 || result.exitCode > 2) return fail(stopped(result));
  const isJson = context.tool.name === EMBEDDED || result.stdout.trimStart().startsWith("[");
  const read = isJson ? readReport(result.stdout, context) : readFormatText(result);
  if (!read.ok) return result.exitCode === 2 ? fail(stopped(result)) : read;
  const { entries } = read.value;
  if (result.exitCode === 1 && entries.length === 0) return fail(stopped(result));
  const isBroken = result.exitCode === 2 && (entries.every(isUnformatted) || entries.some(isBreakdown));
  return isBroken ? fail(stopped(result)) : read;
}

function reportOutcome({ entries, notChecked }: Report, context: RuffCommandContext): Result<Outcome, Diagnostic> {
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
