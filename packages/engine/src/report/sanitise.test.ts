import fc from "fast-check";
import { expect, test } from "vitest";
import { text as anyText } from "../../test/report/arbitrary-events.ts";
import { logLine, manyLines, oneLine } from "./sanitise.ts";

// This is what must not be there
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// The only sequence that may be there
const SGR = /\u001b\[[0-9;:]*m/g;

test("a name keeps its text and loses what could repaint the terminal", () => {
  expect(oneLine("a\u001b[2Jb\u001b]0;title\u0007c\u001b[31md\u009b1;1He")).toBe("abcde");
  expect(oneLine("one\r\ntwo\tthree")).toBe("one two three");
});

test("what a removed sequence leaves cannot make a new one", () => {
  expect(oneLine("\u001b\u001b[31m[2J")).toBe("[2J");
  expect(logLine("\u001b\u001b[0m[2J", true)).toBe("\u001b[0m[2J\u001b[0m");
});

test("a link or title without an end does not hide what follows", () => {
  expect(oneLine("\u001b]8;;evil and then 3 errors")).toContain("3 errors");
});

test("text that would be read in another direction shows its marks", () => {
  expect(oneLine("a\u202eb")).toBe("a\\u202eb");
});

test("bytes of a path that are no UTF-8 are written out", () => {
  expect(oneLine("caf\udce9.py")).toBe("caf\\xe9.py");
});

test("text of many lines is split, and each line is safe", () => {
  expect(manyLines("  first \r\n\u001b[2Jsecond\rthird\n")).toEqual(["first", "second", "third"]);
});

test("a log keeps its colours where they are wanted, and they end with the line", () => {
  expect(logLine("\u001b[1;31mred\u001b[2K", true)).toBe("\u001b[1;31mred\u001b[0m");
  expect(logLine("\u001b[1;31mred\u001b[2K", false)).toBe("red");
});

test("of a progress bar the last state is left", () => {
  expect(logLine("10 %\r50 %\r100 %\r", false)).toBe("100 %");
});

test("very long text is cut", () => {
  expect(oneLine("x".repeat(100_000)).length).toBeLessThan(5000);
});

test("whatever the text, no control character is left but colours in logs", () => {
  const nasty = fc.array(anyText, { maxLength: 6 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(nasty, (text) => {
      expect(oneLine(text)).not.toMatch(CONTROL);
      for (const line of manyLines(text)) expect(line).not.toMatch(CONTROL);
      expect(logLine(text, false).replaceAll("\t", "")).not.toMatch(CONTROL);
      expect(logLine(text, true).replace(SGR, "").replaceAll("\t", "")).not.toMatch(CONTROL);
    }),
    { numRuns: 500 },
  );
});
