import { posix } from "node:path";
import type { KeptStep, KeptWorkflow, Result, Diagnostic, TaskId } from "@symbiotic-build/engine";
import type { Issue } from "../../src/issues/issue.ts";
import { issueGraph } from "../../src/issues/issue-graph.ts";
import { readIssue } from "../../src/issues/read-issue.ts";
import type { IssuePlan } from "../../src/issue-plan/issue-plan.ts";
import { planIssues } from "../../src/issue-plan/plan-issues.ts";
import type { RepositoryView } from "../../src/issue-plan/repository-view.ts";

/** A document: what stands in its front matter beside the id, and its body. */
export interface PlannedDocument {
  readonly front?: string;
  readonly body?: string;
}

/** What a plan is made of. */
export interface PlanSetup {
  /** Files of the repository by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  readonly parallel?: number;
  readonly ids?: readonly string[];
  readonly finished?: readonly string[];
  readonly begun?: readonly string[];
}

/** A repository of these files. */
export function viewOf(files: Readonly<Record<string, string>>): RepositoryView {
  return {
    files: Object.keys(files).sort(),
    matcher: (globs) => (path) => globs.some((glob) => posix.matchesGlob(path, glob)),
    read: (path) => files[path],
  };
}

/** The text of a document. */
export function textOf(id: string, { front = "", body = "" }: PlannedDocument): string {
  return `---\nid: ${id}\ntitle: ${id} title\n${front}${front === "" ? "" : "\n"}---\n\n${body}\n`;
}

/** The plan of documents, in the order in which they are given. */
export function tryPlan(
  documents: readonly (readonly [id: string, document: PlannedDocument])[],
  { files = {}, parallel = 2, ids = [], finished = [], begun = [] }: PlanSetup = {},
): Result<IssuePlan, readonly Diagnostic[]> {
  const texts = new Map<Issue, string>();
  for (const [id, document] of documents) {
    const text = textOf(id, document);
    const { issue } = readIssue({ path: `docs/projects/p/issues/${id}.md`, text });
    if (issue !== undefined) texts.set(issue, text);
  }
  return planIssues({
    ...{ graph: issueGraph([...texts.keys()], []), filter: { ids }, parallel, repository: viewOf(files) },
    textOf: (issue) => texts.get(issue) ?? "",
    finished: ({ id }) => (finished.includes(id.value) ? "passed at once" : undefined),
    begun: ({ id }) => begun.includes(id.value),
  });
}

/** The same; throws where there is none. */
export function planOf(documents: Readonly<Record<string, PlannedDocument>>, setup: PlanSetup = {}): IssuePlan {
  const plan = tryPlan(Object.entries(documents), setup);
  if (!plan.ok) throw new Error(plan.error.map(({ code, message }) => `${code} ${message}`).join("; "));
  return plan.value;
}

/** A section about files. */
export function scope(...paths: readonly string[]): string {
  return `## Files\n\n${paths.map((path) => `- \`${path}\``).join("\n")}\n`;
}

/** What is kept of a run with these steps. */
export function keptRun(steps: Readonly<Record<TaskId, KeptStep>>, more: Partial<KeptWorkflow> = {}): KeptWorkflow {
  return {
    ...{ run: "20261122-101112-abcd", state: "over", startedAt: "2026-11-22T10:11:12.000Z", resumedBy: undefined },
    ...{ isWhole: true, plan: Object.keys(steps), steps: new Map(Object.entries(steps)) },
    endOf: ({ id }) => steps[id]?.end,
    ...more,
  };
}
