import { count, formatDuration } from "../../numbers.ts";
import type { Filter, GraphModel } from "./graph-model.ts";

/** How much there is, and how much of it a filter shows. Pure. */
export function headline(model: GraphModel, filter: Filter): string {
  const { data } = model;
  const levels = new Set(data.nodes.map(({ level }) => level)).size;
  const all = `${count(data.nodes.length, data.of === "tasks" ? "task" : "project")}, ${count(levels, "level")}`;
  const left = model.shown(filter).length;
  return left === data.nodes.length ? all : `${String(left)} of ${all}`;
}

/** What a screen reader is told of a node. Pure. */
export function spoken(model: GraphModel, selected: number): string {
  const node = model.data.nodes[selected];
  if (node === undefined) return "";
  const parts = [
    node.id,
    `level ${String(node.level)}`,
    `depends on ${String(node.dependsOn.length)}`,
    count(model.dependents[selected]?.length ?? 0, "dependent"),
    ...(node.expectedMs === null ? [] : [`takes ${formatDuration(node.expectedMs)}`]),
    ...(model.critical.has(selected) ? ["on the critical path"] : []),
  ];
  return parts.join(", ");
}
