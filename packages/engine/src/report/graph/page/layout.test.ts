import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layOut, NODE, type Layout } from "./layout.ts";
import { neighbour } from "./neighbours.ts";

/** Nodes by level, and what each depends on. */
const draw = (levels: readonly number[], dependsOn: readonly (readonly number[])[], aspect = 1.5): Layout =>
  layOut({
    nodes: [...levels.keys()],
    levelOf: (node) => levels[node] ?? 0,
    dependsOn: (node) => dependsOn[node] ?? [],
    aspect,
  });

describe("layout", () => {
  test("places what a task waits for left of it", () => {
    const { places } = draw([0, 1, 2], [[], [0], [1]]);
    expect(places.get(0)!.x + NODE.width).toBeLessThan(places.get(1)!.x);
    expect(places.get(1)!.x + NODE.width).toBeLessThan(places.get(2)!.x);
  });

  test("places every node once, inside the drawing, none over another, a level in its own band", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ level: fc.nat(5), before: fc.array(fc.nat(60)) }), { maxLength: 60 }),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        (said, aspect) => {
          const levels = said.map(({ level }) => level);
          const { places, bands, width, height } = draw(
            levels,
            said.map(({ before }) => before.filter((each) => each < said.length)),
            aspect,
          );
          expect([...places.keys()].sort((a, b) => a - b)).toEqual([...said.keys()]);
          const all = [...places];
          for (const [node, { x, y }] of all) {
            const band = bands.find(({ level }) => level === levels[node])!;
            expect(x >= band.x && x + NODE.width <= band.x + band.width).toBe(true);
            expect(x >= 0 && y >= 0 && x + NODE.width <= width && y + NODE.height <= height).toBe(true);
            const over = all.filter(
              ([other, at]) => other !== node && Math.abs(at.x - x) < NODE.width && Math.abs(at.y - y) < NODE.height,
            );
            expect(over).toEqual([]);
          }
        },
      ),
    );
  });

  test("gives three thousand nodes about the shape of their place", () => {
    const levels = Array.from({ length: 3000 }, (_, index) => (index < 1100 ? 0 : 1 + (index % 10)));
    for (const aspect of [0.6, 1.5]) {
      const { width, height } = draw(levels, [], aspect);
      expect(width / height / aspect).toBeGreaterThan(0.7);
      expect(width / height / aspect).toBeLessThan(1.4);
    }
  });

  test("orders a level so that edges do not cross where they need not", () => {
    const { places } = draw([0, 0, 1, 1], [[], [], [1], [0]]);
    expect(places.get(0)!.y < places.get(1)!.y).toBe(places.get(3)!.y < places.get(2)!.y);
  });

  test("places what is joined to nothing below the rest", () => {
    const { places } = draw([0, 0, 1], [[], [], [1]]);
    expect(places.get(0)!.y).toBeGreaterThan(places.get(1)!.y);
  });
});

describe("the next node", () => {
  const levels = [0, 0, 0, 1];
  const layout = draw(levels, [[], [], [], [0]], 0.5);
  const next = (node: number, way: "left" | "right" | "up" | "down"): number | null =>
    neighbour(node, way, {
      layout,
      dependsOn: node === 3 ? [0] : [],
      dependents: node === 0 ? [3] : [],
      levelOf: (each) => levels[each] ?? 0,
    });

  test("is left what it waits for and right what waits for it", () => {
    expect(next(3, "left")).toBe(0);
    expect(next(0, "right")).toBe(3);
    expect(next(0, "left")).toBeNull();
  });

  test("is up and down the nearest of the level", () => {
    expect(next(0, "down")).toBe(1);
    expect(next(1, "down")).toBe(2);
    expect(next(2, "up")).toBe(1);
    expect(next(0, "up")).toBeNull();
  });
});
