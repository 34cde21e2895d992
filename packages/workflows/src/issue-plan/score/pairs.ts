import type { Footprint } from "../footprint.ts";
import { patternsMeet } from "../meet/globs-meet.ts";
import { pairRisk, type Common } from "./pair-risk.ts";

/** The risk of each two issues, each looked at once. */
export interface Pairs {
  readonly risk: (a: number, b: number) => number;
}

/** The pairs of issues with these footprints, by their numbers. */
export function pairsOf(footprints: readonly Footprint[]): Pairs {
  // Issues that touch the same are one class: a thousand with one scope are looked at once.
  const classes = new Map<string, number>();
  const classOf = footprints.map(({ key }) => {
    const number = classes.get(key) ?? classes.size;
    classes.set(key, number);
    return number;
  });
  const known = new Map<number, number>();
  return {
    risk: (a, b) => {
      const [one, other] = [classOf[a] ?? 0, classOf[b] ?? 0];
      const key = one < other ? one * classes.size + other : other * classes.size + one;
      const before = known.get(key);
      if (before !== undefined) return before;
      const risk = pairRisk(commonOf(footprints[a] as Footprint, footprints[b] as Footprint));
      known.set(key, risk);
      return risk;
    },
  };
}

/** What two footprints have in common. */
export function commonOf(a: Footprint, b: Footprint): Common {
  const scopesMeet = a.patterns.some((one) => b.patterns.some((other) => patternsMeet(one, other)));
  const smaller = Math.min(a.files.size, b.files.size);
  return {
    scopesMeet,
    share: scopesMeet && smaller > 0 ? a.files.shared(b.files) / smaller : 0,
    mentioned: a.mentions.size + b.mentions.size === 0 ? 0 : mentionedOf(a, b),
    names: countShared(a.names, b.names),
    schemas: countShared(a.schemas, b.schemas),
  };
}

/** Paths that one names and the other names or writes. */
function mentionedOf(a: Footprint, b: Footprint): number {
  let count = 0;
  for (const path of a.mentions.keys()) if (b.mentions.has(path) || writes(b, path)) count += 1;
  for (const path of b.mentions.keys()) if (!a.mentions.has(path) && writes(a, path)) count += 1;
  return count;
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
