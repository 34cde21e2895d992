import fc from "fast-check";
import { expect, test } from "vitest";
import { ancestors, insideAny } from "./path.ts";

const folder = fc
  .array(fc.constantFrom("a", "ab", "b", "a b"), { maxLength: 3 })
  .map((parts) => parts.join("/") || ".");

test("a path is inside some folders where one of them is among its ancestors", () => {
  fc.assert(
    fc.property(fc.uniqueArray(folder), folder, (folders, path) => {
      const all = new Set(folders);
      expect(insideAny(all)(path)).toBe(ancestors(path).some((each) => all.has(each)));
    }),
  );
});

test("a folder is inside itself, and one whose name only begins alike is not", () => {
  const isInside = insideAny(new Set(["packages/a/dist"]));
  expect(["packages/a/dist", "packages/a/dist/x/y.js"].map(isInside)).toEqual([true, true]);
  expect(["packages/a/dist2", "packages/a", "packages/a/dis", "."].map(isInside)).toEqual([false, false, false, false]);
});
