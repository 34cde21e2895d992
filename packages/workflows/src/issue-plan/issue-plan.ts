import type { Issue } from "../issues/issue.ts";
import type { PlanEdge } from "./plan-edge.ts";

/** An issue of a plan, with its place in it. */
export interface PlanIssue {
  readonly issue: Issue;
  /** 0 for those that come after none. Those of one level neither wait for each other nor conflict. */
  readonly level: number;
  /** How much of the longest chain of the plan waits behind it: 0 to 1. */
  readonly behind: number;
  /** The issues of the plan that block it, as documents state. */
  readonly blockers: readonly Issue[];
  /** Issues of the plan that it merely waits for: by inferred edges, and those before it that it conflicts with; those behind others of them are left out. */
  readonly waitsFor: readonly Issue[];
}

/** Issues that may run at once, and what that is worth. */
export interface PlanChoice {
  readonly issues: readonly Issue[];
  readonly score: number;
  /** How many conflicts there may be between them. */
  readonly risk: number;
}

/** Why two issues may get in each other's way. */
export interface ConflictEvidence {
  readonly kind: "files" | "mention" | "api" | "schema";
  /** One sentence. */
  readonly why: string;
  /** `file:line:column` of the documents that say so. */
  readonly at: readonly string[];
}

/** Two issues that may get in each other's way. */
export interface PlanConflict {
  readonly issues: readonly [Issue, Issue];
  /** More than 0, up to 1. */
  readonly risk: number;
  /** They are not run at once. */
  readonly isBinding: boolean;
  /** One comes before the other anyway; for those that may run at once also by what they wait for. */
  readonly isOrdered: boolean;
  /** Looked up when it is asked for: there may be very many conflicts. */
  readonly evidence: () => readonly ConflictEvidence[];
}

/** Why an issue is not planned. */
export interface LeftOut {
  readonly issue: Issue;
  readonly why: string;
}

/** What may be done at once, what comes first, and what gets in whose way. */
export interface IssuePlan {
  /** In the order in which to begin them. */
  readonly issues: readonly PlanIssue[];
  /** Of each level, its parallel choices, the best one first. */
  readonly levels: readonly (readonly PlanChoice[])[];
  /** Chains of work that do not depend on each other. */
  readonly streams: readonly (readonly Issue[])[];
  /** Issues tied by dependency or by conflict. */
  readonly clusters: readonly (readonly Issue[])[];
  readonly edges: readonly PlanEdge[];
  /** Inferred edges that would make a circle. */
  readonly dropped: readonly PlanEdge[];
  /** The greatest risk first. */
  readonly conflicts: readonly PlanConflict[];
  readonly finished: readonly LeftOut[];
  /** Issues that cannot run now. */
  readonly held: readonly LeftOut[];
  /** How many may run at once. */
  readonly parallel: number;
}
