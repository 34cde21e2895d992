import fc from "fast-check";
import { expect, test } from "vitest";
import { branchOf, safeName } from "./safe-name.ts";

test.each(["a", "CIV-23", "LOCAL-TBD-7", "issue_1.2", "0", "console", "com10", "x".repeat(60)])(
  "%j is its own name",
  (id) => {
    expect(safeName(id)).toBe(id);
  },
);

test.each([
  ["a b", "a-b-c8687a08aa5d"],
  ["../../etc", "etc-74ccf3c5b4c1"],
  ["Ünïcödé", "Unicode-39af95d07d82"],
  ["日本", "issue-"],
  ["", "issue-e3b0c44298fc"],
  ["nul", "nul-"],
  ["COM1.x", "COM1-x-"],
  ["HEAD", "HEAD-"],
  ["a.lock", "a-lock-"],
  ["a..b", "a-b-"],
  ["-rf", "rf-"],
  ["a.", "a-"],
  [".git", "git-"],
  ["x".repeat(61), `${"x".repeat(40)}-`],
])("%j is made safe", (id, name) => {
  expect(safeName(id)).toMatch(new RegExp(`^${name}[0-9a-f]*$`));
  expect(safeName(id)).toBe(safeName(id));
});

test("whatever the id, the name is one that every file system and git take, and no other id's", () => {
  const pieces = fc.constantFrom(
    "..",
    "/",
    "\\",
    ":",
    "nul",
    "con",
    ".",
    " ",
    ".lock",
    "~1",
    "-",
    "a",
    "A",
    "é",
    "日",
    "\0",
    "\ud800",
    "@{",
    "^",
    "?",
    "*",
    "[",
  );
  const ids = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      expect(safeName(a)).toMatch(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?$/i);
      expect(safeName(a)).not.toMatch(/\.\.|\.lock$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^HEAD$/i);
      expect(safeName(a).length).toBeLessThanOrEqual(60);
      expect(branchOf(a)).toBe(`issue/${safeName(a)}`);
      if (a !== b && a.isWellFormed() && b.isWellFormed()) expect(safeName(a)).not.toBe(safeName(b));
    }),
    { numRuns: 2000 },
  );
});
