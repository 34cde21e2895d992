/** What Symbiotic makes of issue documents. */
export type { Check, Severity } from "./issues/checks.ts";
export { judged } from "./issues/checks.ts";
export { issueChecksSchema, DEFAULT_CHECKS, type IssueChecks, type IssueChecksInput } from "./issues/settings.ts";
export type { Place, Placed } from "./issues/text/place.ts";
export type { EdgeField } from "./issues/front-matter/field.ts";
export type { StateKind } from "./issues/words/state.ts";
export type { Checkbox, EdgeReference, Issue, IssueReading, Reference, SourceDocument } from "./issues/issue.ts";
export { readIssue } from "./issues/read-issue.ts";
export type { Milestone } from "./issues/milestone/milestone.ts";
export { readMilestone } from "./issues/milestone/read-milestone.ts";
export type { Edge, Statement } from "./issues/graph/edge.ts";
export type { OneSided } from "./issues/graph/one-sided.ts";
export { issueGraph, type IssueGraph } from "./issues/issue-graph.ts";
export type { IssueFilter } from "./issues/graph/filter.ts";
export { issueOrder, type Blocker, type Held, type OrderedIssue } from "./issues/issue-order.ts";
export { fixOneSided, type Mended, type Mending } from "./issues/fix-one-sided.ts";
export { issueRows, type IssueRow } from "./issues/show/issue-rows.ts";
export { issueListText } from "./issues/show/issue-list-text.ts";
export { issueGraphText } from "./issues/show/issue-graph-text.ts";
export { issueGraphMermaid } from "./issues/show/issue-graph-mermaid.ts";
export { issueGraphDot } from "./issues/show/issue-graph-dot.ts";
export { issueGraphJson, type IssueGraphJson } from "./issues/show/issue-graph-json.ts";
export type {
  ConflictEvidence,
  IssuePlan,
  LeftOut,
  PlanChoice,
  PlanConflict,
  PlanIssue,
} from "./issue-plan/issue-plan.ts";
export type { EdgeEvidence, PlanEdge } from "./issue-plan/plan-edge.ts";
export type { RepositoryView } from "./issue-plan/repository-view.ts";
export { planIssues, type PlanRequest } from "./issue-plan/plan-issues.ts";
export { pairRisk, CONFLICT, type Common } from "./issue-plan/score/pair-risk.ts";
export { choiceScore, type ChoiceFacts } from "./issue-plan/score/choice-score.ts";
export { issuePlanText } from "./issue-plan/show/plan-text.ts";
export { issuePlanJson } from "./issue-plan/show/plan-json.ts";
export { issuePlanSchema, type IssuePlanJson } from "./issue-plan/show/plan-schema.ts";
export { loopStatus, type IssueStatus, type LoopStatus } from "./issue-status/issue-status.ts";
export { loopStatusSchema } from "./issue-status/status-schema.ts";
export { issuesCommand } from "./issue-command/issues-command.ts";
export { promptsCommand } from "./prompts-command/prompts-command.ts";
