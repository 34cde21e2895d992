import { byCodeUnit } from "../core/json.ts";
import type { Task } from "../graph/task.ts";

/** One of several machines that share a run. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** How much there is to do in each project, by name. */
export type Weights = ReadonlyMap<string, number>;

/** The weights of the projects that have tasks: how many, or how long they are expected to take. */
export function projectWeights(tasks: readonly Task[], weight: (task: Task) => number = () => 1): Weights {
  const weights = new Map<string, number>();
  for (const task of tasks) weights.set(task.project.name, (weights.get(task.project.name) ?? 0) + weight(task));
  return weights;
}

/**
 * The projects of one shard. Every project is in exactly one, and all shards together are even by weight. The same
 * weights give the same shards, whatever their order. Pure.
 */
export function projectsOfShard({ index, count }: Shard, weights: Weights): ReadonlySet<string> {
  const loads = Array.from({ length: count }, () => 0);
  const mine = new Set<string>();
  const heaviestFirst = [...weights].sort(([a, x], [b, y]) => y - x || byCodeUnit(a, b));
  for (const [name, weight] of heaviestFirst) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + weight;
    if (least === index - 1) mine.add(name);
  }
  return mine;
}
