import { expect, test } from "vitest";
import { partsProblem } from "./check-parts.ts";
import { ownFileProblem, ownFilesProblem } from "./own-file.ts";

test.each(["a.py", "lib/a.py", ".hidden", "..a", "a b"])("%s is a file below the task's folder", (name) => {
  expect(ownFileProblem(name)).toBeUndefined();
});

test.each(["", ".", "..", "../a", "a/../b", "/a", "a/", "a//b", "./a", "C:/a", "a\\b", "a\0b", "\udc80", 7, undefined])(
  "%j is none",
  (name) => {
    expect(ownFileProblem(name)).toEqual(expect.any(String));
  },
);

test("two names that differ in case are one file to some systems", () => {
  expect(ownFilesProblem(["a", "b"])).toBeUndefined();
  expect(ownFilesProblem(["a", "b", "A"])).toBe('"A": it is given twice');
});

const ATOM = { kind: "check", command: () => ({}), parts: { known: "known.json", names: () => [] } };

test.each([
  ["no parts", { parts: undefined }],
  ["the most records", { parts: { ...ATOM.parts, max: 16 } }],
])("an atom with %s is right", (_what, more) => {
  expect(partsProblem({ ...ATOM, ...more })).toBeUndefined();
});

test.each([
  ["parts that are a text", { parts: "all" }],
  ["another kind", { kind: "build" }],
  ["no command", { command: undefined }],
  ["a batch", { batch: {} }],
  ["no file", { parts: { names: () => [] } }],
  ["no names", { parts: { known: "known.json" } }],
  ["too many records", { parts: { ...ATOM.parts, max: 17 } }],
  ["no record", { parts: { ...ATOM.parts, max: 0 } }],
])("an atom with %s is refused", (_what, more) => {
  expect(partsProblem({ ...ATOM, ...more })).toEqual(expect.any(String));
});
