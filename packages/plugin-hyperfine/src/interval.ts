/** How sure a comparison is, in per cent. */
export const CONFIDENCE = 95;

/** Where the middle of what was measured lies, and between which numbers the true one lies with the confidence above. */
export interface Interval {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** How many times the base each round took. Pairs: what a round has too much on one side is left out. */
export function ratiosOf(base: readonly number[], head: readonly number[]): readonly number[] {
  return head.flatMap((seconds, round) => {
    const before = base[round];
    return before === undefined || before <= 0 ? [] : [seconds / before];
  });
}

/**
 * The median with its interval by order statistics (that of the sign test): exact whatever the noise looks like, as long as rounds do
 * not depend on each other. Undefined for fewer than six numbers, which cannot say anything so surely.
 */
export function intervalOf(values: readonly number[]): Interval | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = cutOf(sorted.length);
  const [low, high] = [sorted[cut - 1], sorted[sorted.length - cut]];
  if (cut === 0 || low === undefined || high === undefined) return undefined;
  return { low, middle: middleOf(sorted), high };
}

/** The largest k for which the k-th smallest and the k-th largest of `many` are far enough apart; 0 where none is. */
function cutOf(many: number): number {
  const allowed = (1 - CONFIDENCE / 100) / 2;
  let cut = 0;
  // Of the chance that at most `cut` of `many` fall below the median, the last summand and the sum.
  let [share, sum] = [0.5 ** many, 0.5 ** many];
  while (sum <= allowed) {
    cut += 1;
    share *= (many - cut + 1) / cut;
    sum += share;
  }
  return cut;
}

function middleOf(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [left, right] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return ((left ?? 0) + (right ?? 0)) / 2;
}
