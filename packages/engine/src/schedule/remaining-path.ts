import type { TaskId } from "../core/task-id.ts";
import type { Node, Task, TaskGraph } from "../graph/task.ts";

/** For each task that `isOpen`, how long it and the longest chain after it are expected to take. What is not open takes no time. */
export function remainingPath<T extends Node = Task>(
  graph: TaskGraph<T>,
  expectedMs: (task: T) => number,
  isOpen: (task: T) => boolean = () => true,
): Map<TaskId, number> {
  const weight = new Map<TaskId, number>();
  for (const task of graph.order.toReversed()) {
    if (!isOpen(task)) continue;
    let after = 0;
    for (const id of graph.dependents(task.id)) after = Math.max(after, weight.get(id) ?? 0);
    weight.set(task.id, expectedMs(task) + after);
  }
  return weight;
}
