import { expect, test } from "vitest";
import { isBelow, matchesName } from "./patterns.ts";

test.each([
  ["test_a.py", "test_*.py", true],
  ["a_test.py", "test_*.py", false],
  ["check_a.py", "check_?.py", true],
  ["test_A.py", "test_[A-C].py", true],
  ["test_d.py", "test_[!A-C].py", true],
  ["test_(a.py", "test_(a.py", true],
  ["test_aXpy", "test_a.py", false],
  ["a[.py", "a[.py", true],
  ["test_z.py", "test_[z-a].py", false],
])("%s matches %s: %s", (name, pattern, expected) => {
  expect(matchesName(name, pattern)).toBe(expected);
});

test.each([
  ["tests/a/test_x.py", "tests", true],
  ["tests/a/test_x.py", "./tests/", true],
  ["tests2/test_x.py", "tests", false],
  ["pkg/a/tests/test_x.py", "pkg/*/tests", true],
  ["pkg/a/b/tests/test_x.py", "pkg/*/tests", false],
  ["pkg/a/b/tests/test_x.py", "**/tests", true],
  ["tests/test_x.py", "tests/test_x.py", true],
  ["anything.py", ".", true],
])("%s is below the testpath %s: %s", (path, glob, expected) => {
  expect(isBelow(path, glob)).toBe(expected);
});
