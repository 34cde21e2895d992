import { branchOf, fail, ok, type Diagnostic, type Result, type Workflow } from "@symbiotic-build/engine";
import type { Edge } from "../issues/graph/edge.ts";
import type { Issue } from "../issues/issue.ts";
import type { IssuePlan, LeftOut } from "../issue-plan/issue-plan.ts";
import { planIssues, type PlanRequest } from "../issue-plan/plan-issues.ts";
import { progressOf } from "../issue-status/progress.ts";
import { keptOf, type Earlier } from "./kept-work.ts";
import { issueSteps } from "./issue-steps.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { stepId } from "./step-ids.ts";
import { unaskable } from "./unaskable.ts";

/** What a loop is planned of. */
export interface LoopRequest extends Omit<PlanRequest, "finished" | "begun"> {
  readonly settings: LoopSettings;
  /** What is kept of the run that is gone on with. */
  readonly earlier: Earlier;
}

/** A planned loop. */
export interface PlannedLoop {
  readonly workflow: Workflow;
  readonly issues: readonly PlannedIssue[];
  readonly plan: IssuePlan;
  /** Issues that cannot run now, and why. */
  readonly held: readonly LeftOut[];
}

/**
 * Plans the loop over the issues that still run: each after those that block it, and after those that it conflicts with. What passed in the run
 * that is gone on with is a part of it, and waits for nothing new: its steps are not done again. Pure.
 */
export function planLoop(request: LoopRequest): Result<PlannedLoop, readonly Diagnostic[]> {
  const { settings, graph } = request;
  const planned = planIssues({ ...request, ...keptOf(request) });
  if (!planned.ok) return planned;
  const plan = planned.value;
  const unasked = plan.issues.map(({ issue }) => unaskable(issue, request.textOf(issue)));
  const problems = unasked.filter((each) => each !== undefined);
  if (problems.length > 0) return fail(problems);
  const issues = plannedOf(plan, graph.edges, request);
  const steps = issues.flatMap((each) => issueSteps(each, settings));
  const workflow: Workflow = {
    name: "issues",
    steps,
    passed: (ended) => issues.every(({ issue }) => ended(stepId(issue, "finish"))?.status === "ok"),
    progress: (subject, ended) => progressOf(subject, ended, settings),
  };
  return ok({ workflow, issues, plan, held: plan.held });
}

function plannedOf(
  { finished, issues }: IssuePlan,
  edges: readonly Edge[],
  { textOf }: LoopRequest,
): readonly PlannedIssue[] {
  const done = new Set(finished.map(({ issue }) => issue));
  const all = new Set([...done, ...issues.map(({ issue }) => issue)]);
  const before = Map.groupBy(edges, ({ after }) => after);
  const make = (issue: Issue, among: ReadonlySet<Issue>, waitsFor: readonly Issue[]): PlannedIssue => ({
    ...{ issue, text: textOf(issue), branch: branchOf(issue.id.value), waitsFor },
    blockers: (before.get(issue) ?? [])
      .map((edge) => edge.before)
      .filter((each) => among.has(each))
      .map((each) => ({ issue: each, branch: branchOf(each.id.value) })),
  });
  return [
    ...finished.map(({ issue }) => make(issue, done, [])),
    ...issues.map(({ issue, waitsFor }) => make(issue, all, waitsFor)),
  ];
}
