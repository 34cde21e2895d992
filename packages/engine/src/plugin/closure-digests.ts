import { hash } from "node:crypto";
import { byCodeUnit } from "../core/json.ts";

/** One thing that a lockfile resolves, and what it needs. */
export interface LockedPackage {
  /** Everything that makes it this one: name, version, checksum. */
  readonly label: string;
  /** By what name it needs which others, by their ids. */
  readonly needs: readonly (readonly [name: string, id: string])[];
}

/** Gives the digest of these needs: the same as long as everything that can be reached from them is the same. */
export type ClosureDigest = (needs: LockedPackage["needs"]) => string;

/**
 * Digests what is reached in a graph of packages, circles included, in time linear in its size whatever is asked
 * afterwards. A change of a package that is not reached changes no digest, one of a package that is reached does. An id
 * that `packages` does not have is its own label.
 */
export function closureDigests(packages: ReadonlyMap<string, LockedPackage>): ClosureDigest {
  const digests = new Map<string, string>();
  const own = (id: string): string => {
    if (!digests.has(id))
      for (const circle of circlesFrom(id, packages, digests)) digestCircle(circle, packages, digests);
    return digests.get(id) ?? "";
  };
  return (needs) => sha256(JSON.stringify(sorted(needs.map(([name, id]) => [name, own(id)]))));
}

type Pair = readonly [string, string];

function sorted(pairs: readonly Pair[]): Pair[] {
  return [...pairs].sort(([a, c], [b, d]) => byCodeUnit(a, b) || byCodeUnit(c, d));
}

function sha256(text: string): string {
  return hash("sha256", text);
}

/** Packages that need one another all depend on all of what they are and need together. */
function digestCircle(
  circle: readonly string[],
  packages: ReadonlyMap<string, LockedPackage>,
  digests: Map<string, string>,
): void {
  const inside = new Set(circle);
  const lines = circle.map((id) => {
    const { label, needs } = packages.get(id) ?? { label: id, needs: [] };
    const known = needs.map(([name, to]): Pair => {
      return [name, inside.has(to) ? `=${packages.get(to)?.label ?? to}` : (digests.get(to) ?? "")];
    });
    return JSON.stringify([label, sorted(known)]);
  });
  const [only = ""] = lines;
  const together = circle.length === 1 ? "" : sha256(JSON.stringify([...lines].sort(byCodeUnit)));
  for (const [index, id] of circle.entries()) digests.set(id, sha256(`${together}${lines[index] ?? only}`));
}

interface Visit {
  readonly id: string;
  readonly index: number;
  low: number;
  next: number;
}

/** The circles that can be reached from a package and are not digested yet, each after those that it needs (Tarjan). No recursion: chains may be long. */
function circlesFrom(
  start: string,
  packages: ReadonlyMap<string, LockedPackage>,
  done: ReadonlyMap<string, string>,
): string[][] {
  const circles: string[][] = [];
  const visits = new Map<string, Visit>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const path: Visit[] = [];
  const enter = (id: string): void => {
    const visit = { id, index: visits.size, low: visits.size, next: 0 };
    visits.set(id, visit);
    open.push(id);
    isOpen.add(id);
    path.push(visit);
  };
  enter(start);
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const needed = packages.get(at.id)?.needs[at.next]?.[1];
    if (needed !== undefined) {
      at.next += 1;
      const seen = visits.get(needed);
      if (seen === undefined && !done.has(needed)) enter(needed);
      else if (seen !== undefined && isOpen.has(needed)) at.low = Math.min(at.low, seen.index);
      continue;
    }
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) above.low = Math.min(above.low, at.low);
    if (at.low !== at.index) continue;
    const circle = open.splice(open.lastIndexOf(at.id));
    for (const id of circle) isOpen.delete(id);
    circles.push(circle);
  }
  return circles;
}
