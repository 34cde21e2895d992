import { expect, test } from "vitest";
import { pathsIn, targetsIn } from "./targets.ts";

const FILES = ["libs/a/src/m.py", "libs/a/tests/t.py"];

test.each<[string, string[]]>([
  [".", ["libs/a"]],
  ["libs", ["libs/a"]],
  ["libs/a/", ["libs/a"]],
  ["./libs/a/src", ["libs/a/src"]],
  ["libs/*/src", ["libs/a/src"]],
  ["libs/a/**/*.py", ["libs/a"]],
  ["**/*.py", ["libs/a"]],
  ["libs/a/src/m.py", ["libs/a/src/m.py"]],
  ["libs/b", []],
  ["libs/[!a]/src", []],
  ["app", []],
  ["libs/a/docs", []],
])("of `%s` in settings at the root a project checks %j", (named, targets) => {
  expect(targetsIn("libs/a", "mypy.ini", { named: [named], files: FILES })).toEqual(targets);
});

test("what is named twice is checked once", () => {
  expect(targetsIn("libs/a", "libs/mypy.ini", { named: ["a", "*"], files: FILES })).toEqual(["libs/a"]);
});

test("a path counts in the project that it lies in, and one above counts whole", () => {
  expect(pathsIn("libs/a", ["libs", "libs/a/src", "libs/b", "libs/ab"])).toEqual(["libs/a", "libs/a/src"]);
});
