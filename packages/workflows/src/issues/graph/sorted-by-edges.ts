import { findCycles } from "./find-cycles.ts";

/** A node with its place among others. */
export interface Sorted<T> {
  readonly node: T;
  /** How many steps come before it at most; undefined in and behind cycles. */
  readonly level: number | undefined;
  readonly isOnCycle: boolean;
}

/**
 * Sorts nodes so that each stands behind what it waits for; among those that could be next the first in the given order is. What
 * is in or behind a cycle comes last, in the given order. What a node waits for beyond the given nodes counts for nothing.
 */
export function sortedByEdges<T>(nodes: readonly T[], waitsFor: (node: T) => readonly T[]): Sorted<T>[] {
  const places = new Map(nodes.map((node, index) => [node, index]));
  const before = new Map(nodes.map((node) => [node, waitsFor(node).filter((each) => places.has(each))]));
  const after = Map.groupBy(
    nodes.flatMap((node) => (before.get(node) ?? []).map((each) => ({ each, node }))),
    ({ each }) => each,
  );
  const waits = new Map(nodes.map((node) => [node, before.get(node)?.length ?? 0]));
  const levels = new Map<T, number>();
  const next = nodes.flatMap((node, index) => (waits.get(node) === 0 ? [index] : []));
  for (let index = next.shift(); index !== undefined; index = next.shift()) {
    const node = nodes[index] as T;
    const highest = (before.get(node) ?? []).reduce((most, each) => Math.max(most, levels.get(each) ?? 0), -1);
    levels.set(node, highest + 1);
    for (const { node: freed } of after.get(node) ?? []) {
      const left = (waits.get(freed) ?? 0) - 1;
      waits.set(freed, left);
      if (left === 0) insert(next, places.get(freed) ?? 0);
    }
  }
  const onCycle = new Set(findCycles(nodes, before).flat());
  const stuck = nodes.filter((node) => !levels.has(node));
  return [...levels.keys(), ...stuck].map((node) => ({ node, level: levels.get(node), isOnCycle: onCycle.has(node) }));
}

/** Keeps the list sorted. */
function insert(sorted: number[], value: number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, value);
}
