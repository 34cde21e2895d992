import { expect, test } from "vitest";
import { priceOf } from "./prices.ts";

const USAGE = { input: 1_000_000, cacheRead: 2_000_000, cacheWrite: 0, output: 500_000 };

test("each kind of token has its price, and a cache that has none costs what input does", () => {
  expect(priceOf(USAGE, "m", { m: { input: 2, output: 10, cacheRead: 0.5 } })).toBe(2 + 1 + 5);
  expect(priceOf(USAGE, "m", { m: { input: 2, output: 10 } })).toBe(2 + 4 + 5);
});

test("a model without a price costs nobody knows what; its own name goes before the longest that means it", () => {
  const prices = {
    "gpt-*": { input: 1, output: 0 },
    "gpt-5*": { input: 2, output: 0 },
    "gpt-5.5": { input: 3, output: 0 },
  };
  const usage = { input: 1_000_000, cacheRead: 0, cacheWrite: 0, output: 0 };
  const of = (model: string | undefined): number | undefined => priceOf(usage, model, prices);
  expect(["gpt-5.5", "gpt-5.5-mini", "gpt-4", "o9", undefined].map(of)).toEqual([3, 2, 1, undefined, undefined]);
});
