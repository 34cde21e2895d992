import type { Layout } from "./layout.ts";

/** The ways in which the arrow keys go. */
export type Way = "left" | "right" | "up" | "down";

/** What the way from one node to the next goes by. */
export interface Neighbourhood {
  readonly layout: Layout;
  readonly dependsOn: readonly number[];
  readonly dependents: readonly number[];
  readonly levelOf: (node: number) => number;
}

/**
 * The next node: left the nearest that it waits for, right the nearest that waits for it, up and down the nearest of its
 * level. Only what is shown; null where there is none. Pure.
 */
export function neighbour(node: number, way: Way, around: Neighbourhood): number | null {
  const { places } = around.layout;
  const from = places.get(node);
  if (from === undefined) return null;
  const distance = (to: number): number => {
    const place = places.get(to);
    return place === undefined ? Number.POSITIVE_INFINITY : Math.hypot(place.x - from.x, place.y - from.y);
  };
  const near = (all: readonly number[]): number | null =>
    all.reduce<number | null>((best, each) => (best === null || distance(each) < distance(best) ? each : best), null);
  if (way === "left") return near(around.dependsOn.filter((each) => places.has(each)));
  if (way === "right") return near(around.dependents.filter((each) => places.has(each)));
  const level = [...places.keys()].filter((each) => around.levelOf(each) === around.levelOf(node));
  return near(level.filter((each) => isThere(places.get(each), from, way)));
}

/** In a level of several columns the order goes row by row. */
function isThere(
  place: { readonly x: number; readonly y: number } | undefined,
  from: { readonly x: number; readonly y: number },
  way: "up" | "down",
): boolean {
  if (place === undefined) return false;
  const after = place.y > from.y || (place.y === from.y && place.x > from.x);
  const before = place.y < from.y || (place.y === from.y && place.x < from.x);
  return way === "down" ? after : before;
}
