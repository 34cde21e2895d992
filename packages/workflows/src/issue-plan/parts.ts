import { Graph } from "@dagrejs/graphlib";
import type { Issue } from "../issues/issue.ts";
import { nodeName } from "./node-name.ts";

/**
 * The parts of issues that nothing ties to each other, each in the given order, and in the order of their first members. Directions do not
 * count. graphlib gives the neighbours; its own search calls itself once a step, and a chain of ten thousand ends the stack.
 */
export function partsOf(
  issues: readonly Issue[],
  ties: readonly (readonly [Issue, Issue])[],
): readonly (readonly Issue[])[] {
  const graph = new Graph({ directed: false });
  for (const issue of issues) graph.setNode(nodeName(issue));
  for (const [one, other] of ties) graph.setEdge(nodeName(one), nodeName(other));
  const part = new Map<string, string>();
  for (const root of issues.map(nodeName)) {
    if (part.has(root)) continue;
    const members = [root];
    part.set(root, root);
    for (const node of members)
      for (const next of graph.neighbors(node) ?? []) {
        if (part.has(next)) continue;
        part.set(next, root);
        members.push(next);
      }
  }
  return [...Map.groupBy(issues, (issue) => part.get(nodeName(issue))).values()];
}
