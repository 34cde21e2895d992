import type { Graph } from "@dagrejs/graphlib";

/**
 * The strongly connected parts of a directed graph that are more than one node: each node of one with the number of its part. graphlib has this,
 * too, but calls itself once a step, and a chain of ten thousand ends the stack; so this goes through the graph twice without.
 */
export function knotsOf(graph: Graph): ReadonlyMap<string, number> {
  const finished = finishOrder(graph);
  const part = new Map<string, number>();
  const sizes: number[] = [];
  for (const root of finished.reverse()) {
    if (part.has(root)) continue;
    const members = [root];
    part.set(root, sizes.length);
    // An array that grows while it is gone through: each is looked at once.
    for (const node of members)
      for (const before of graph.predecessors(node) ?? []) {
        if (part.has(before)) continue;
        part.set(before, sizes.length);
        members.push(before);
      }
    sizes.push(members.length);
  }
  return new Map([...part].filter(([, number]) => (sizes[number] ?? 0) > 1));
}

/** Each node after all that can be reached from it and was not reached before. */
function finishOrder(graph: Graph): string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const root of graph.nodes()) {
    const open: { readonly node: string; readonly next: string[] }[] = [];
    const enter = (node: string): void => {
      if (seen.has(node)) return;
      seen.add(node);
      open.push({ node, next: [...(graph.successors(node) ?? [])] });
    };
    enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.next.pop();
      if (next !== undefined) enter(next);
      else order.push(open.pop()?.node ?? "");
    }
  }
  return order;
}
