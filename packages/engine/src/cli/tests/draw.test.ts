import { expect, test } from "vitest";
import { draw } from "./draw.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];

test("one seed draws the same names in whatever order they come; another draws others", () => {
  expect(draw(NAMES, 2, "1")).toEqual(draw(NAMES.toReversed(), 2, "1"));
  const drawn = new Set(Array.from({ length: 20 }, (_, seed) => draw(NAMES, 2, String(seed)).join("")));
  expect(drawn.size).toBeGreaterThan(5);
});

test("more than there are is all of them", () => {
  expect(draw(NAMES, 10, "")).toEqual(NAMES);
});
