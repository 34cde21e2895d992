import type { CriticalPath, GraphNode } from "./graph-view.ts";

type Weighed = Pick<GraphNode, "id" | "dependsOn" | "expectedMs" | "skipped">;

/** The longest way through nodes that are in topological order; of several the first by order. Pure. */
export function criticalPath(nodes: readonly Weighed[]): CriticalPath {
  const { by, weight } = weights(nodes);
  const before = new Map<string, string>();
  const lengths = new Map<string, number>();
  for (const node of nodes) {
    const first = longest(node.dependsOn, lengths);
    if (first !== undefined) before.set(node.id, first);
    lengths.set(node.id, weight(node) + (first === undefined ? 0 : (lengths.get(first) ?? 0)));
  }
  const last = longest(nodes, lengths);
  const ids = last === undefined ? [] : pathTo(last, before);
  if (by === "count" || last === undefined) return { ids, by: "count" };
  return { ids, by, expectedMs: lengths.get(last) ?? 0 };
}

/** The middle one of some durations; of an even number the longer of the two. */
export function middle(durations: readonly number[]): number | undefined {
  return [...durations].sort((a, b) => a - b)[Math.floor(durations.length / 2)];
}

function weights(nodes: readonly Weighed[]): {
  readonly by: CriticalPath["by"];
  readonly weight: (node: Weighed) => number;
} {
  const run = nodes.filter(({ skipped }) => skipped === undefined);
  const known = run.flatMap(({ expectedMs }) => (expectedMs === undefined ? [] : [expectedMs]));
  const typical = middle(known);
  return {
    by: typical === undefined ? "count" : known.length === run.length ? "history" : "estimate",
    weight: ({ skipped, expectedMs }) => (skipped === undefined ? (expectedMs ?? typical ?? 1) : 0),
  };
}

/** The one with the greatest length among those that have one; the first of equals. */
function longest(nodes: readonly { readonly id: string }[], lengths: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const { id } of nodes) {
    const length = lengths.get(id);
    if (length !== undefined && (best === undefined || length > (lengths.get(best) ?? 0))) best = id;
  }
  return best;
}

function pathTo(last: string, before: ReadonlyMap<string, string>): string[] {
  const path: string[] = [];
  for (let at: string | undefined = last; at !== undefined; at = before.get(at)) path.push(at);
  return path.reverse();
}
