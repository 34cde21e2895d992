import { type Diagnostic, warningOf } from "../../core/diagnostic.ts";
import type { Envelope } from "../../core/event.ts";
import { coberturaText } from "../cobertura.ts";
import { codeQualityText } from "../code-quality.ts";
import { jsonText } from "../json-text.ts";
import { junitText } from "../junit.ts";
import { count } from "../numbers.ts";
import { pullRequestText } from "../pull-request.ts";
import type { SourceLines } from "../report-findings.ts";
import type { RunReport } from "../run-report.ts";
import { RunView } from "../run-view.ts";
import { sarifText } from "../sarif/sarif.ts";
import { summaryOf } from "../summary.ts";
import type { Artifact } from "./artifact.ts";
import type { ReportFormat } from "./formats.ts";
import { coveragePages } from "./htmlcov.ts";

/** What the reports of a run are made of. */
export interface ReportSources {
  readonly events: readonly Envelope[];
  readonly report: RunReport;
  readonly sources: SourceLines;
}

/** What is wanted. */
export interface ReportsWanted {
  readonly formats: readonly ReportFormat[];
  /** The way from the folder of the reports to the repository root, `/` between segments. */
  readonly toRoot: string;
}

/** The files of some formats, and what is to be said of them. */
export interface MadeArtifacts {
  readonly artifacts: readonly Artifact[];
  readonly notices: readonly Diagnostic[];
}

/** Makes the files of these formats. Where no coverage was measured there is none to report. */
export async function artifactsOf(from: ReportSources, { formats, toRoot }: ReportsWanted): Promise<MadeArtifacts> {
  const made = await Promise.all([...new Set(formats)].map((format) => filesOf(format, from, toRoot)));
  return { artifacts: made.flatMap(({ artifacts }) => artifacts), notices: made.flatMap(({ notices }) => notices) };
}

async function filesOf(format: ReportFormat, from: ReportSources, toRoot: string): Promise<MadeArtifacts> {
  const { report } = from;
  const one = (path: string, what: string, text: string): MadeArtifacts => ({
    artifacts: [{ path, format, what, text }],
    notices: [],
  });
  switch (format) {
    case "html":
      return htmlFiles(from, toRoot);
    case "sarif":
      return one("reports/findings.sarif", "findings, SARIF 2.1.0", sarifText(report));
    case "junit":
      return one("reports/junit.xml", "tests, JUnit XML", junitText(report));
    case "cobertura":
      if (report.coverage.length === 0) return { artifacts: [], notices: [] };
      return one("reports/coverage.xml", "coverage, Cobertura XML", coberturaText(report));
    case "gitlab":
      return one("reports/gl-code-quality.json", "findings, GitLab code quality", codeQualityText(report));
    case "markdown":
      return one("summary.md", "comment for a pull request, Markdown", pullRequestText(report));
    case "json":
      return jsonFiles(from);
  }
}

async function htmlFiles({ report, sources }: ReportSources, toRoot: string): Promise<MadeArtifacts> {
  const { triagePage } = await import("../page-triage/triage-page.ts");
  const text = triagePage(report, toRoot);
  const page: Artifact = { path: "index.html", format: "html", what: "the run as a page", text };
  if (report.coverage.length === 0) return { artifacts: [page], notices: [] };
  const { pages, changed } = coveragePages(report.coverage, sources);
  const covered = pages.map((each, at): Artifact => {
    const what = at === 0 ? "coverage, a list of the files" : "coverage of a file";
    return { path: `reports/htmlcov/${each.name}`, format: "html", what, text: each.text };
  });
  return { artifacts: [page, ...covered], notices: changedSince(changed) };
}

function changedSince(changed: readonly string[]): Diagnostic[] {
  if (changed.length === 0) return [];
  const what = `${count(changed.length, "file")} ${changed.length === 1 ? "has" : "have"} changed since the coverage was measured`;
  return [
    warningOf("SYM4086", `${what}: ${changed.length === 1 ? "its page shows" : "their pages show"} no lines`, {
      hint: "run the tests again for pages with lines; the numbers are those of the run",
      notes: [...changed.slice(0, 5), ...(changed.length > 5 ? [`and ${count(changed.length - 5, "file")} more`] : [])],
    }),
  ];
}

function jsonFiles({ events }: ReportSources): MadeArtifacts {
  const view = new RunView();
  for (const envelope of events) view.apply(envelope);
  const lines = events.map((envelope) => `${jsonText(envelope)}\n`).join("");
  const summary = `${jsonText(summaryOf(view), 2)}\n`;
  const files: readonly Artifact[] = [
    { path: "reports/events.jsonl", format: "json", what: "events, a line each", text: lines },
    { path: "reports/summary.json", format: "json", what: "the run in one object", text: summary },
  ];
  return { artifacts: files, notices: [] };
}
