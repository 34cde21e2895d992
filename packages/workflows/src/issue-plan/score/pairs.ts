import type { Footprint } from "../footprint.ts";
import { globsMeet } from "../meet/globs-meet.ts";
import { pairRisk, type Common } from "./pair-risk.ts";

/** What each two issues have in common, and the risk of it, each looked at once. */
export interface Pairs {
  readonly common: (a: number, b: number) => Common;
  readonly risk: (a: number, b: number) => number;
}

/** The pairs of issues with these footprints, by their numbers. */
export function pairsOf(footprints: readonly Footprint[]): Pairs {
  // Issues that touch the same are one class: a thousand with one scope are looked at once.
  const classes = new Map<string, number>();
  const classOf = footprints.map(({ key }) => {
    const known = classes.get(key) ?? classes.size;
    classes.set(key, known);
    return known;
  });
  const globs = new Map<string, boolean>();
  const known = new Map<number, { readonly common: Common; readonly risk: number }>();
  const lookUp = (a: number, b: number): { readonly common: Common; readonly risk: number } => {
    const [low, high] = [classOf[a] ?? 0, classOf[b] ?? 0].sort((x, y) => x - y) as [number, number];
    const key = low * classes.size + high;
    const before = known.get(key);
    if (before !== undefined) return before;
    const common = commonOf(footprints[a] as Footprint, footprints[b] as Footprint, globs);
    const pair = { common, risk: pairRisk(common) };
    known.set(key, pair);
    return pair;
  };
  return { common: (a, b) => lookUp(a, b).common, risk: (a, b) => lookUp(a, b).risk };
}

/** What two footprints have in common. */
export function commonOf(a: Footprint, b: Footprint, globs: Map<string, boolean> = new Map<string, boolean>()): Common {
  const scopesMeet = a.scope.some((one) => b.scope.some((other) => meet(one.value, other.value, globs)));
  const smaller = Math.min(a.files.size, b.files.size);
  return {
    scopesMeet,
    share: scopesMeet && smaller > 0 ? a.files.shared(b.files) / smaller : 0,
    mentioned: mentionedOf(a, b),
    names: countShared(a.names, b.names),
    schemas: countShared(a.schemas, b.schemas),
  };
}

function meet(a: string, b: string, globs: Map<string, boolean>): boolean {
  if (a === b) return true;
  const key = a < b ? `${a}\0${b}` : `${b}\0${a}`;
  const known = globs.get(key) ?? globsMeet(a, b);
  globs.set(key, known);
  return known;
}

/** Paths that one names and the other names or writes. */
function mentionedOf(a: Footprint, b: Footprint): number {
  const shared = new Set([...a.mentions.keys()].filter((path) => b.mentions.has(path) || writes(b, path)));
  for (const path of b.mentions.keys()) if (writes(a, path)) shared.add(path);
  return shared.size;
}

function writes({ scope, files }: Footprint, path: string): boolean {
  return files.has(path) || scope.some(({ value }) => value === path);
}

function countShared(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let count = 0;
  for (const key of small.keys()) if (large.has(key)) count += 1;
  return count;
}
