import { expect, test } from "vitest";
import { sampleTask } from "../../test/support/sample-tasks.ts";
import { expectedDurations, median } from "./expected-duration.ts";

test("a task is expected to take the median of its runs, else that of its atom elsewhere, else a second", () => {
  const tasks = ["api:test", "cli:test", "web:test", "new:test", "api:lint"].map((id) => sampleTask(id));
  const history: Record<string, readonly number[]> = {
    "api:test": [10, 1000, 20],
    "cli:test": [300, 100],
    "web:test": [5000],
  };
  const expected = expectedDurations(tasks, (id) => history[id] ?? []);
  expect(tasks.map((task) => [task.id, expected(task)])).toEqual([
    ["api:test", 20],
    ["cli:test", 200],
    ["web:test", 5000],
    ["new:test", 200],
    ["api:lint", 1000],
  ]);
});

test("the history is asked once a task", () => {
  const tasks = ["a:test", "b:test"].map((id) => sampleTask(id));
  const asked: string[] = [];
  const expected = expectedDurations(tasks, (id) => {
    asked.push(id);
    return [];
  });
  for (const task of [...tasks, ...tasks]) expected(task);
  expect(asked).toEqual(["a:test", "b:test"]);
});

test.each([
  [[], undefined],
  [[7], 7],
  [[9, 1], 5],
  [[100, 9, 10], 10],
])("the median of %j is %j", (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});
