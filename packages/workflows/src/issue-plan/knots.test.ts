import { Graph, alg } from "@dagrejs/graphlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { knotsOf } from "./knots.ts";

function graphOf(edges: readonly (readonly [number, number])[]): Graph {
  const graph = new Graph({ directed: true });
  for (const [before, after] of edges) graph.setEdge(String(before), String(after));
  return graph;
}

test("knots are what graphlib finds", () => {
  const edge = fc.tuple(fc.nat(8), fc.nat(8)).filter(([a, b]) => a !== b);
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 20 }), (edges) => {
      const graph = graphOf(edges);
      const parts = [...Map.groupBy(knotsOf(graph), ([, part]) => part).values()].map((each) =>
        each.map(([node]) => node).sort(),
      );
      const wanted = alg
        .tarjan(graph)
        .filter((each) => each.length > 1)
        .map((each) => each.sort());
      expect(parts.sort()).toEqual(wanted.sort());
    }),
    { numRuns: 500 },
  );
});

test("a chain and a ring of fifteen thousand are no matter of depth", () => {
  const chain = Array.from({ length: 15_000 }, (_, at): [number, number] => [at, at + 1]);
  expect(knotsOf(graphOf(chain)).size).toBe(0);
  expect(knotsOf(graphOf([...chain, [15_000, 0]])).size).toBe(15_001);
});
