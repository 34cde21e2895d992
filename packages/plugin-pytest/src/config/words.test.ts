import { expect, test } from "vitest";
import { itemsOf, shellWords, wordsOf } from "./words.ts";

test.each([
  ["-m 'not stress'", ["-m", "not stress"]],
  ['-k "a \\"b\\" c" -x', ["-k", 'a "b" c', "-x"]],
  ["a\\ b  c", ["a b", "c"]],
  ["--x=''", ["--x="]],
  ["  ", []],
  ["-ra\n--cov", ["-ra", "--cov"]],
])("%j is split as a shell splits it", (text, words) => {
  expect(shellWords(text)).toEqual(words);
});

test("a list in TOML is not split again", () => {
  expect(wordsOf(["-m", "not slow"])).toEqual(["-m", "not slow"]);
  expect(wordsOf(undefined)).toEqual([]);
});

test("lists of coverage.py have lines or commas between their items", () => {
  expect(itemsOf("src,\n  tests\n")).toEqual(["src", "tests"]);
  expect(itemsOf(["src", 3])).toEqual(["src"]);
});
