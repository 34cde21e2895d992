import type { AffectedReason } from "../../graph/affected.ts";
import type { OwnedGate } from "../../graph/atom-index.ts";
import type { Task, TaskGraph } from "../../graph/task.ts";
import { criticalPath, middle } from "./critical-path.ts";
import type { GraphGate, GraphNode, GraphView } from "./graph-view.ts";

/** What the view of a task graph is made of. */
export interface TaskViewInput {
  readonly title: string;
  readonly graph: TaskGraph;
  readonly gates: readonly OwnedGate[];
  readonly reasons: ReadonlyMap<string, AffectedReason>;
  /** How long a task took lately, in milliseconds, oldest first; empty where it has not run. */
  readonly durations: (task: string) => readonly number[];
}

/** The view of a task graph: gates that read none of its tasks are left out. Pure. */
export function taskView({ title, graph, gates, reasons, durations }: TaskViewInput): GraphView {
  const nodes = graph.order.map((task) => nodeOf(task, { graph, reasons, durations }));
  return {
    of: "tasks",
    title,
    levels: graph.levels,
    nodes,
    gates: gates.map((gate) => gateOf(gate, graph)).filter(({ tasks }) => tasks.length > 0),
    criticalPath: criticalPath(nodes),
  };
}

function nodeOf(
  { id, project, atomId, atom, dependsOn, skipped }: Task,
  { graph, reasons, durations }: Pick<TaskViewInput, "graph" | "reasons" | "durations">,
): GraphNode {
  const took = middle(durations(id));
  const affected = reasons.get(id)?.because;
  return {
    id,
    project: project.name,
    folder: project.root,
    atom: { id: atomId, title: atom.title, kind: atom.kind },
    level: graph.level(id),
    dependsOn: dependsOn.map((before) => ({ id: before })),
    ...(took === undefined ? {} : { expectedMs: Math.round(took) }),
    ...(affected === undefined ? {} : { affected }),
    ...(skipped === undefined ? {} : { skipped }),
  };
}

function gateOf({ id, gate: { title, reads } }: OwnedGate, { order }: TaskGraph): GraphGate {
  return { id, title, reads, tasks: order.filter(({ atomId }) => reads.includes(atomId)).map((task) => task.id) };
}
