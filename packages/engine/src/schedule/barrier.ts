import type { Node, TaskGraph } from "../graph/task.ts";

/** Holds tasks back until every task of the levels before theirs has ended. */
export interface Barrier<T> {
  /** Whether it takes the item because its level is not open yet. */
  holds(task: Node, item: T): boolean;
  settled(task: Node): void;
  /** What was held and is free now. */
  freed(): readonly T[];
  /** All that is held, whether or not its level is open. */
  clear(): readonly T[];
}

/** A barrier at the first level of a graph of which nothing has settled. */
export function createBarrier<T>(graph: TaskGraph<Node>): Barrier<T> {
  const left = Array.from({ length: graph.levels }, () => 0);
  const held = Array.from({ length: graph.levels }, (): T[] => []);
  let current = 0;
  for (const { id } of graph.order) add(left, graph.level(id), 1);
  return {
    holds(task, item) {
      const level = graph.level(task.id);
      if (level <= current) return false;
      held[level]?.push(item);
      return true;
    },
    settled({ id }) {
      add(left, graph.level(id), -1);
    },
    freed() {
      const free: T[] = [];
      while (current < graph.levels && left[current] === 0) {
        current += 1;
        free.push(...(held[current]?.splice(0) ?? []));
      }
      return free;
    },
    clear: () => held.flatMap((items) => items.splice(0)),
  };
}

function add(counts: number[], at: number, more: number): void {
  counts[at] = (counts[at] ?? 0) + more;
}
