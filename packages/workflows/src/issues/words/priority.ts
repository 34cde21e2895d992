const WORDS: Readonly<Record<string, number>> = {
  urgent: 1,
  critical: 1,
  highest: 1,
  blocker: 1,
  p0: 1,
  high: 2,
  p1: 2,
  medium: 3,
  normal: 3,
  moderate: 3,
  p2: 3,
  low: 4,
  p3: 4,
  lowest: 5,
  trivial: 5,
  p4: 5,
};

/** The rank of an issue that has no priority: behind all that have one. */
export const NO_PRIORITY: number = Number.MAX_SAFE_INTEGER;

/**
 * The rank of a priority, smaller first. A number counts as Linear counts: 1 is urgent, 4 is low, 0 is none. Undefined where
 * nobody knows the word.
 */
export function rankOfPriority(text: string): number | undefined {
  const folded = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (folded === "none" || folded === "nopriority") return NO_PRIORITY;
  if (/^\d{1,4}$/.test(folded)) return Number(folded) === 0 ? NO_PRIORITY : Number(folded);
  return Object.hasOwn(WORDS, folded) ? WORDS[folded] : undefined;
}
