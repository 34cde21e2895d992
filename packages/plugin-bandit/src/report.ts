import { ok, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { pathOf, readJson, type PathStart } from "@symbiotic-build/validator";
import { z } from "zod";

const issueSchema = z.object({
  filename: z.string(),
  test_id: z.string(),
  issue_text: z.string(),
  issue_severity: z.string(),
  // Before 1.7.3 there is none.
  issue_cwe: z.object({ id: z.number().optional() }).optional(),
  line_number: z.number(),
  // Before 1.7.0 there is none.
  col_offset: z.number().optional(),
  end_col_offset: z.number().optional(),
  line_range: z.array(z.number()).optional(),
  more_info: z.string().nullish(),
});

type Issue = z.infer<typeof issueSchema>;

const reportSchema = z.object({
  errors: z.array(z.object({ filename: z.string(), reason: z.string() })),
  results: z.array(issueSchema),
});

/** What `bandit --format json` wrote, from 1.6 on; a file that bandit cannot read is a finding too. */
export function readReport(stdout: string, start: PathStart): Result<readonly Finding[], Diagnostic> {
  const read = readJson("bandit", stdout, reportSchema);
  if (!read.ok) return read;
  const findings: Finding[] = [];
  for (const issue of read.value.results) {
    const file = pathOf(issue.filename, start);
    if (!file.ok) return file;
    findings.push(findingOf(issue, file.value));
  }
  for (const { filename, reason } of read.value.errors) {
    const file = pathOf(filename, start);
    if (!file.ok) return file;
    findings.push({ tool: "bandit", rule: "unreadable", level: "error", message: reason, file: file.value });
  }
  return ok(findings);
}

/** As bandit itself maps severities for SARIF. */
const LEVELS: Readonly<Record<string, Finding["level"]>> = { HIGH: "error", MEDIUM: "warning" };

function findingOf(issue: Issue, file: string): Finding {
  const { test_id: rule, issue_cwe: cwe, more_info: helpUrl } = issue;
  return {
    tool: "bandit",
    rule,
    level: LEVELS[issue.issue_severity] ?? "note",
    message: issue.issue_text,
    file,
    range: rangeOf(issue),
    ...(typeof helpUrl === "string" ? { helpUrl } : {}),
    problems: [`bandit/${rule}`, ...(cwe?.id === undefined ? [] : [`CWE-${String(cwe.id)}`])],
  };
}

/** Bandit's columns begin with 0; where it ends is known in one line alone. */
function rangeOf({ line_number: line, col_offset: column, end_col_offset: end, line_range: lines }: Issue): {
  readonly start: { readonly line: number; readonly column: number };
  readonly end?: { readonly line: number; readonly column: number };
} {
  const start = { line, column: (column ?? 0) + 1 };
  const isOneLine = lines?.length === 1 && end !== undefined && end > (column ?? 0);
  return isOneLine ? { start, end: { line, column: end + 1 } } : { start };
}
