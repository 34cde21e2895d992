import fc from "fast-check";
import { expect, test } from "vitest";
import { minimise } from "./minimise.ts";

/** A test that passes when it has all of these, counting how often it is asked. */
function needing(needed: readonly number[]): {
  readonly passes: (items: readonly number[]) => Promise<boolean>;
  asked: number;
} {
  const probe = {
    asked: 0,
    passes: (items: readonly number[]) => {
      probe.asked += 1;
      return Promise.resolve(needed.every((each) => items.includes(each)));
    },
  };
  return probe;
}

const numbers = Array.from({ length: 1000 }, (_, index) => index);

test("exactly what is needed is found, whatever it is", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 100, max: 120 }),
      async (needed, size) => {
        const found = await minimise(numbers.slice(0, size), needing(needed).passes, () => true);
        expect([...found.items].sort((a, b) => a - b)).toEqual([...needed].sort((a, b) => a - b));
        expect(found.isWhole).toBe(true);
      },
    ),
  );
});

test("one of a thousand is found by asking about twice for each halving", async () => {
  const probe = needing([617]);
  await minimise(numbers, probe.passes, () => true);
  expect(probe.asked).toBeLessThanOrEqual(20);
});

test("of two that would each do, the one in front is found", async () => {
  const either = (items: readonly number[]): Promise<boolean> =>
    Promise.resolve(items.includes(3) || items.includes(90));
  expect(await minimise(numbers.slice(0, 100), either, () => true)).toEqual({ items: [3], isWhole: true });
});

test("where it may not ask any more it gives what is left, and says so", async () => {
  const probe = needing([5, 700]);
  const found = await minimise(numbers, probe.passes, () => probe.asked < 4);
  expect(probe.asked).toBe(4);
  expect(found.isWhole).toBe(false);
  expect(found.items).toEqual(expect.arrayContaining([5, 700]));
});
