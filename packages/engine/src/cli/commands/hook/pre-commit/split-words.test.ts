import { expect, test } from "vitest";
import { splitWords } from "./split-words.ts";

test.each<[string, readonly string[]]>([
  ["", []],
  ["  \t\n ", []],
  ["ruff check", ["ruff", "check"]],
  ["a   b\nc", ["a", "b", "c"]],
  [`sh -c 'a "b" $C' --`, ["sh", "-c", 'a "b" $C', "--"]],
  [`"a b"c'd e'`, ["a bcd e"]],
  [`"a \\"quoted\\" \\n"`, ['a "quoted" \\n']],
  ["a\\ b", ["a b"]],
  ["''", [""]],
])("%j is the words %j", (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test.each(["'open", '"open', '"open\\"', "end\\"])("%j is not whole", (line) => {
  expect(splitWords(line)).toBeUndefined();
});
