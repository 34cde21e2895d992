import type { TaskId } from "../core/task-id.ts";
import type { Task } from "../graph/task.ts";

/** How long a task is expected to take of which nothing is known, in milliseconds. */
const UNKNOWN_MS = 1000;

/**
 * How long a task is expected to take, in milliseconds: the median of its runs that are kept; where there is none, the
 * median over the same atom's other tasks among `tasks`; where there is none either, a second.
 */
export function expectedDurations(
  tasks: readonly Task[],
  durations: (task: TaskId) => readonly number[],
): (task: Pick<Task, "id" | "atomId">) => number {
  const ofTask = new Map<TaskId, number | undefined>();
  const ofAtom = new Map<string, number>();
  const own = (id: TaskId): number | undefined => {
    if (!ofTask.has(id)) ofTask.set(id, median(durations(id)));
    return ofTask.get(id);
  };
  const elsewhere = (atomId: string): number => {
    const known =
      ofAtom.get(atomId) ??
      median(tasks.flatMap((task) => (task.atomId === atomId ? (own(task.id) ?? []) : []))) ??
      UNKNOWN_MS;
    ofAtom.set(atomId, known);
    return known;
  };
  return ({ id, atomId }) => own(id) ?? elsewhere(atomId);
}

/** The number in the middle, or half way between the two that are; undefined where there are no numbers. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
