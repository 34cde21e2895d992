/** A directed graph: what comes directly after each node. */
export type Successors<T> = ReadonlyMap<T, readonly T[]>;

/**
 * Cycles of a graph, each the shortest one through its first node, so many that every node that is in some cycle is in one of
 * them. Nodes are tried in their given order.
 */
export function findCycles<T>(nodes: readonly T[], successors: Successors<T>): T[][] {
  const inside = knotted(nodes, successors);
  const told = new Set<T>();
  return nodes.flatMap((node) => {
    const cycle = !inside.has(node) || told.has(node) ? undefined : shortestCycle(node, successors, inside);
    for (const member of cycle ?? []) told.add(member);
    return cycle === undefined ? [] : [cycle];
  });
}

/** What is left when nodes with nothing before them, or nothing after them, are taken away again and again. */
function knotted<T>(nodes: readonly T[], successors: Successors<T>): ReadonlySet<T> {
  const forward = peeled(new Set(nodes), successors);
  return peeled(forward, reversed(forward, successors));
}

function peeled<T>(nodes: ReadonlySet<T>, successors: Successors<T>): Set<T> {
  const waits = new Map<T, number>();
  for (const node of nodes) for (const next of successors.get(node) ?? []) waits.set(next, (waits.get(next) ?? 0) + 1);
  const left = new Set(nodes);
  const free = [...nodes].filter((node) => (waits.get(node) ?? 0) === 0);
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    left.delete(node);
    for (const next of successors.get(node) ?? []) {
      const count = (waits.get(next) ?? 0) - 1;
      waits.set(next, count);
      if (count === 0 && left.has(next)) free.push(next);
    }
  }
  return left;
}

function reversed<T>(nodes: ReadonlySet<T>, successors: Successors<T>): Successors<T> {
  const before = new Map<T, T[]>();
  for (const node of nodes) {
    for (const next of successors.get(node) ?? []) {
      const known = before.get(next);
      if (known === undefined) before.set(next, [node]);
      else known.push(node);
    }
  }
  return before;
}

function shortestCycle<T>(start: T, successors: Successors<T>, inside: ReadonlySet<T>): T[] | undefined {
  const from = new Map<T, T>();
  const queue = [start];
  for (const node of queue) {
    for (const next of successors.get(node) ?? []) {
      if (next === start) return wayTo(node, start, from);
      if (!inside.has(next) || from.has(next)) continue;
      from.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo<T>(end: T, start: T, from: ReadonlyMap<T, T>): T[] {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = from.get(at) ?? start;
    way.push(at);
  }
  return way.reverse();
}
