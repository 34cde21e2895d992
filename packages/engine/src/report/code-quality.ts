import { jsonText } from "./json-text.ts";
import type { FindingReport, RunReport } from "./run-report.ts";
import { safeName, safeText } from "./safe-text.ts";

/** An issue of GitLab's code quality report. */
export interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  /** By it GitLab knows an issue again; each has its own. */
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITIES = { error: "major", warning: "minor", note: "info" } as const;

/** The findings of a run as GitLab's code quality report, known ones included: it compares the reports of two branches. */
export function codeQualityText(report: RunReport): string {
  return `${jsonText(report.findings.map(issueOf))}\n`;
}

function issueOf({ tool, rule, message, fingerprint, level, file, range }: FindingReport): CodeQualityIssue {
  const name = `${safeName(tool, "unnamed")}/${safeName(rule, "unnamed")}`;
  return {
    description: safeText(message, rule),
    check_name: name,
    fingerprint,
    severity: SEVERITIES[level],
    location: { path: safeName(file, "."), lines: { begin: Math.max(1, range?.start.line ?? 1) } },
  };
}
