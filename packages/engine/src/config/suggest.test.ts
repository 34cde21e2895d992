import { expect, test } from "vitest";
import { nearest } from "./suggest.ts";

test.each([
  ["selct", ["select", "ignore"], "select"],
  ["GATE", ["gates", "validate"], "gates"],
  ["x", ["y", "zz"], "y"],
  ["nothing-like-it", ["gates", "test"], undefined],
  ["anything", [], undefined],
])("%s, of %j, most likely means %s", (wrong, known, expected) => {
  expect(nearest(wrong, known)).toBe(expected);
});
