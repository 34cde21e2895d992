import fc from "fast-check";
import { expect, test } from "vitest";
import { started } from "../../test/report/sample-run.ts";
import { BEGIN, end, eventsAt, hit, planOf, SAMPLE, type At } from "../../test/report/sample-timeline.ts";
import { criticalPath } from "./critical-path.ts";
import { ranFor, timelineOf } from "./timeline.ts";

test("it is the chain that took longest, with what each step waited for a slot", () => {
  const { steps, durationMs } = criticalPath(timelineOf(SAMPLE));
  expect(durationMs).toBe(4500);
  expect(steps.map(({ task, ...times }) => [task.id, times])).toEqual([
    ["core:build", { durationMs: 1000, waitedMs: 0 }],
    ["app:build", { durationMs: 2000, waitedMs: 1 }],
    ["app:test", { durationMs: 1500, waitedMs: 0 }],
  ]);
});

test("a task waited as long as it was ready while others ran; the engine's own time does not count", () => {
  const events = eventsAt(
    [0, started],
    [10, planOf({ "a:x": [], "b:x": [], "c:x": [] })],
    [20, BEGIN, "a:x"],
    [30, BEGIN, "b:x"],
    [120, end(90), "b:x"],
    [220, end(200), "a:x"],
    [500, BEGIN, "c:x"],
    [900, end(400), "c:x"],
  );
  expect(criticalPath(timelineOf(events)).steps).toMatchObject([{ task: { id: "c:x" }, waitedMs: 200 }]);
});

test("a hit between two tasks that ran takes no time and is left out", () => {
  const events = eventsAt(
    [0, started],
    [0, planOf({ "a:x": [], "b:x": ["a:x"], "c:x": ["b:x"] })],
    [0, BEGIN, "a:x"],
    [10, end(10), "a:x"],
    [10, hit(5), "b:x"],
    [10, BEGIN, "c:x"],
    [30, end(20), "c:x"],
  );
  const { steps, durationMs } = criticalPath(timelineOf(events));
  expect([durationMs, steps.map(({ task }) => task.id)]).toEqual([30, ["a:x", "c:x"]]);
});

test("where nothing ran there is none", () => {
  const events = eventsAt([0, started], [0, planOf({ "a:x": [] })], [1, hit(5), "a:x"]);
  expect(criticalPath(timelineOf(events))).toEqual({ steps: [], durationMs: 0 });
});

test("whatever the graph and the times, no chain took longer", () => {
  const graph = fc.array(fc.record({ before: fc.array(fc.nat(), { maxLength: 3 }), took: fc.nat({ max: 100 }) }), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(graph, (rows) => {
      const before = rows.map(({ before: all }, index) =>
        index === 0 ? [] : [...new Set(all.map((each) => each % index))],
      );
      const id = (index: number): string => `p:t${String(index)}`;
      const plan = planOf(Object.fromEntries(before.map((all, index) => [id(index), all.map(id)])));
      const events = rows.flatMap(({ took }, index): At[] => [
        [index * 1000, BEGIN, id(index)],
        [index * 1000 + took, end(took), id(index)],
      ]);
      const timeline = timelineOf(eventsAt([0, started], [0, plan], ...events));
      const longest = (index: number): number =>
        (rows[index]?.took ?? 0) + Math.max(0, ...(before[index] ?? []).map(longest));
      const path = criticalPath(timeline);
      expect(path.durationMs).toBe(Math.max(...rows.map((_, index) => longest(index))));
      expect(path.steps.reduce((sum, { task }) => sum + ranFor(task), 0)).toBe(path.durationMs);
    }),
  );
});
