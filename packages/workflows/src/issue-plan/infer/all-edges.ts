import { Graph } from "@dagrejs/graphlib";
import type { Edge } from "../../issues/graph/edge.ts";
import type { Issue } from "../../issues/issue.ts";
import { placeText } from "../../issues/text/place.ts";
import { knotsOf } from "../knots.ts";
import { nodeName } from "../node-name.ts";
import type { PlanEdge } from "../plan-edge.ts";

/** The edges of a plan. */
export interface AllEdges {
  readonly edges: readonly PlanEdge[];
  /** Inferred edges that contradict stated ones, or each other: they make circles, and none of a circle counts. */
  readonly dropped: readonly PlanEdge[];
}

/** Joins stated edges, which make no circle, with inferred ones. What is stated needs no guess. */
export function allEdges(stated: readonly Edge[], inferred: readonly PlanEdge[]): AllEdges {
  const known = new Map<string, PlanEdge>(stated.map((edge) => [keyOf(edge), statedEdge(edge)]));
  const guessed = Map.groupBy(inferred, keyOf);
  const all = [...known.values(), ...[...guessed].flatMap(([key, same]) => (known.has(key) ? [] : joinedEdge(same)))];
  const graph = new Graph({ directed: true });
  for (const { before, after } of all) graph.setEdge(nodeName(before), nodeName(after));
  const knots = knotsOf(graph);
  const isDropped = ({ before, after, isInferred }: PlanEdge): boolean => {
    const knot = knots.get(nodeName(before));
    return isInferred && knot !== undefined && knot === knots.get(nodeName(after));
  };
  return { edges: all.filter((edge) => !isDropped(edge)), dropped: all.filter(isDropped) };
}

function keyOf({ before, after }: { readonly before: Issue; readonly after: Issue }): string {
  return `${before.id.value}\0${after.id.value}`;
}

/** One edge for all that say the same, with the evidence of each. */
function joinedEdge([first, ...others]: readonly PlanEdge[]): readonly PlanEdge[] {
  if (first === undefined) return [];
  return [{ ...first, evidence: [first, ...others].flatMap(({ evidence }) => evidence) }];
}

function statedEdge({ before, after, said }: Edge): PlanEdge {
  return {
    ...{ before, after, isInferred: false },
    evidence: said.map(({ by, field, at }) => ({
      ...{ rule: "stated" as const, why: `${by.id.value} says \`${field}\``, at: placeText(by.path, at) },
    })),
  };
}
