import { byCodeUnit } from "../../core/json.ts";
import { count, formatDuration } from "../numbers.ts";
import { oneLine } from "../sanitise.ts";
import { inside } from "./edges.ts";
import type { CriticalPath, GraphNode, GraphView } from "./graph-view.ts";

/** The view as lines for people: tasks by level with what they wait for, gates, the critical path; or projects and edges. Pure. */
export function graphText(view: GraphView): string {
  if (view.nodes.length === 0) return view.of === "tasks" ? "no task" : "no project";
  return (view.of === "tasks" ? taskLines(view) : projectLines(view)).join("\n");
}

function taskLines({ nodes, levels, gates, criticalPath }: GraphView): string[] {
  const byLevel = Map.groupBy(nodes, ({ level }) => level);
  const tasks = Array.from({ length: levels }, (_, level) => [
    `level ${String(level)}`,
    ...(byLevel.get(level) ?? []).map(taskLine),
  ]);
  const read = gates.map(({ title, reads }) => `  ${oneLine(title)}  ← ${reads.join(", ")}`);
  return [...tasks.flat(), ...(read.length > 0 ? ["gates", ...read] : []), ...criticalLines(criticalPath)];
}

function taskLine({ id, dependsOn }: GraphNode): string {
  return `  ${id}${dependsOn.length > 0 ? `  ← ${dependsOn.map((before) => before.id).join(", ")}` : ""}`;
}

/** A way of one task is no way: all tasks may run at once, and that can be seen above. */
function criticalLines({ ids, by, expectedMs }: CriticalPath): string[] {
  if (ids.length < 2) return [];
  const about = by === "estimate" ? "about " : "";
  const time = expectedMs === undefined ? "" : `, ${about}${formatDuration(expectedMs)}`;
  return [`critical path: ${count(ids.length, "task")}${time}`, ...ids.map((id) => `  ${id}`)];
}

/** In order of name: the level stands beside it. */
function projectLines({ nodes }: GraphView): string[] {
  const sorted = [...nodes].sort((a, b) => byCodeUnit(a.project, b.project));
  const names = new Map(sorted.map(({ id, project }) => [id, oneLine(project)]));
  const width = Math.max(...[...names.values()].map(({ length }) => length));
  const projects = sorted.map(({ id, level }) => `${(names.get(id) ?? id).padEnd(width)}  level ${String(level)}`);
  const edges = sorted.flatMap((node) =>
    inside(node, names).map(
      ({ id, because = "" }) => `${oneLine(node.project)} → ${names.get(id) ?? id}  ${oneLine(because)}`,
    ),
  );
  return [...projects, ...(edges.length > 0 ? ["", ...edges] : [])];
}
