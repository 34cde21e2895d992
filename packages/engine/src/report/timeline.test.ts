import { expect, test } from "vitest";
import { BEGIN, end, eventsAt, KILLED, planOf, SAMPLE } from "../../test/report/sample-timeline.ts";
import { started } from "../../test/report/sample-run.ts";
import { timelineOf } from "./timeline.ts";

test("each task that ran has a span, tasks at once have lanes of their own, and lanes are used again", () => {
  const { tasks } = timelineOf(SAMPLE);
  expect(Object.fromEntries(tasks.map(({ id, ran }) => [id, ran]))).toEqual({
    "core:lint": undefined,
    "core:build": { from: 10, to: 1010, lane: 0 },
    "docs:build": { from: 12, to: 1812, lane: 1 },
    "app:build": { from: 1011, to: 3011, lane: 0 },
    "app:test": { from: 3015, to: 4515, lane: 0 },
    "app:push": undefined,
  });
});

test("what ran when the run was killed ends with the last event", () => {
  const { tasks, finished, endAt } = timelineOf(KILLED);
  expect(finished).toBeUndefined();
  expect(endAt).toBe(3015);
  expect(tasks.find(({ id }) => id === "app:test")).toMatchObject({ ran: { from: 3015, to: 3015, lane: 0 } });
});

test("a task that is tried again is one span, from its first start", () => {
  const events = eventsAt(
    [0, started],
    [1, planOf({ "a:x": [] })],
    [2, BEGIN, "a:x"],
    [50, BEGIN, "a:x"],
    [90, end(40), "a:x"],
  );
  expect(timelineOf(events).tasks[0]?.ran).toEqual({ from: 2, to: 90, lane: 0 });
});

test("no event is no timeline, and no error", () => {
  expect(timelineOf([])).toEqual({ run: "", started: undefined, finished: undefined, tasks: [], planAt: 0, endAt: 0 });
});
