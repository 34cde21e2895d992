import fc from "fast-check";
import { expect, test } from "vitest";
import { findCycles } from "./find-cycles.ts";
import { sortedByEdges } from "./sorted-by-edges.ts";

function graphOf(edges: string): ReadonlyMap<string, readonly string[]> {
  const pairs = edges.split(" ").map((edge) => [edge.charAt(0), edge.charAt(1)] as const);
  const grouped = Map.groupBy(pairs, ([from]) => from);
  return new Map([...grouped].map(([from, all]) => [from, all.map(([, to]) => to)]));
}

test.each([
  ["ab bc", []],
  ["aa", ["a"]],
  ["ab bc ca", ["abc"]],
  ["ab ba cd dc", ["ab", "cd"]],
  ["ab ba bc cd dc", ["ab", "cd"]],
  ["ab bc cd da ca", ["abc", "dabc"]],
  ["xa ab ba by", ["ab"]],
])("the cycles of %s are %j", (edges, cycles) => {
  expect(findCycles(["a", "b", "c", "d", "x", "y"], graphOf(edges)).map((cycle) => cycle.join(""))).toEqual(cycles);
});

const NODES = ["a", "b", "c", "d", "e", "f", "g"];
const anyGraph = fc
  .array(fc.tuple(fc.constantFrom(...NODES), fc.constantFrom(...NODES)), { maxLength: 14 })
  .map(
    (pairs) => new Map([...Map.groupBy(pairs, ([from]) => from)].map(([from, all]) => [from, all.map(([, to]) => to)])),
  );

function reaches(graph: ReadonlyMap<string, readonly string[]>, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (!seen.has(next)) queue.push(next);
      seen.add(next);
    }
  }
  return seen;
}

test("each cycle is one, and every node that reaches itself is in some", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const cycles = findCycles(NODES, graph);
      for (const cycle of cycles) {
        for (const [index, node] of cycle.entries())
          expect(graph.get(node)).toContain(cycle[(index + 1) % cycle.length]);
      }
      const onCycle = NODES.filter((node) => reaches(graph, node).has(node));
      expect([...new Set(cycles.flat())].sort()).toEqual(onCycle);
    }),
    { numRuns: 2_000 },
  );
});

test("each node stands behind what it waits for, a level above it, and the first that can be next is", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const waitsFor = (node: string): readonly string[] => [...new Set(graph.get(node))];
      const sorted = sortedByEdges(NODES, waitsFor);
      expect(sorted.map(({ node }) => node).sort()).toEqual(NODES);
      const done = new Set<string>();
      for (const { node, level } of sorted) {
        const isFree = (each: string): boolean => waitsFor(each).every((before) => done.has(before));
        const isStuck =
          reaches(graph, node).has(node) || [...reaches(graph, node)].some((each) => reaches(graph, each).has(each));
        expect(level === undefined).toBe(isStuck);
        if (level === undefined) continue;
        expect(NODES.find((each) => !done.has(each) && isFree(each))).toBe(node);
        const levels = waitsFor(node).map((before) => sorted.find((each) => each.node === before)?.level ?? -1);
        expect(level).toBe(Math.max(-1, ...levels) + 1);
        done.add(node);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a chain of a hundred thousand is no matter of depth", () => {
  const nodes = Array.from({ length: 100_000 }, (_, index) => index);
  const ring = new Map(nodes.map((node) => [node, [(node + 1) % nodes.length]]));
  expect(findCycles(nodes, ring).map(({ length }) => length)).toEqual([100_000]);
});
