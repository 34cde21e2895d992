import { ok, type Diagnostic, type Finding, type FindingRange, type Result } from "@symbiotic-build/engine";
import { pathOf, readJson } from "@symbiotic-build/validator";
import { z } from "zod";

/** What of a leak is read. `Match`, `Secret` and `Line` hold the secret, `Message`, `Author` and `Email` other people's words. */
const leakSchema = z.object({
  RuleID: z.string().min(1),
  Description: z.string(),
  StartLine: z.number(),
  EndLine: z.number(),
  StartColumn: z.number(),
  EndColumn: z.number(),
  File: z.string(),
  Commit: z.string(),
});

type Leak = z.infer<typeof leakSchema>;

const reportSchema = z.array(leakSchema);

/** What `gitleaks --report-format json` wrote, from 8.19 on. Nothing of the secrets is in it. */
export function readReport(text: string): Result<readonly Finding[], Diagnostic> {
  const read = readJson("gitleaks", text, reportSchema);
  if (!read.ok) return { ok: false, error: withoutText(read.error) };
  const findings: Finding[] = [];
  for (const leak of read.value) {
    const file = pathOf(leak.File, { tool: "gitleaks", folder: "." });
    if (!file.ok) return file;
    findings.push(findingOf(leak, file.value));
  }
  return ok(findings);
}

/** What is no report may hold a secret that was not redacted. */
function withoutText(error: Diagnostic): Diagnostic {
  return { ...error, notes: (error.notes ?? []).filter((note) => !note.startsWith("it began with")) };
}

function findingOf(leak: Leak, file: string): Finding {
  const message = leak.Description === "" ? `a secret of the rule ${leak.RuleID}` : leak.Description;
  const range = rangeOf(leak);
  return {
    tool: "gitleaks",
    rule: leak.RuleID,
    level: "error",
    message: leak.Commit === "" ? message : `${message} (commit ${leak.Commit.slice(0, 12)})`,
    file,
    ...(range === undefined ? {} : { range }),
    problems: ["CWE-798"],
  };
}

/** Of a file whose name gives it away there is no line. */
function rangeOf(leak: Leak): FindingRange | undefined {
  if (leak.StartLine < 1) return undefined;
  const start = { line: leak.StartLine, column: columnOf(leak.StartLine, leak.StartColumn) };
  const end = { line: leak.EndLine, column: columnOf(leak.EndLine, leak.EndColumn) + 1 };
  const isAfter = end.line > start.line || (end.line === start.line && end.column > start.column);
  return isAfter ? { start, end } : { start };
}

/** Gitleaks counts the line break before a line as its first column, in all lines but the first. */
function columnOf(line: number, column: number): number {
  return Math.max(1, line > 1 ? column - 1 : column);
}
