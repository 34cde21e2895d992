import fc from "fast-check";
import { expect, test } from "vitest";
import { isTooDeep } from "./json-depth.ts";

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

test.each([
  [nested(3), 3, false],
  [nested(4), 3, true],
  ['{"a":{"b":[1]}}', 3, false],
  ['{"a":{"b":[{}]}}', 3, true],
  ['"[[[[["', 1, false],
  [String.raw`"\"[[[["`, 1, false],
  [String.raw`["\\",[[]]]`, 2, true],
  ["no JSON [[[ at all", 2, true],
])("%s with at most %i", (text, most, expected) => {
  expect(isTooDeep(text, most)).toBe(expected);
});

test("what JSON.stringify writes is as deep as the value is", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      const depth = depthOf(JSON.parse(text));
      expect(isTooDeep(text, depth)).toBe(false);
      if (depth > 0) expect(isTooDeep(text, depth - 1)).toBe(true);
    }),
  );
});

function depthOf(value: unknown): number {
  return typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}
