import fc from "fast-check";
import { expect, test } from "vitest";
import { intervalOf, ratiosOf } from "./interval.ts";

const upTo = (many: number): readonly number[] => Array.from({ length: many }, (_, at) => at + 1);

test.each([
  [5, undefined],
  [6, { low: 1, middle: 3.5, high: 6 }],
  [8, { low: 1, middle: 4.5, high: 8 }],
  [9, { low: 2, middle: 5, high: 8 }],
  // Tables of the sign test have these at 5 %.
  [20, { low: 6, middle: 10.5, high: 15 }],
  [30, { low: 10, middle: 15.5, high: 21 }],
  [40, { low: 14, middle: 20.5, high: 27 }],
])("of %i numbers the interval is that of the sign test", (many, interval) => {
  expect(intervalOf(upTo(many).toReversed())).toEqual(interval);
});

test("of a fair coin the interval misses the median in at most one of twenty", () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 200 }), (many) => {
      const { low = 0 } = intervalOf(upTo(many)) ?? {};
      expect(2 * atMost(low - 1, many)).toBeLessThanOrEqual(0.05);
      expect(2 * atMost(low, many)).toBeGreaterThan(0.05);
    }),
  );
});

/** The chance that at most this many of so many coins fall on one side. */
function atMost(few: number, many: number): number {
  const logOf = (n: number): number => upTo(n).reduce((sum, each) => sum + Math.log(each), 0);
  const one = (k: number): number => Math.exp(logOf(many) - logOf(k) - logOf(many - k) - many * Math.LN2);
  return [0, ...upTo(few)].reduce((sum, k) => sum + one(k), 0);
}

test("rounds are compared in pairs", () => {
  expect(ratiosOf([1, 2, 4], [2, 2, 2])).toEqual([2, 1, 0.5]);
  expect(ratiosOf([1, 0], [2, 2, 2])).toEqual([2]);
});
