import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleTask } from "../../test/support/sample-tasks.ts";
import { projectsOfShard, projectWeights } from "./shard.ts";

const shards = (count: number, weights: ReadonlyMap<string, number>): string[][] =>
  Array.from({ length: count }, (_, at) => [...projectsOfShard({ index: at + 1, count }, weights)].sort());

test("the heaviest go first, each to the shard that has least", () => {
  const weights = new Map([
    ["a", 10],
    ["b", 40],
    ["c", 25],
    ["d", 30],
  ]);
  expect(shards(2, weights)).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
});

test("more shards than projects leaves some empty", () => {
  expect(shards(3, new Map([["only", 1]]))).toEqual([["only"], [], []]);
});

test("a project weighs as many tasks as it has, or as much as these are expected to take", () => {
  const tasks = ["a:x", "a:y", "b:x"].map((id) => sampleTask(id));
  expect([...projectWeights(tasks)]).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
  expect([...projectWeights(tasks, ({ atomId }) => (atomId === "x" ? 100 : 5))]).toEqual([
    ["a", 105],
    ["b", 100],
  ]);
});

test("every project is in exactly one shard, the order of projects counts for nothing, and no shard has much more than its share", () => {
  const projects = fc.uniqueArray(fc.tuple(fc.string(), fc.nat(100)), { selector: ([name]) => name, maxLength: 30 });
  fc.assert(
    fc.property(projects, fc.integer({ min: 1, max: 6 }), (given, count) => {
      const weights = new Map(given);
      const all = shards(count, weights);
      expect(all.flat().sort()).toEqual([...weights.keys()].sort());
      expect(shards(count, new Map(given.toReversed()))).toEqual(all);
      const loads = all.map((names) => names.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0));
      const heaviest = Math.max(0, ...weights.values());
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(heaviest);
    }),
  );
});
