import { describe, expect, test } from "vitest";
import { criticalPath, middle } from "./critical-path.ts";

const node = (id: string, dependsOn: readonly string[], more: { expectedMs?: number; skipped?: string } = {}) => ({
  id,
  dependsOn: dependsOn.map((before) => ({ id: before })),
  ...more,
});

describe("critical path", () => {
  test("is the way that takes longest, not the one with most tasks", () => {
    const nodes = [
      node("a", [], { expectedMs: 10 }),
      node("slow", [], { expectedMs: 500 }),
      node("b", ["a"], { expectedMs: 10 }),
      node("end", ["slow"], { expectedMs: 5 }),
      node("c", ["b"], { expectedMs: 10 }),
    ];
    expect(criticalPath(nodes)).toEqual({ ids: ["slow", "end"], by: "history", expectedMs: 505 });
  });

  test("is the way with most tasks where no duration is known", () => {
    const nodes = [node("a", []), node("x", []), node("b", ["a"]), node("c", ["b", "x"])];
    expect(criticalPath(nodes)).toEqual({ ids: ["a", "b", "c"], by: "count" });
  });

  test("counts a task of unknown duration as the middle one of those that are known", () => {
    const nodes = [
      node("a", [], { expectedMs: 100 }),
      node("b", [], { expectedMs: 300 }),
      node("c", [], { expectedMs: 200 }),
      node("new", ["c"]),
    ];
    expect(criticalPath(nodes)).toEqual({ ids: ["c", "new"], by: "estimate", expectedMs: 400 });
  });

  test("gives no time to a task that will not run", () => {
    const nodes = [node("off", [], { expectedMs: 900, skipped: "not installed" }), node("on", [], { expectedMs: 1 })];
    expect(criticalPath(nodes)).toEqual({ ids: ["on"], by: "history", expectedMs: 1 });
  });

  test("passes over edges to tasks that are not there, and is empty for no task", () => {
    expect(criticalPath([node("a", ["gone"])])).toEqual({ ids: ["a"], by: "count" });
    expect(criticalPath([])).toEqual({ ids: [], by: "count" });
  });

  test("is the first of several that are as long", () => {
    expect(criticalPath([node("a", []), node("b", [])]).ids).toEqual(["a"]);
  });
});

test("the middle of durations is not moved by one that is far off", () => {
  expect(middle([10, 9000, 12])).toBe(12);
  expect(middle([10, 20])).toBe(20);
  expect(middle([])).toBeUndefined();
});
