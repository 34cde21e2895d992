import { expect, test } from "vitest";
import { changesItself, restingLine, startingLine } from "./watch-lines.ts";

test.each([
  [0, false, "watching 2 files · passed · Enter runs everything, q ends"],
  [0, true, "watching 2 files · passed, but not everything has since it failed · Enter runs everything, q ends"],
  [1, false, "watching 2 files · not passed · Enter runs everything, q ends"],
  [2, false, "watching 2 files · could not run: everything runs at the next change · Enter runs everything, q ends"],
  [null, false, "watching 2 files · could not run: everything runs at the next change · Enter runs everything, q ends"],
])("at rest after %s (owed: %s) it says so", (exitCode, isOwed, line) => {
  expect(restingLine({ exitCode, isOwed, files: 2 })).toBe(line);
});

test("before a run it says what changed, on one line", () => {
  expect(startingLine(["a.txt"])).toBe("a.txt changed");
  expect(startingLine(["a.txt", "b.txt"])).toBe("a.txt and 1 other file changed");
  expect(startingLine(["a.txt", "b.txt", "c.txt"])).toBe("a.txt and 2 other files changed");
  expect(startingLine(["a\nb\u001b[2J.txt"])).toBe("a b.txt changed");
  expect(startingLine(["a\udcff.txt"])).toBe("a\ufffd.txt changed");
  expect(startingLine(undefined)).toBe("everything runs");
});

test("runs without end are a warning that names the file and the wait", () => {
  expect(changesItself(["noise.txt"], 4000)).toMatchObject({
    severity: "warning",
    code: "SYM4051",
    message: "files change during each run, noise.txt in the last: the next run waits 4 s",
  });
});
