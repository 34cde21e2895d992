import fc from "fast-check";
import { expect, test } from "vitest";
import { backOff } from "./back-off.ts";

const DELAYS = { firstMs: 1000, mostMs: 60_000 };

test("each wait is twice the one before, at least half of it for sure", () => {
  const waits = (random: number): number[] => [1, 2, 3, 7, 20].map((failures) => backOff(failures, DELAYS, { random }));
  expect(waits(1)).toEqual([1000, 2000, 4000, 60_000, 60_000]);
  expect(waits(0)).toEqual([500, 1000, 2000, 30_000, 30_000]);
});

test("what the vendor asks for is the least, and those who were told the same do not come back together", () => {
  fc.assert(
    fc.property(fc.nat(12), fc.nat(100_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, waitMs, random) => {
      const wait = backOff(n + 1, DELAYS, { random, waitMs });
      expect(wait).toBeGreaterThanOrEqual(waitMs);
      expect(wait).toBeLessThanOrEqual(Math.max(60_000, waitMs + 500));
    }),
  );
  expect(backOff(1, DELAYS, { random: 0.1, waitMs: 9000 })).not.toBe(backOff(1, DELAYS, { random: 0.9, waitMs: 9000 }));
});
