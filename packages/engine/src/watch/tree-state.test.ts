import { expect, test } from "vitest";
import type { FileState } from "./file-state.ts";
import { changedPaths, withSeen, type TreeState } from "./tree-state.ts";

function tree(files: Readonly<Record<string, number>>): TreeState {
  const stateOf = (mtimeMs: number): FileState => ({
    stat: { size: 1, mtimeMs, ctimeMs: 1, ino: 1, mode: 0o100_644 },
    isFresh: false,
  });
  return new Map(Object.entries(files).map(([path, time]) => [path, stateOf(time)]));
}

test("what came, went or looks different has changed, by code unit", () => {
  expect(changedPaths(tree({ same: 1, edited: 1, gone: 1 }), tree({ same: 1, edited: 2, came: 1, Zero: 1 }))).toEqual([
    "Zero",
    "came",
    "edited",
    "gone",
  ]);
});

test("nothing has changed between two looks at the same", () => {
  expect(changedPaths(tree({ a: 1, b: 2 }), tree({ b: 2, a: 1 }))).toEqual([]);
  expect(changedPaths(new Map(), new Map())).toEqual([]);
});

test("a file that came and went between two looks has changed where a run saw it", () => {
  const before = withSeen(tree({ a: 1 }), ["a", "brief", "stays"]);
  expect(changedPaths(before, tree({ a: 1, stays: 1 }))).toEqual(["brief", "stays"]);
  expect(withSeen(before, ["a", "brief"])).toBe(before);
});
