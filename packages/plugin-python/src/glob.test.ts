import { expect, test } from "vitest";
import { matcherOf } from "./glob.ts";

test.each([
  ["packages/*", "packages/a"],
  ["./packages/*/", "packages/a"],
  ["**/fixtures/**", "fixtures/a/b"],
  ["**/fixtures/**", "a/fixtures/b"],
  ["libs/**", "libs/a/b"],
  ["a/**/c", "a/c"],
  ["a/**/c", "a/b/b/c"],
  ["{apps,libs}/*-x", "libs/a-x"],
  ["a?/[b-d]", "ax/c"],
  ["[!a]b", "cb"],
  ["a.b(c)", "a.b(c)"],
  ["[", "["],
])("%s matches %s", (glob, path) => {
  expect(matcherOf(["nothing", glob])(path)).toBe(true);
});

test.each([
  ["packages/*", "packages/a/b"],
  ["packages/*", "packages"],
  ["**/fixtures/**", "a/fixture/b"],
  ["**/fixtures/**", "my-fixtures/b"],
  ["a?", "a/"],
  ["[!a]b", "ab"],
  ["a.b", "axb"],
  ["{apps,libs}", "apps,libs"],
])("%s does not match %s", (glob, path) => {
  expect(matcherOf([glob])(path)).toBe(false);
});
