import type { RepoPath } from "@symbiotic-build/engine";
import type { Held, OrderedIssue } from "../issue-order.ts";

/** A row of the list of issues: plain data. */
export interface IssueRow {
  readonly id: string;
  readonly title: string;
  /** As the document has it; `null` where it has none. */
  readonly state: string | null;
  readonly milestone: string | null;
  readonly project: string | null;
  readonly priority: string | null;
  readonly level: number | null;
  readonly blockedBy: readonly { readonly id: string; readonly state: string | null; readonly selected: boolean }[];
  readonly held: Held | null;
  readonly path: RepoPath;
}

/** The rows of a list of issues, in their order. */
export function issueRows(order: readonly OrderedIssue[]): IssueRow[] {
  return order.map(({ issue, level, blockedBy, held }) => ({
    id: issue.id.value,
    title: issue.title.value,
    state: issue.state?.value ?? null,
    milestone: issue.milestone?.value ?? null,
    project: issue.project?.value ?? null,
    priority: issue.priority?.value ?? null,
    level: level ?? null,
    blockedBy: blockedBy.map((blocker) => ({
      id: blocker.issue.id.value,
      state: blocker.issue.state?.value ?? null,
      selected: blocker.isSelected,
    })),
    held: held ?? null,
    path: issue.path,
  }));
}
