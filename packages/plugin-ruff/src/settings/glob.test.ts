import { expect, test } from "vitest";
import { matchesPattern } from "./glob.ts";

const PATHS = ["tests/a.py", "tests/sub/b.py", "a/tests/c.py", "x[1]/d.py", "e.py"];

/** What ruff 0.17.5 takes `per-file-ignores` patterns in a file at the repository's root to name. */
test.each<[string, string[]]>([
  ["tests/*", ["tests/a.py", "tests/sub/b.py"]],
  ["tests/**", ["tests/a.py", "tests/sub/b.py"]],
  ["tests", []],
  ["tests/*.py", ["tests/a.py", "tests/sub/b.py"]],
  ["**/tests/*", ["tests/a.py", "tests/sub/b.py", "a/tests/c.py"]],
  ["*.py", PATHS],
  ["a.py", ["tests/a.py"]],
  ["./tests/*", ["tests/a.py", "tests/sub/b.py"]],
  ["x[1]/*", []],
  ["x[[]1]/*", ["x[1]/d.py"]],
  ["{a,e}.py", ["tests/a.py", "e.py"]],
  ["{tests,a}/**", ["tests/a.py", "tests/sub/b.py", "a/tests/c.py"]],
  ["?.py", PATHS],
  ["[!ae].py", ["tests/sub/b.py", "a/tests/c.py", "x[1]/d.py"]],
  ["tests/", []],
  ["**", PATHS],
  ["*/c.py", ["a/tests/c.py"]],
  ["tests/**/b.py", ["tests/sub/b.py"]],
  ["tests/**/a.py", ["tests/a.py"]],
  ["te**b.py", ["tests/sub/b.py"]],
  ["[", []],
  ["{a", []],
])("%s names what ruff says", (pattern, named) => {
  expect(PATHS.filter((path) => matchesPattern(pattern, ".", path))).toEqual(named);
});

test("a pattern with a slash is relative to the folder of its file, a bare one holds anywhere", () => {
  expect(matchesPattern("tests/*", "p", "p/tests/a.py")).toBe(true);
  expect(matchesPattern("tests/*", "p", "tests/a.py")).toBe(false);
  expect(matchesPattern("../q/*", "p", "q/a.py")).toBe(true);
  expect(matchesPattern("a.py", "p", "p/x/a.py")).toBe(true);
});
