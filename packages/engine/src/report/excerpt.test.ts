import fc from "fast-check";
import { expect, test } from "vitest";
import { excerptLines } from "./excerpt.ts";
import { createStyle } from "./style.ts";
import { displayWidth } from "./width.ts";

const look = { style: createStyle(false), width: 60 };

test("the marker stands under the trouble and the hint beside it", () => {
  const lines = excerptLines({ text: "import os", line: 14, column: 8, length: 2 }, { ...look, hint: "remove it" });
  expect(lines).toEqual(["   14 | import os", "      |        ^^ remove it"]);
});

test("tabs and wide characters before the trouble push the marker as far as the terminal does", () => {
  const lines = excerptLines({ text: "\tx = '漢字' + y", line: 1, column: 13, length: 1 }, look);
  expect(lines).toEqual(["   1 |     x = '漢字' + y", `     | ${" ".repeat(displayWidth("    x = '漢字' + "))}^`]);
});

test("without a column only the line is shown, and a hint below it", () => {
  expect(excerptLines({ text: "x", line: 3 }, look)).toEqual(["   3 | x"]);
  expect(excerptLines({ text: "x", line: 3 }, { ...look, hint: "see there" })).toEqual([
    "   3 | x",
    "     | see there",
  ]);
});

test("trouble at the end of the line has a marker after it", () => {
  expect(excerptLines({ text: "def f(", line: 3, column: 7 }, look)).toEqual(["   3 | def f(", "     |       ^"]);
});

test("a line that is too wide is cut around the trouble", () => {
  const text = `${"a".repeat(200)}BAD${"c".repeat(200)}`;
  const [source = "", marker = ""] = excerptLines({ text, line: 1, column: 201, length: 3 }, look);
  expect(displayWidth(source)).toBeLessThanOrEqual(60);
  expect(source.slice(marker.indexOf("^"), marker.lastIndexOf("^") + 1)).toBe("BAD");
});

test("whatever the line and the place, the excerpt fits and its marker is inside", () => {
  const place = fc.record({ column: fc.integer({ min: -5, max: 400 }), length: fc.integer({ min: -5, max: 400 }) });
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), place, (text, where) => {
      for (const line of excerptLines({ text, line: 7, ...where }, look))
        expect(displayWidth(line)).toBeLessThanOrEqual(62);
    }),
  );
});
