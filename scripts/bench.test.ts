import { expect, test } from "vitest";
import { leastSquares } from "../bench/lib/least-squares.mjs";
import { planProjects } from "../bench/lib/node/plan.mjs";
import { seriesNamed } from "../bench/lib/node/series.mjs";
import { sourceFiles } from "../bench/lib/node/source-files.mjs";
import { spread } from "../bench/lib/statistics.mjs";
import { lageTasks, moonTasks, nxTasks, symbioticTasks, turboTasks } from "../bench/lib/tools/task-counts.mjs";

test("least squares find the line that the figures were made from", () => {
  const rows = [
    [1, 10, 200],
    [1, 100, 2000],
    [1, 100, 20_000],
    [1, 1000, 20_000],
  ];
  const measured = rows.map(([start = 0, projects = 0, files = 0]) => 30 * start + 0.2 * projects + 0.005 * files);
  const fit = leastSquares(rows, measured);
  expect(fit?.factors.map((factor) => Number(factor.toFixed(6)))).toEqual([30, 0.2, 0.005]);
  expect(fit?.fitted.map((value) => Number(value.toFixed(3)))).toEqual(measured);
});

test("there is no line where the files only grow with the projects", () => {
  const rows = [10, 100, 1000, 5000].map((projects) => [1, projects, 20 * projects]);
  expect(leastSquares(rows, [30, 40, 120, 500])).toBeUndefined();
});

test("a spread is interpolated between neighbours", () => {
  expect(spread([4, 1, 3, 2])).toEqual({ min: 1, q1: 1.75, median: 2.5, q3: 3.25, max: 4 });
});

test("a plan has ten levels, one root below everything, and a last project that nothing depends on", () => {
  const projects = planProjects(100);
  expect(new Set(projects.map(({ level }) => level)).size).toBe(10);
  expect(projects.filter(({ dependsOn }) => dependsOn.length === 0).map(({ index }) => index)).toEqual([0]);
  for (const { level, dependsOn } of projects) {
    expect(dependsOn.length).toBeLessThanOrEqual(3);
    expect(dependsOn.every((below) => below.level === level - 1)).toBe(true);
  }
  expect(projects.some(({ dependsOn }) => dependsOn.includes(projects[99] ?? never()))).toBe(false);
});

test("source files have 1 to 2 KB and begin with the number that a build reads", () => {
  const [first = never(), ...others] = planProjects(3);
  for (const [, text] of [first, ...others].flatMap((project) => sourceFiles(project, 20))) {
    expect(text).toMatch(/^\/\/ [1-9]\d*\n/);
    expect(text.length).toBeGreaterThan(1000);
    expect(text.length).toBeLessThan(2048);
  }
});

test("a series is named by what it measures and how large the repository is", () => {
  expect(seriesNamed("cached-100x200")).toMatchObject({ kind: "cached", size: { projects: 100, files: 200 } });
  expect(seriesNamed("changed-root-comment-7")).toMatchObject({ kind: "changed-root-comment", size: { projects: 7 } });
  expect(() => seriesNamed("cashed-10")).toThrow("there is no series cashed-10");
});

test("what each tool says of its tasks is read", () => {
  expect(symbioticTasks("30 tasks, 30 cached · 41ms\n")).toEqual({ total: 30, executed: 0 });
  expect(symbioticTasks("\n30 tasks: 3 run, 27 cached · 0.2s · .symbiotic/runs/x\n")).toEqual({
    total: 30,
    executed: 3,
  });
  expect(symbioticTasks("all 2 gates pass · 1 task: 1 run · 6.5s\n")).toEqual({ total: 1, executed: 1 });
  expect(turboTasks("Cached:    9 cached, 30 total\n")).toEqual({ total: 30, executed: 21 });
  expect(nxTasks("  Cache:             9/12 hit (75%)\n")).toEqual({ total: 12, executed: 3 });
  expect(moonTasks("Tasks: 30 completed (9 cached)\n")).toEqual({ total: 30, executed: 21 });
  expect(moonTasks("Tasks: 30 completed\n")).toEqual({ total: 30, executed: 30 });
  expect(lageTasks("success: 3, skipped: 9, pending: 0, aborted: 0, failed: 0\n")).toEqual({ total: 12, executed: 3 });
});

test("a run with a failed task is not read as one that did its work", () => {
  expect(lageTasks("success: 3, skipped: 9, pending: 0, aborted: 0, failed: 1\n")).toBeUndefined();
});

function never(): never {
  throw new Error("the plan is empty");
}
