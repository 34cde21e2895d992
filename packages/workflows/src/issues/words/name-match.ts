/** A name of a milestone or project, reduced to letters and digits: `M3: Core Engine` and `m3-core-engine` are one. */
export function slugOf(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/**
 * Whether two texts name the same milestone or project: their words are the same, or one is the beginning of the other, as M3
 * is of M3-core-engine. A number goes on in no number: M3 is not M3-1.
 */
export function sameName(a: string, b: string): boolean {
  const [short = "", long = ""] = [slugOf(a), slugOf(b)].sort((x, y) => x.length - y.length);
  if (short === "") return false;
  return short === long || (long.startsWith(`${short}-`) && !/\d/.test(long.charAt(short.length + 1)));
}
