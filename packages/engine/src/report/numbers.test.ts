import { expect, test } from "vitest";
import { count, formatDuration } from "./numbers.ts";

test.each([
  [0, "0ms"],
  [61.4, "61ms"],
  [99.4, "99ms"],
  [99.5, "0.1s"],
  [210, "0.2s"],
  [5210, "5.2s"],
  [59_949, "59.9s"],
  [59_950, "1m 00s"],
  [64_000, "1m 04s"],
  [3_599_400, "59m 59s"],
  [3_599_500, "1h 00m"],
  [7_500_000, "2h 05m"],
  [-5, "0ms"],
  [Number.NaN, "0ms"],
])("%s milliseconds are %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test("one thing has no plural", () => {
  expect([count(0, "task"), count(1, "task"), count(2, "task")]).toEqual(["0 tasks", "1 task", "2 tasks"]);
});
