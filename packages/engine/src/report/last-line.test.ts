import { expect, test } from "vitest";
import { finished, gate } from "../../test/report/sample-run.ts";
import type { GateDecided, RunFinished } from "../core/event.ts";
import { lastLine } from "./last-line.ts";
import { createStyle } from "./style.ts";

const pass = gate("a|1|1");
const fail = gate("b|0|1", { verdict: "fail" });
const hold = gate("c||1", { verdict: "hold" });
const advisory = gate("d|0|1", { verdict: "fail", required: false });
const clean: Partial<RunFinished["tasks"]> = { total: 5, ok: 4, cached: 1 };

test.each<[string, readonly GateDecided[], Partial<RunFinished["tasks"]>]>([
  ["5 tasks: 4 run, 1 cached", [], clean],
  ["the gate passes · 5 tasks: 4 run, 1 cached", [pass], clean],
  ["all 2 gates pass · 5 tasks: 4 run, 1 cached", [pass, pass], clean],
  ["2 of 3 gates failed · 5 tasks: 4 run, 1 cached", [pass, fail, fail], clean],
  ["1 of 3 gates failed, 1 holds · 5 tasks: 4 run, 1 cached", [pass, fail, hold], clean],
  ["1 of 2 gates holds · 5 tasks: 4 run, 1 cached", [pass, hold], clean],
  ["2 of 2 gates hold · 5 tasks: 4 run, 1 cached", [hold, hold], clean],
  ["the required gate passes · 1 advisory gate does not pass · 5 tasks: 4 run, 1 cached", [pass, advisory], clean],
  ["2 advisory gates do not pass · 5 tasks: 4 run, 1 cached", [advisory, advisory], clean],
  ["1 of 1 gate failed · 1 task: 1 run", [fail], { total: 1, failed: 1 }],
  [
    "all 2 gates pass · 1 task failed · 3 tasks: 2 run, 1 skipped",
    [pass, pass],
    { total: 3, ok: 1, failed: 1, skipped: 1 },
  ],
  ["1 of 1 gate failed · 2 tasks broke · 2 tasks: 2 run", [fail], { total: 2, broken: 2 }],
])("%s", (text, gates, counts) => {
  const end = finished(counts, { durationMs: 5210, directory: ".symbiotic/runs/r1" });
  const expected = `${text} · 5.2s · .symbiotic/runs/r1`;
  expect(lastLine(end, gates, createStyle(false))).toBe(expected);
});
