import { branchOf, ok, type Diagnostic, type Result, type Workflow } from "@symbiotic-build/engine";
import type { Edge } from "../issues/graph/edge.ts";
import type { Issue } from "../issues/issue.ts";
import type { IssuePlan, LeftOut } from "../issue-plan/issue-plan.ts";
import { planIssues, type PlanRequest } from "../issue-plan/plan-issues.ts";
import { progressOf } from "../issue-status/progress.ts";
import { keptOf, type Earlier } from "./kept-work.ts";
import { issueSteps } from "./issue-steps.ts";
import { parentFirst } from "./parent-first.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { stepId } from "./step-ids.ts";

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
  const issues = plannedOf(plan, graph.edges, request);
  const steps = issues.flatMap((each) => issueSteps(each, settings));
  const workflow: Workflow = {
    name: "issues",
    steps,
    platforms: settings.into === null ? [] : settings.platforms,
    passed: (ended) => issues.every(({ issue }) => ended(stepId(issue, "finish"))?.status === "ok"),
    progress: (subject, ended) => progressOf(subject, ended, settings),
  };
  return ok({ workflow, issues, plan, held: plan.held });
}

function plannedOf(
  { finished, issues, levels }: IssuePlan,
  edges: readonly Edge[],
  { textOf }: LoopRequest,
): readonly PlannedIssue[] {
  const done = new Set(finished.map(({ issue }) => issue));
  const before = Map.groupBy(edges, ({ after }) => after);
  const ranks = new Map(levels.flat().flatMap((choice, rank) => choice.issues.map((issue) => [issue, rank] as const)));
  const planned: PlannedIssue[] = [];
  const add = (issue: Issue, waitsFor: readonly Issue[]): void => {
    const isBefore = new Set((before.get(issue) ?? []).map((edge) => edge.before));
    const blockers = parentFirst(
      planned,
      planned.filter((each) => isBefore.has(each.issue) && (!done.has(issue) || done.has(each.issue))),
    );
    const branch = branchOf(issue.id.value);
    planned.push({
      ...{
        issue,
        text: textOf(issue),
        branch,
        waitsFor,
        rank: ranks.get(issue) ?? 0,
        stack: [...(blockers[0]?.stack ?? []), branch],
      },
      blockers: blockers.map((each) => ({ issue: each.issue, branch: each.branch })),
    });
  };
  for (const { issue } of finished) add(issue, []);
  for (const { issue, waitsFor } of issues) add(issue, waitsFor);
  return planned;
}
