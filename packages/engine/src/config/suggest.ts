import leven from "leven";

/** The known name that `wrong` most likely meant, if one is near enough to be meant. */
export function nearest(wrong: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: leven(wrong.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(wrong.length / 3)) ? best.name : undefined;
}
