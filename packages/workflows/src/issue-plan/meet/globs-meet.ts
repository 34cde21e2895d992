import { expandBraces } from "./expand-braces.ts";
import { namesMeet } from "./names-meet.ts";

/**
 * Whether some path may fit both globs, whether it is there or not. A path without a pattern stands for itself and for all below it. It may
 * say yes where only brackets or extended patterns keep them apart, and never no where a path fits both. Pure.
 */
export function globsMeet(a: string, b: string): boolean {
  return expandBraces(a).some((one) => expandBraces(b).some((other) => partsMeet(partsOf(one), partsOf(other))));
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
