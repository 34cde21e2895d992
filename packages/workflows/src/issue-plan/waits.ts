import { CONFLICT } from "./score/pair-risk.ts";

/** An edge between issues, by their numbers: the first comes before the second, and has the smaller number. */
export type Arc = readonly [before: number, after: number];

/** What comes before what, by edges and by waiting. */
export interface Waits {
  /** Of each issue, those before it that it conflicts with and that do not come before it by edges or by other waits. */
  readonly waits: readonly (readonly number[])[];
  /** Whether the one with the smaller number comes before the other by edges alone, or by waiting, too. */
  readonly isBefore: (a: number, b: number, by: "edges" | "waits") => boolean;
}

/** Has each issue wait for those before it in the order that it conflicts with, each by the shortest way of saying so. Pure. */
export function waitsOf(count: number, arcs: readonly Arc[], risk: (a: number, b: number) => number): Waits {
  const direct = Map.groupBy(arcs, ([, after]) => after);
  const [byEdges, byWaits]: [Uint8Array[], Uint8Array[]] = [[], []];
  const waits: number[][] = [];
  for (let at = 0; at < count; at += 1) {
    const before = (direct.get(at) ?? []).map(([each]) => each);
    byEdges.push(joined(count, before, byEdges));
    const mine = joined(count, before, byWaits);
    const found: number[] = [];
    for (let other = at - 1; other >= 0; other -= 1) {
      if (mine[other] === 1 || risk(other, at) < CONFLICT) continue;
      found.push(other);
      join(mine, other, byWaits);
    }
    byWaits.push(mine);
    waits.push(found.reverse());
  }
  const rows = { edges: byEdges, waits: byWaits };
  return { waits, isBefore: (a, b, by) => rows[by][Math.max(a, b)]?.[Math.min(a, b)] === 1 };
}

function joined(count: number, before: readonly number[], rows: readonly Uint8Array[]): Uint8Array {
  const row = new Uint8Array(count);
  for (const each of before) join(row, each, rows);
  return row;
}

function join(row: Uint8Array, before: number, rows: readonly Uint8Array[]): void {
  row[before] = 1;
  const further = rows[before];
  for (let each = 0; each < before; each += 1) if (further?.[each] === 1) row[each] = 1;
}

/** Of each issue, how many come before it at most, one after the other. Pure. */
export function levelsBy(count: number, arcs: readonly Arc[]): readonly number[] {
  const before = Map.groupBy(arcs, ([, after]) => after);
  const levels = new Array<number>(count).fill(0);
  for (let at = 0; at < count; at += 1)
    for (const [each] of before.get(at) ?? []) levels[at] = Math.max(levels[at] ?? 0, (levels[each] ?? 0) + 1);
  return levels;
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
