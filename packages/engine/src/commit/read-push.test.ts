import { expect, test } from "vitest";
import { pushedIn } from "./read-push.ts";

const REF = "refs/heads/x";

test.each([
  ["*", "new"],
  [" ", "updated"],
  ["+", "replaced"],
  ["=", "same"],
])("the flag `%s` says that it is %s", (flag, as) => {
  expect(pushedIn(`To /remote\n${flag}\tabc:${REF}\t[x]\nDone\n`, REF)).toBe(as);
});

test("what was rejected, at one of several addresses too, is of another branch, or is not said, is not there", () => {
  expect(pushedIn(`To /remote\n!\tabc:${REF}\t[rejected]\nDone\n`, REF)).toBeUndefined();
  expect(pushedIn(`To /a\n*\tabc:${REF}\t[x]\nTo /b\n!\tabc:${REF}\t[rejected]\n`, REF)).toBeUndefined();
  expect(pushedIn("To /remote\n*\tabc:refs/heads/y\t[x]\n", REF)).toBeUndefined();
  expect(pushedIn("Everything up-to-date\n", REF)).toBeUndefined();
});
