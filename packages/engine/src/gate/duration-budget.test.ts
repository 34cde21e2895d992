import { expect, test } from "vitest";
import { decideDuration } from "./duration-budget.ts";

const TASKS = [
  { project: "api", ms: 1500 },
  { project: "api", ms: 600 },
  { project: "core", ms: 900 },
];

test("without a number there is no such gate", () => {
  expect(decideDuration(TASKS, undefined)).toBeUndefined();
  expect(decideDuration(TASKS, { required: true })).toBeUndefined();
  expect(decideDuration([], { threshold: 1 })).toBeUndefined();
});

test("the tasks of a project together may take as long as is allowed, and no longer", () => {
  expect(decideDuration(TASKS, { threshold: 2.1 })).toMatchObject({ verdict: "pass", measured: "2.1 s the slowest" });
  expect(decideDuration(TASKS, { threshold: 2 })).toMatchObject({
    verdict: "fail",
    wanted: "at most 2 s",
    required: true,
    projects: [
      { project: "api", measured: "2.1 s", verdict: "fail" },
      { project: "core", measured: "0.9 s", verdict: "pass" },
    ],
  });
});

test("a project may have a budget of its own, or none that counts", () => {
  expect(decideDuration(TASKS, { projects: { core: { threshold: 0.5 } } })).toMatchObject({
    verdict: "fail",
    measured: "0.9 s",
    projects: [{ project: "core" }],
  });
  const lenient = { threshold: 1, projects: { api: { required: false } } };
  expect(decideDuration(TASKS, lenient)).toMatchObject({ verdict: "pass", required: true });
  expect(decideDuration(TASKS, { threshold: 1, required: false })).toMatchObject({ verdict: "fail", required: false });
});
