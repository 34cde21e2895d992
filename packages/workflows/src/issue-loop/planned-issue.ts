import type { Issue } from "../issues/issue.ts";

/** An issue of a plan, and what it comes after. */
export interface PlannedIssue {
  readonly issue: Issue;
  /** The text of its document. */
  readonly text: string;
  readonly branch: string;
  /** The branches that its own stands on, the lowest first, and that itself. */
  readonly stack: readonly string[];
  /** Issues of the plan that have to pass first; their branches are what it stands on, and that of the first is its parent. */
  readonly blockers: readonly { readonly issue: Issue; readonly branch: string }[];
  /** Issues of the plan that write the same files, and that it merely waits for. */
  readonly waitsFor: readonly Issue[];
  /** Where its choice stands in the plan, from 0: what is planned first begins first. */
  readonly rank: number;
}
