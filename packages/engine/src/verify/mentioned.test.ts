import { expect, test } from "vitest";
import { mentionedPaths } from "./mentioned.ts";

const PATHS = [
  "data/table.csv",
  "web/src/table.csv",
  "libs/core/helpers.py",
  "web/src/index.ts",
  "docs/my notes.md",
  "a/b/deep.json",
];

function mentioned(text: string): readonly string[] {
  return mentionedPaths(text, PATHS, "web");
}

test("a path as it is written from the folder of the task comes before another file of the same name", () => {
  expect(mentioned("ENOENT: no such file or directory, open '../data/table.csv'")).toEqual([
    "data/table.csv",
    "web/src/table.csv",
  ]);
});

test("an absolute path with either slash names its file", () => {
  expect(mentioned(String.raw`cannot read C:\repo\a\b\deep.json`)).toEqual(["a/b/deep.json"]);
});

test("an import names a module without its ending", () => {
  expect(mentioned("ModuleNotFoundError: No module named 'core.helpers'")).toEqual(["libs/core/helpers.py"]);
});

test("a name with a space is found as it stands", () => {
  expect(mentioned("cat: docs/my notes.md: No such file or directory")).toEqual(["docs/my notes.md"]);
});

test("a name that half of all files have says nothing, and neither does a part of a word", () => {
  expect(mentioned("index out of range; notable.csvs; helpersome")).toEqual([]);
});
