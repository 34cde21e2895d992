import { byCodeUnit, type JsonValue } from "../../core/json.ts";
import { inside } from "./edges.ts";
import type { GraphNode, GraphView } from "./graph-view.ts";

/** The view as facts with stable keys: `tasks` and `gates`, or `projects` and `edges`. Durations are in milliseconds. Pure. */
export function graphJson(view: GraphView): JsonValue {
  return view.of === "tasks" ? tasksJson(view) : projectsJson(view);
}

function tasksJson({ levels, nodes, gates, criticalPath }: GraphView): JsonValue {
  const { ids, by, expectedMs } = criticalPath;
  const critical = new Set(ids);
  return {
    levels,
    tasks: nodes.map((node) => taskJson(node, critical.has(node.id))),
    gates: gates.map(({ id, title, reads }) => ({ id, title, reads })),
    criticalPath: { tasks: ids, by, expectedMs: expectedMs ?? null },
  };
}

function taskJson(node: GraphNode, critical: boolean): JsonValue {
  return {
    id: node.id,
    project: node.project,
    atom: node.atom?.id ?? null,
    title: node.atom?.title ?? null,
    kind: node.atom?.kind ?? null,
    level: node.level,
    dependsOn: node.dependsOn.map(({ id }) => id),
    expectedMs: node.expectedMs ?? null,
    critical,
    affected: node.affected ?? null,
    skipped: node.skipped ?? null,
  };
}

/** In order of name: a level is beside it. */
function projectsJson({ levels, nodes, criticalPath }: GraphView): JsonValue {
  const names = new Map(nodes.map(({ id, project }) => [id, project]));
  const sorted = [...nodes].sort((a, b) => byCodeUnit(a.project, b.project));
  return {
    levels,
    projects: sorted.map(({ project, folder, level }) => ({ name: project, root: folder, level })),
    edges: sorted.flatMap((node) =>
      inside(node, names).map(({ id, because = null }) => ({ from: node.project, to: names.get(id) ?? id, because })),
    ),
    criticalPath: { projects: criticalPath.ids.map((id) => names.get(id) ?? id), by: criticalPath.by },
  };
}
