import type { Diagnostic } from "@symbiotic-build/engine";
import { judged } from "./checks.ts";
import { tellAbandoned } from "./graph/abandoned.ts";
import type { Edge } from "./graph/edge.ts";
import { edgesOf } from "./graph/edges-of.ts";
import { indexOf } from "./graph/issue-index.ts";
import { mapRanksOf } from "./graph/map-ranks.ts";
import { oneSidedOf, tellOneSided, type OneSided } from "./graph/one-sided.ts";
import { familyOf } from "./graph/parents.ts";
import { tellCycles } from "./graph/tell-cycles.ts";
import { tellDangling, tellDoubled, tellSelfEdge } from "./graph/tell-documents.ts";
import type { Issue } from "./issue.ts";
import type { Milestone } from "./milestone/milestone.ts";
import { DEFAULT_CHECKS, type IssueChecks } from "./settings.ts";
import { sortedByNature } from "./words/natural-order.ts";

/** Issues and what stands between them. */
export interface IssueGraph {
  /** One for each id, in natural order. */
  readonly issues: readonly Issue[];
  readonly milestones: readonly Milestone[];
  readonly edges: readonly Edge[];
  readonly oneSided: readonly OneSided[];
  readonly parentOf: ReadonlyMap<Issue, Issue>;
  /** The places of issues in Issue Maps, smaller first. */
  readonly mapRanks: ReadonlyMap<Issue, number>;
  readonly byId: (id: string) => Issue | undefined;
  /** What is wrong between the documents, by the settings, in the order of their codes. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a graph of issues. What does not fit is told and left out, a doubled id or a name that leads nowhere; edges of a cycle stay,
 * and `issueOrder` holds back the issues on it.
 */
export function issueGraph(
  all: readonly Issue[],
  milestones: readonly Milestone[],
  checks: IssueChecks = DEFAULT_CHECKS,
): IssueGraph {
  const index = indexOf(all);
  const issues = sortedByNature(index.issues, ({ id }) => id.value);
  const named = { issues, resolve: index.resolve };
  const { edges, selfEdges, dangling } = edgesOf(named);
  const oneSided = oneSidedOf(edges);
  const family = familyOf(named);
  const { ranks, diagnostics } = mapRanksOf(milestones, index);
  const told = [
    ...index.doubled.flatMap(tellDoubled),
    ...tellDangling([...dangling, ...family.dangling], issues),
    ...oneSided.map(tellOneSided),
    ...selfEdges.map(tellSelfEdge),
    ...tellCycles(issues, edges),
    ...family.diagnostics,
    ...tellAbandoned(edges),
    ...diagnostics,
  ];
  return {
    issues,
    milestones,
    edges,
    oneSided,
    parentOf: family.parentOf,
    mapRanks: ranks,
    byId: index.byId,
    diagnostics: judged(told, checks),
  };
}
