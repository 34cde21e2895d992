import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, padEnd, padStart, takeColumns, truncate } from "./width.ts";

test.each([
  ["ruff lint", 9],
  ["漢字", 4],
  ["한글", 4],
  ["e\u0301", 1],
  ["\u{1f600}", 2],
  ["café …", 6],
])("%s takes %i columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test("what is too wide is cut by columns, not by characters", () => {
  expect(truncate("漢字漢字", 5)).toBe("漢字…");
  expect(truncate("abcdef", 4)).toBe("abc…");
  expect(truncate("abcd", 4)).toBe("abcd");
  expect(truncate("abcd", 0)).toBe("");
});

test("padding counts columns", () => {
  expect(padEnd("漢", 4)).toBe("漢  ");
  expect(padStart("漢", 4)).toBe("  漢");
});

test("a cut text is never wider than asked, and is a beginning of the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, width) => {
      expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      expect(text.startsWith(takeColumns(text, width))).toBe(true);
    }),
  );
});
