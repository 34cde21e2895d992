import { Graph } from "@dagrejs/graphlib";
import type { Issue } from "../issues/issue.ts";

/**
 * The parts of issues that nothing ties to each other, each in the given order, and in the order of their first members. Directions do not
 * count. graphlib gives the neighbours; its own search calls itself once a step, and a chain of ten thousand ends the stack.
 */
export function partsOf(
  issues: readonly Issue[],
  ties: readonly (readonly [Issue, Issue])[],
): readonly (readonly Issue[])[] {
  const graph = new Graph({ directed: false });
  for (const { id } of issues) graph.setNode(id.value);
  for (const [one, other] of ties) graph.setEdge(one.id.value, other.id.value);
  const part = new Map<string, string>();
  for (const { id: root } of issues) {
    if (part.has(root.value)) continue;
    const members = [root.value];
    part.set(root.value, root.value);
    for (const node of members)
      for (const next of graph.neighbors(node) ?? []) {
        if (part.has(next)) continue;
        part.set(next, root.value);
        members.push(next);
      }
  }
  return [...Map.groupBy(issues, ({ id }) => part.get(id.value)).values()];
}
