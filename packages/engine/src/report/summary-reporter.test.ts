import { expect, test } from "vitest";
import { begin, finished, firstContact, plan, ran, report, type Step, started } from "../../test/report/sample-run.ts";
import { createSummaryReporter } from "./summary-reporter.ts";
import type { RunSummary } from "./summary.ts";

function summaryText(steps: readonly Step[]): string {
  return report((write) => createSummaryReporter({ write }), steps).stdout;
}

function summary(steps: readonly Step[]): RunSummary {
  return JSON.parse(summaryText(steps)) as RunSummary;
}

test("the summary holds the facts of the run under stable keys", () => {
  const { run, exitCode, durationMs, savedMs, base, counts, tasks, findings, tests, gates } = summary(firstContact);
  expect({ run, exitCode, durationMs, savedMs }).toEqual({ run: "r1", exitCode: 1, durationMs: 5210, savedMs: 210 });
  expect(base?.commit).toMatch(/^4f2c1d9/);
  expect(counts).toEqual({ total: 5, ok: 4, failed: 1, broken: 0, skipped: 0, cached: 1 });
  expect(tasks.map((task) => [task.id, task.status, task.cache, task.durationMs, task.savedMs])).toEqual([
    ["api:pytest", "failed", "miss", 3120, 0],
    ["api:ruff_format", "ok", "miss", 120, 0],
    ["api:ruff_lint", "ok", "miss", 210, 0],
    ["cli:pytest", "ok", "miss", 1830, 0],
    ["cli:ruff_lint", "ok", "hit", 0, 210],
  ]);
  expect(findings.map(({ task, file, rule, excerpt }) => [task, file, rule, excerpt])).toEqual([
    ["api:ruff_lint", "src/api/export.py", "F401", "import os"],
    ["api:ruff_lint", "src/api/export.py", "E501", null],
  ]);
  expect(tests.map(({ task, id }) => [task, id])).toEqual([["api:pytest", "tests/test_export.py::test_empty_rows"]]);
  expect(gates.map(({ gate, verdict, required, note }) => [gate, verdict, required, note])).toEqual([
    ["lint clean", "fail", true, null],
    ["tests passed", "fail", true, null],
    ["coverage", "pass", false, null],
    ["changed lines", "pass", false, null],
  ]);
});

test("an empty run has every key that a full one has", () => {
  const keys = (steps: readonly Step[]): string[] => Object.keys(summary(steps));
  expect(keys([])).toEqual(keys(firstContact));
});

test("a run that did not end has no exit code, and its tasks no status", () => {
  const { exitCode, tasks, counts } = summary([
    started,
    plan("api:a=a", "api:b=b"),
    ["api:a", begin, ran(5, "ok")],
    ["api:b", begin],
  ]);
  expect(exitCode).toBeNull();
  expect(tasks.map((task) => task.status)).toEqual(["ok", null]);
  expect(counts).toEqual({ total: 2, ok: 1, failed: 0, broken: 0, skipped: 0, cached: 0 });
});

test("it is the same text whatever the order in which the tasks ended", () => {
  const ends = [
    ["api:a", ran(1, "one")],
    ["api:b", ran(2, "two")],
    ["api:c", ran(3, "three")],
  ] as const;
  const run = (some: readonly Step[]): string =>
    summaryText([started, plan("api:c=c", "api:a=a"), ...some, finished({ total: 3, ok: 3 })]);
  expect(run([...ends].reverse())).toBe(run(ends));
});
