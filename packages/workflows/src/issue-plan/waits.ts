import { CONFLICT } from "./score/pair-risk.ts";

/** An edge between issues, by their numbers: the first comes before the second, and has the smaller number. */
export type Arc = readonly [before: number, after: number];

/**
 * Of each issue, those before it in the order that it conflicts with and that do not come before it anyway. Who waits for one of several that
 * wait for each other waits for the last of them. Pure.
 */
export function waitsOf(
  count: number,
  arcs: readonly Arc[],
  risk: (a: number, b: number) => number,
): readonly (readonly number[])[] {
  const direct = Map.groupBy(arcs, ([, after]) => after);
  const behind: Uint8Array[] = [];
  return Array.from({ length: count }, (_, at) => {
    const mine = new Uint8Array(count);
    const join = (before: number): void => {
      mine[before] = 1;
      const further = behind[before] ?? mine;
      for (let each = 0; each < before; each += 1) if (further[each] === 1) mine[each] = 1;
    };
    for (const [before] of direct.get(at) ?? []) join(before);
    const waits: number[] = [];
    for (let other = at - 1; other >= 0; other -= 1) {
      if (mine[other] === 1 || risk(other, at) < CONFLICT) continue;
      waits.push(other);
      join(other);
    }
    behind.push(mine);
    return waits.reverse();
  });
}

/** Of each issue, the longest chain that waits behind it, as a part of the longest of all: 0 to 1. Pure. */
export function behindOf(count: number, arcs: readonly Arc[]): readonly number[] {
  const after = Map.groupBy(arcs, ([before]) => before);
  const tails = new Array<number>(count).fill(0);
  for (let at = count - 1; at >= 0; at -= 1)
    for (const [, next] of after.get(at) ?? []) tails[at] = Math.max(tails[at] ?? 0, (tails[next] ?? 0) + 1);
  const longest = tails.reduce((most, tail) => Math.max(most, tail), 1);
  return tails.map((tail) => tail / longest);
}
