import type { Issue } from "../../issues/issue.ts";
import type { IssuePlan, LeftOut } from "../issue-plan.ts";
import type { PlanEdge } from "../plan-edge.ts";
import type { IssuePlanJson } from "./plan-schema.ts";

/** A thousand issues that all meet make half a million conflicts: nobody reads them. */
const MOST = 1000;

/** The plan as data for other programs. */
export function issuePlanJson(plan: IssuePlan): IssuePlanJson {
  const [streamOf, clusterOf] = [numberIn(plan.streams), numberIn(plan.clusters)];
  return {
    ...{ v: 1, parallel: plan.parallel },
    issues: plan.issues.map(({ issue, level, behind, blockers, waitsFor }) => ({
      ...{ id: issue.id.value, title: issue.title.value, path: issue.path, level, behind: rounded(behind) },
      ...{ stream: streamOf(issue), cluster: clusterOf(issue), blockedBy: idsOf(blockers), waitsFor: idsOf(waitsFor) },
    })),
    levels: plan.levels.map((choices, level) => ({
      level,
      choices: choices.map(({ issues, score, risk }) => ({
        ...{ issues: idsOf(issues), score: rounded(score), risk: rounded(risk) },
      })),
    })),
    streams: plan.streams.map(idsOf),
    clusters: plan.clusters.map(idsOf),
    edges: plan.edges.map(edgeJson),
    dropped: plan.dropped.slice(0, MOST).map(edgeJson),
    conflicts: plan.conflicts.slice(0, MOST).map(({ issues: [a, b], risk, isBinding, isOrdered, evidence }) => ({
      ...{
        issues: [a.id.value, b.id.value] as const,
        risk: rounded(risk),
        atOnce: !isBinding && !isOrdered,
        evidence: evidence(),
      },
    })),
    conflictsLeftOut: Math.max(0, plan.conflicts.length - MOST),
    finished: plan.finished.map(leftOutJson),
    held: plan.held.map(leftOutJson),
  };
}

function numberIn(parts: readonly (readonly Issue[])[]): (issue: Issue) => number {
  const numbers = new Map(parts.flatMap((part, index) => part.map((issue) => [issue, index + 1] as const)));
  return (issue) => numbers.get(issue) ?? 0;
}

function idsOf(issues: readonly Issue[]): readonly string[] {
  return issues.map(({ id }) => id.value);
}

function edgeJson({ before, after, isInferred, evidence }: PlanEdge): IssuePlanJson["edges"][number] {
  return { before: before.id.value, after: after.id.value, inferred: isInferred, evidence };
}

function leftOutJson({ issue, why }: LeftOut): { readonly id: string; readonly why: string } {
  return { id: issue.id.value, why };
}

/** To four digits: the same on every machine. */
function rounded(number: number): number {
  return Math.round(number * 10_000) / 10_000;
}
