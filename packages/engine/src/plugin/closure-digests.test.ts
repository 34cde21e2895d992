import fc from "fast-check";
import { expect, test } from "vitest";
import { closureDigests, type LockedPackage } from "./closure-digests.ts";

type Graph = ReadonlyMap<string, LockedPackage>;

/** Each package's needs by number; a label of its own for each. */
function graphOf(needs: readonly (readonly number[])[], changed?: number): Graph {
  return new Map(
    needs.map((each, index) => [
      String(index),
      {
        label: `${String(index)}${index === changed ? " changed" : ""}`,
        needs: each.map((to) => [`n${String(to)}`, String(to)] as const),
      },
    ]),
  );
}

function reached(needs: readonly (readonly number[])[], from: number): Set<number> {
  const seen = new Set([from]);
  for (const at of seen) for (const to of needs[at] ?? []) seen.add(to);
  return seen;
}

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }),
  );

test("a change of a package changes the digests from which it is reached, and no other", () => {
  fc.assert(
    fc.property(graphs, fc.nat(), (needs, any) => {
      const changed = any % needs.length;
      const [before, after] = [closureDigests(graphOf(needs)), closureDigests(graphOf(needs, changed))];
      for (const from of needs.keys()) {
        const asked = [["it", String(from)]] as const;
        expect(before(asked) !== after(asked), `from ${String(from)}`).toBe(reached(needs, from).has(changed));
      }
    }),
  );
});

test("a need more or less changes the digests from which it is reached, and no other", () => {
  fc.assert(
    fc.property(graphs, fc.nat(), fc.nat(), (needs, a, b) => {
      const [at, to] = [a % needs.length, b % needs.length];
      const had = needs[at]?.includes(to) === true;
      const other = needs.map((each, index) =>
        index !== at ? each : had ? each.filter((id) => id !== to) : [...each, to],
      );
      const [before, after] = [closureDigests(graphOf(needs)), closureDigests(graphOf(other))];
      for (const from of needs.keys()) {
        const asked = [["it", String(from)]] as const;
        expect(before(asked) !== after(asked), `from ${String(from)}`).toBe(reached(needs, from).has(at));
      }
    }),
  );
});

test("neither the order of packages and needs nor what was asked before counts", () => {
  fc.assert(
    fc.property(graphs, (needs) => {
      const graph = graphOf(needs);
      const turned = new Map(
        [...graph].reverse().map(([id, each]) => [id, { ...each, needs: [...each.needs].reverse() }]),
      );
      const [one, other] = [closureDigests(graph), closureDigests(turned)];
      const ids = [...graph.keys()];
      const asked = ids.map((id) => one([["it", id]]));
      expect(
        ids
          .toReversed()
          .map((id) => other([["it", id]]))
          .toReversed(),
      ).toEqual(asked);
    }),
  );
});

test("by what name something is needed counts", () => {
  const digest = closureDigests(graphOf([[]]));
  expect(digest([["odd", "0"]])).not.toBe(digest([["is-odd", "0"]]));
});

test("an id that is not there is its own label", () => {
  const digest = closureDigests(new Map());
  expect(digest([["a", "a@1"]])).toBe(digest([["a", "a@1"]]));
  expect(digest([["a", "a@1"]])).not.toBe(digest([["a", "a@2"]]));
});

test("a chain of a hundred thousand packages is no matter", () => {
  const count = 100_000;
  const chain = graphOf(Array.from({ length: count }, (_, index) => (index + 1 < count ? [index + 1] : [0])));
  expect(closureDigests(chain)([["it", "0"]])).toMatch(/^[0-9a-f]{64}$/);
});
