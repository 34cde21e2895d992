import { rmSync } from "node:fs";
import { join } from "node:path";
import { configure, goTo } from "./checkout.mjs";
import { median, percent } from "./numbers.mjs";
import { runSelector } from "./selector.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */

const ROUNDS = 5;

/** Both sides are the command itself, with the same pytest, coverage and core: what differs is that records are made. */
const SIDES = /** @type {const} */ (["project", "recorded"]);

/**
 * What a cold run costs that makes records, beside one that does not; the sides take turns, and so does who is first.
 * @param {Checkout} checkout
 * @param {ReturnType<typeof import("./results.mjs").kept>} results
 * @returns {string}
 */
export function recordingCost(checkout, results) {
  const store = join(checkout.place, "stores", checkout.repository.name, "cost");
  goTo(checkout, checkout.repository.head);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of round % 2 === 0 ? SIDES : [...SIDES].reverse()) {
      const key = `cost ${side} ${round}`;
      if (results.has(key)) continue;
      rmSync(store, { recursive: true, force: true });
      configure(checkout, { granularity: side });
      const { exit, seconds, said } = runSelector(checkout, { store });
      configure(checkout);
      if (exit === 2) return `recording cost: not measured: ${said.trim().split("\n")[0]}`;
      results.set(key, seconds);
    }
  }
  const [without = 0, recorded = 0] = SIDES.map((side) =>
    median(Array.from({ length: ROUNDS }, (_, round) => results.get(`cost ${side} ${round}`))),
  );
  return `cold with records ${recorded.toFixed(2)} s, without ${without.toFixed(2)} s (medians of ${ROUNDS}): ${percent(recorded / without - 1)} more`;
}
