import { expect, test } from "vitest";
import { doctestPlace, firstLine } from "./message.ts";

test.each([
  ["AssertionError: assert 'id\\n' == ''\n  \n  + id", "AssertionError: assert 'id\\n' == ''"],
  ["\n\n  indented\nmore", "indented"],
  [
    "Traceback:\nE     File \"x.py\", line 3\nE       def x(\nE   SyntaxError: '(' was never closed",
    "SyntaxError: '(' was never closed",
  ],
  ["Skipped: not today", "not today"],
  ["reason: known", "known"],
  ["002\n003     >>> double(3)\nExpected:\n    7\nGot:\n    6\n\n/r/a.py:5: DocTestFailure", "expected 7, got 6"],
  ["003 >>> f()\nExpected nothing\nGot:\n    6\n\na.py:5: DocTestFailure", "expected nothing, got 6"],
  [
    "003 >>> f()\nUNEXPECTED EXCEPTION: ZeroDivisionError('x')\nTraceback",
    "UNEXPECTED EXCEPTION: ZeroDivisionError('x')",
  ],
  ["", ""],
])("of %j the line that says what went wrong is %j", (text, expected) => {
  expect(firstLine(text)).toBe(expected);
});

test("a doctest's text ends with the line on which it failed", () => {
  expect(doctestPlace("Got:\n    6\n\nC:\\r\\a.py:5: DocTestFailure\n")).toBe(5);
  expect(doctestPlace("tests/test_a.py:5: AssertionError")).toBeUndefined();
});
