import { expandBraces } from "./expand-braces.ts";
import { namesMeet } from "./names-meet.ts";

/** A glob, taken apart once. */
export interface Pattern {
  readonly glob: string;
  /** The folders before its first pattern: two that begin otherwise have nothing in common. */
  readonly prefix: string;
  readonly isPlain: boolean;
  /** The parts of each glob that it stands for. */
  readonly alternatives: readonly (readonly string[])[];
}

const known = new Map<string, Pattern>();

/** A glob, taken apart. A path without a pattern stands for itself and for all below it. */
export function patternOf(glob: string): Pattern {
  const before = known.get(glob);
  if (before !== undefined) return before;
  const isPlain = isPlainPath(glob);
  const fixed = isPlain ? partsOf(glob).slice(0, -1).join("/") : fixedPart(glob);
  const alternatives = expandBraces(glob).map(partsOf);
  const pattern = { glob, isPlain, prefix: fixed === "" ? "" : `${fixed}/`, alternatives };
  known.set(glob, pattern);
  return pattern;
}

function fixedPart(glob: string): string {
  const parts = glob.split("/");
  const first = parts.findIndex((part) => !isPlainPath(part));
  return parts
    .slice(0, first)
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/**
 * Whether some path may fit both, whether it is there or not. It may say yes where only brackets or extended patterns keep them apart, and
 * never no where a path fits both. Pure.
 */
export function patternsMeet(a: Pattern, b: Pattern): boolean {
  const begins = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  if (!begins || (a.isPlain && b.isPlain)) return begins;
  return a.alternatives.some((one) => b.alternatives.some((other) => partsMeet(one, other)));
}

/** The same of globs as texts. */
export function globsMeet(a: string, b: string): boolean {
  return patternsMeet(patternOf(a), patternOf(b));
}

/** Whether a glob has no pattern in it. */
export function isPlainPath(glob: string): boolean {
  return !/[*?[\]{}()!+@\\]/.test(glob);
}

function partsOf(glob: string): readonly string[] {
  const parts = glob
    .replace(/\/+$/, "")
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  return isPlainPath(glob) ? [...parts, "**"] : glob.endsWith("/") ? [...parts, "**"] : parts;
}

function partsMeet(left: readonly string[], right: readonly string[]): boolean {
  const known = new Map<number, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (right.length + 1) + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = meetAt(i, j);
    known.set(key, found);
    return found;
  };
  const meetAt = (i: number, j: number): boolean => {
    const [one, other] = [left[i], right[j]];
    if (one === undefined && other === undefined) return true;
    if (one === "**") return meet(i + 1, j) || (other !== undefined && meet(i, j + 1));
    if (other === "**") return meet(i, j + 1) || (one !== undefined && meet(i + 1, j));
    return one !== undefined && other !== undefined && namesMeet(one, other) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}
