import { expect, test } from "vitest";
import { matcher, matcherIn } from "./match.ts";

test.each([
  [["**/*.py"], "a.py", true],
  [["**/*.py"], "a/b/.hidden/c.py", true],
  [["*.py"], "a/b.py", false],
  [["**/*.py", "!**/test_*.py"], "a/test_b.py", false],
  [["!a.py"], "b.py", false],
  [["*.PY"], "a.py", false],
  [["a\\*.py"], "a*.py", true],
  [[], "a.py", false],
] as const)("%j means %s: %s", (globs, path, expected) => {
  expect(matcher(globs)(path)).toBe(expected);
});

test("globs of a folder mean nothing outside of it", () => {
  const matches = matcherIn("api", ["**/*.py"]);
  expect(["api/a.py", "apis/a.py", "a.py"].map(matches)).toEqual([true, false, false]);
  expect(matcherIn(".", ["*.py"])("a.py")).toBe(true);
});

test("a line break in a name is a character like others", () => {
  const matches = matcher(["words/**", "*.txt", "!**/left\nout"]);
  expect(["words/line\nbreak", "line\nbreak.txt", "words/left\nout"].map(matches)).toEqual([true, true, false]);
});
