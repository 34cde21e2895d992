import { ok, type CommandIo, type Diagnostic, type IssuesSetting, type Result } from "@symbiotic-build/engine";
import { issueGraph, type IssueGraph } from "../issues/issue-graph.ts";
import { readMilestone } from "../issues/milestone/read-milestone.ts";
import type { Milestone } from "../issues/milestone/milestone.ts";
import { readIssue } from "../issues/read-issue.ts";
import type { Issue } from "../issues/issue.ts";
import { DEFAULT_CHECKS, issueChecksSchema } from "../issues/settings.ts";
import { judged } from "../issues/checks.ts";

/** All documents of a repository, read. */
export interface ReadDocuments {
  readonly issues: readonly Issue[];
  readonly graph: IssueGraph;
  readonly texts: ReadonlyMap<Issue, string>;
  /** What is wrong within documents and between them. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A name may hold a line break. */
const DOCUMENTS = /^(?:.*\/)?docs\/projects\/.*\.md$/is;
const MILESTONES = /(?:^|\/)milestones\/[^/]+\.md$/i;

/** Reads issue documents and milestone documents. */
export function readDocuments(io: CommandIo, setting: IssuesSetting): Result<ReadDocuments, readonly Diagnostic[]> {
  const { documents } = setting;
  const isDocument = documents === undefined ? (path: string) => DOCUMENTS.test(path) : io.matcher(documents);
  const parsed = issueChecksSchema.safeParse(setting.checks ?? {});
  const checks = parsed.success ? parsed.data : DEFAULT_CHECKS;
  const [issues, milestones, diagnostics]: [Issue[], Milestone[], Diagnostic[]] = [[], [], []];
  const texts = new Map<Issue, string>();
  for (const path of io.files) {
    const text = isDocument(path) ? io.read(path) : undefined;
    if (text === undefined) continue;
    if (MILESTONES.test(path)) {
      milestones.push(...[readMilestone({ path, text })].filter((each) => each !== undefined));
      continue;
    }
    const { issue, diagnostics: told } = readIssue({ path, text });
    diagnostics.push(...told);
    if (issue === undefined) continue;
    issues.push(issue);
    texts.set(issue, text);
  }
  const graph = issueGraph(issues, milestones, checks);
  return ok({ issues, graph, texts, diagnostics: [...judged(diagnostics, checks), ...graph.diagnostics] });
}
