import { hash } from "node:crypto";
import { html, script, style } from "symbiotic:triage-page";
import type { RunReport } from "../run-report.ts";
import { coverageSection } from "./coverage-section.ts";
import { findingId, findingsSection } from "./findings-section.ts";
import { gatesSection } from "./gates-section.ts";
import { groupedByFile } from "./grouped.ts";
import { htmlOf, jsonFor, markup } from "./markup.ts";
import { pageData } from "./page-data.ts";
import { runSection } from "./run-section.ts";
import { tasksSection } from "./tasks-section.ts";
import { testsSection } from "./tests-section.ts";
import { verdictSection } from "./verdict-section.ts";

/**
 * A run as one HTML page for a person who must decide what to do next. It needs no network, no other file and no script:
 * with JavaScript it filters and sorts. Its policy lets no script run but its own, whatever the texts of tools are. `root`
 * is the way from the page's folder to the repository, as a link takes it. Pure.
 */
export function triagePage(report: RunReport, root = ".."): string {
  const groups = groupedByFile(report.findings);
  const anchors = new Map(report.findings.map((finding) => [finding.fingerprint, findingId(finding)]));
  const { section: findings, later } = findingsSection(report, groups);
  const parts: Readonly<Record<string, string>> = {
    policy: `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash("sha256", script, "base64")}'; base-uri 'none'; form-action 'none'`,
    title: htmlOf(markup`${report.run.outcome}: ${report.run.verdict}`),
    style,
    verdict: htmlOf(verdictSection(report)),
    main: [
      gatesSection(report, anchors),
      findings,
      testsSection(report),
      coverageSection(report),
      tasksSection(report, root),
      runSection(report),
    ]
      .map(htmlOf)
      .join("\n"),
    data: htmlOf(jsonFor(pageData(report, groups))),
    later: htmlOf(jsonFor(later)),
    script,
  };
  return html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? "");
}
