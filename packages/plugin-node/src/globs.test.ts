import { expect, test } from "vitest";
import { matcherOf } from "./globs.ts";

test.each([
  [["packages/*"], "packages/a"],
  [["./packages/*/"], "packages/a"],
  [["packages/**"], "packages/a/b"],
  [["{apps,libs}/*"], "libs/a"],
  [["apps/web"], "apps/web"],
  [["apps/web/"], "apps/web"],
  [["."], "."],
  [["packages/*", "!packages/old"], "packages/new"],
  [["@scope/core"], "@scope/core"],
  [["@scope/*"], "@scope/core"],
])("%j means %s", (globs, path) => {
  expect(matcherOf(globs)(path)).toBe(true);
});

test.each([
  [["packages/*"], "packages/a/b"],
  [["packages/*", "!packages/old"], "packages/old"],
  [["packages/**", "!**/test/**"], "packages/a/test/b"],
  [[], "a"],
  [["apps/web"], "apps/web/sub"],
])("%j does not mean %s", (globs, path) => {
  expect(matcherOf(globs)(path)).toBe(false);
});
