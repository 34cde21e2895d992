import type { Issue, SourceDocument } from "../../src/issues/issue.ts";
import { issueGraph, type IssueGraph } from "../../src/issues/issue-graph.ts";
import { readMilestone } from "../../src/issues/milestone/read-milestone.ts";
import { readIssue } from "../../src/issues/read-issue.ts";
import { DEFAULT_CHECKS, type IssueChecksInput } from "../../src/issues/settings.ts";

/** Documents from what stands in their front matter, by id: `{ A: "blocked_by: B" }`. */
export function documentsOf(fronts: Readonly<Record<string, string>>): SourceDocument[] {
  return Object.entries(fronts).map(([id, front]) => ({
    path: `issues/${id}.md`,
    text: `---\nid: ${id}\n${front}${front === "" ? "" : "\n"}---\n`,
  }));
}

/** The issues of documents. */
export function issuesOf(documents: readonly SourceDocument[]): Issue[] {
  return documents.flatMap((document) => readIssue(document).issue ?? []);
}

/** The graph of documents from what stands in their front matter, with the Issue Map of one milestone. */
export function graphOf(
  fronts: Readonly<Record<string, string>>,
  { checks = {}, map = "" }: { readonly checks?: IssueChecksInput; readonly map?: string } = {},
): IssueGraph {
  const milestone = readMilestone({ path: "milestones/M3-core.md", text: `## Issue Map\n\n${map}\n` });
  const milestones = milestone === undefined ? [] : [milestone];
  return issueGraph(issuesOf(documentsOf(fronts)), milestones, {
    ...DEFAULT_CHECKS,
    ...checks,
  } as typeof DEFAULT_CHECKS);
}

/** Each diagnostic as `code severity line:column message`. */
export function told({ diagnostics }: Pick<IssueGraph, "diagnostics">): string[] {
  return diagnostics.map(
    ({ code, severity, location, message }) =>
      `${code} ${severity} ${location?.file ?? ""}:${String(location?.line)}:${String(location?.column)} ${message}`,
  );
}
