import { Graph, alg } from "@dagrejs/graphlib";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Node, Task, TaskGraph } from "./task.ts";

/** Orders tasks by their dependencies; refuses cycles, each by its path. Pure. */
export function createTaskGraph<T extends Node = Task>(
  tasks: readonly T[],
): Result<TaskGraph<T>, readonly Diagnostic[]> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const graph = new Graph({ directed: true });
  for (const { id } of [...tasks].sort((a, b) => byCodeUnit(a.id, b.id))) graph.setNode(id);
  for (const { id, dependsOn } of tasks)
    for (const before of dependsOn) if (byId.has(before)) graph.setEdge(before, id);
  const levels = levelsOf(graph);
  if (levels.size < graph.nodeCount()) {
    // graphlib's search calls itself once a step: it is given only what is in a cycle or behind one.
    const cycles = alg.findCycles(graph.filterNodes((id) => !levels.has(id)));
    return fail(cycles.map((cycle) => cycleError(graph, cycle)));
  }
  const order = tasks
    .filter(({ id }) => levels.has(id))
    .sort((a, b) => (levels.get(a.id) ?? 0) - (levels.get(b.id) ?? 0) || byCodeUnit(a.id, b.id));
  return ok({
    order,
    task: (id) => byId.get(id),
    level: (id) => levels.get(id) ?? 0,
    levels: order.reduce((most, { id }) => Math.max(most, (levels.get(id) ?? 0) + 1), 0),
    dependents: (id) => graph.successors(id) ?? [],
  });
}

/** Of each task that is neither in a cycle nor behind one, how many come before it at most, one after the other. */
function levelsOf(graph: Graph): Map<TaskId, number> {
  const waits = new Map(graph.nodes().map((id) => [id, graph.predecessors(id)?.length ?? 0]));
  const levels = new Map<TaskId, number>();
  const highest = new Map<TaskId, number>();
  const free = graph.nodes().filter((id) => waits.get(id) === 0);
  // An array that grows while it is gone through: each is looked at once.
  for (const id of free) {
    const level = highest.get(id) ?? 0;
    levels.set(id, level);
    for (const next of graph.successors(id) ?? []) {
      highest.set(next, Math.max(highest.get(next) ?? 0, level + 1));
      const left = (waits.get(next) ?? 0) - 1;
      waits.set(next, left);
      if (left === 0) free.push(next);
    }
  }
  return levels;
}

/** graphlib gives the members of a knot; the message walks one way around it, from the first by name. */
function cycleError(graph: Graph, members: readonly string[]): Diagnostic {
  const inside = new Set(members);
  const path = shortestCycle(graph, inside, [...members].sort(byCodeUnit)[0] ?? "");
  const notes = path.map((id, index) => `${path[(index + 1) % path.length] ?? ""} depends on ${id}`);
  return errorOf("SYM3001", `${String(path.length)} tasks make a cycle: ${[...path, path[0] ?? ""].join(" → ")}`, {
    notes,
    hint: "take one `dependsOn` of these atoms away",
  });
}

function shortestCycle(graph: Graph, inside: ReadonlySet<string>, start: string): string[] {
  const from = new Map<string, string>();
  let ring = [start];
  while (ring.length > 0) {
    const next: string[] = [];
    for (const at of ring) {
      for (const after of (graph.successors(at) ?? []).filter((id) => inside.has(id)).sort(byCodeUnit)) {
        if (after === start) return pathTo(from, at, start);
        if (!from.has(after)) {
          from.set(after, at);
          next.push(after);
        }
      }
    }
    ring = next;
  }
  return [start];
}

function pathTo(from: ReadonlyMap<string, string>, end: string, start: string): string[] {
  const path = [end];
  for (let at = end; at !== start; ) {
    at = from.get(at) ?? start;
    path.unshift(at);
  }
  return path;
}
