import { expect, test } from "vitest";
import { KILLED, SAMPLE } from "../../test/report/sample-timeline.ts";
import { timelineOf } from "./timeline.ts";
import { traceOf } from "./trace.ts";

const trace = traceOf(timelineOf(SAMPLE));
const of = (ph: string): typeof trace.traceEvents => trace.traceEvents.filter((event) => event.ph === ph);

test("there is a lane for each slot that was used, and one for what did not run", () => {
  const names = of("M").filter(({ name }) => name === "thread_name" || name === "process_name");
  expect(names.map(({ tid, args }) => [tid, args?.["name"]])).toEqual([
    [0, "symbiotic run gates"],
    [0, "not run"],
    [1, "slot 1"],
    [2, "slot 2"],
  ]);
});

test("a task that ran is a bar in microseconds, with its cache state and why it was not served", () => {
  expect(of("X").map(({ name, tid, ts, dur, cat }) => [name, tid, ts, dur, cat])).toEqual([
    ["core build", 1, 10_000, 1_000_000, "ok,miss"],
    ["docs build", 2, 12_000, 1_800_000, "ok,miss"],
    ["app build", 1, 1_011_000, 2_000_000, "ok,miss"],
    ["app test", 1, 3_015_000, 1_500_000, "failed,miss"],
  ]);
  expect(of("X")[0]?.args).toEqual({
    task: "core:build",
    project: "core",
    atom: "build",
    level: 0,
    status: "ok",
    critical: true,
    cache: "miss",
    durationMs: 1000,
    savedMs: 0,
    summary: "ok",
    missed: "core/a.ts changed",
  });
  expect(of("X").map(({ args }) => args?.["critical"])).toEqual([true, false, true, true]);
});

test("a hit and a skipped task are marks", () => {
  expect(of("i").map(({ name, tid, ts, cat }) => [name, tid, ts, cat])).toEqual([
    ["core lint", 0, 6000, "ok,hit"],
    ["app push", 0, 4_516_000, "skipped,off"],
  ]);
});

test("arrows lead from what ran to what waited for it", () => {
  const from = of("s").map(({ id, tid, ts }) => [id, tid, ts]);
  const to = of("f").map(({ id, tid, ts }) => [id, tid, ts]);
  expect(from.map(([, ...place]) => place)).toEqual([
    [1, 1_010_000],
    [1, 3_011_000],
  ]);
  expect(to.map(([, ...place]) => place)).toEqual([
    [1, 1_011_000],
    [1, 3_015_000],
  ]);
  expect(to.map(([id]) => id)).toEqual(from.map(([id]) => id));
  // It ends at the bar that encloses its place, not at the next one.
  expect(of("f").every(({ bp }) => bp === "e")).toBe(true);
});

test("a counter tells how many ran at once", () => {
  expect(of("C").map(({ ts, args }) => [ts, args?.["running"]])).toEqual([
    [10_000, 1],
    [12_000, 2],
    [1_010_000, 1],
    [1_011_000, 2],
    [1_812_000, 1],
    [3_011_000, 0],
    [3_015_000, 1],
    [4_515_000, 0],
  ]);
});

test("a run that was killed has a trace up to there, with what was running", () => {
  const events = traceOf(timelineOf(KILLED)).traceEvents;
  expect(events.filter(({ ph }) => ph === "X").at(-1)).toMatchObject({
    name: "app test",
    cat: "unfinished,unknown",
    dur: 0,
  });
});
