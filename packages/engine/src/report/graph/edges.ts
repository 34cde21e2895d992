import type { CriticalPath, GraphEdge, GraphNode } from "./graph-view.ts";

/** The edges of a node that lead to nodes of the view, each once: the ones that can be drawn. Pure. */
export function inside({ dependsOn }: GraphNode, known: { has(id: string): boolean }): readonly GraphEdge[] {
  const seen = new Set<string>();
  return dependsOn.filter(({ id }) => known.has(id) && !seen.has(id) && seen.add(id));
}

/** Tells whether an edge is a step of the critical path; one that passes over some of its nodes is none. Pure. */
export function criticalSteps({ ids }: CriticalPath): (from: string, to: string) => boolean {
  const next = new Map(ids.map((id, index) => [id, ids[index + 1]]));
  return (from, to) => next.get(from) === to;
}
