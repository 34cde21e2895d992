/** How often the levels are gone through; more hardly takes another crossing away. */
const SWEEPS = 4;

/**
 * The levels with their members in an order that lets few edges cross: each near the middle of those that it is joined
 * to; those that are joined to none last, out of the way. The same input gives the same order. Pure.
 */
export function orderLevels(
  levels: readonly (readonly number[])[],
  dependsOn: (node: number) => readonly number[],
): readonly (readonly number[])[] {
  const all = new Set(levels.flat());
  const before = new Map([...all].map((node) => [node, dependsOn(node).filter((each) => all.has(each))]));
  const after = reversed(before);
  const isAlone = (node: number): boolean => before.get(node)?.length === 0 && after.get(node)?.length === 0;
  const ordered = levels.map((members) => members.filter((node) => !isAlone(node)));
  const heights = new Map<number, number>();
  for (const members of ordered) keepHeights(members, heights);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const [joined, way] = sweep % 2 === 0 ? [before, ordered] : [after, [...ordered].reverse()];
    for (const members of way) {
      sortByMiddle(members, joined, heights);
      keepHeights(members, heights);
    }
  }
  return ordered.map((members, index) => [...members, ...(levels[index] ?? []).filter(isAlone)]);
}

/** Between 0 and 1, so that levels of different length can be compared. */
function keepHeights(members: readonly number[], heights: Map<number, number>): void {
  for (const [index, node] of members.entries()) heights.set(node, (index + 0.5) / members.length);
}

function sortByMiddle(
  members: number[],
  joined: ReadonlyMap<number, readonly number[]>,
  heights: ReadonlyMap<number, number>,
): void {
  const wished = new Map(
    members.map((node) => {
      const others = joined.get(node) ?? [];
      const sum = others.reduce((all, each) => all + (heights.get(each) ?? 0), 0);
      return [node, others.length === 0 ? (heights.get(node) ?? 0) : sum / others.length];
    }),
  );
  members.sort((a, b) => (wished.get(a) ?? 0) - (wished.get(b) ?? 0));
}

function reversed(edges: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, readonly number[]> {
  const back = new Map([...edges.keys()].map((node) => [node, new Array<number>()]));
  for (const [node, others] of edges) for (const other of others) back.get(other)?.push(node);
  return back;
}
