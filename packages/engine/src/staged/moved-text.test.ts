import { expect, test } from "vitest";
import { movedText, movedVariables } from "./moved-text.ts";

const MOVES = [["/src/app", "/cache/app"]] as const;

test.each([
  ["/src/app", "/cache/app"],
  ["/src/app/a.py:3", "/cache/app/a.py:3"],
  ["in /src/app.", "in /cache/app."],
  ["/src/app:/src/app/bin", "/cache/app:/cache/app/bin"],
  ["file:///src/app/x", "file:///cache/app/x"],
  ["-I/src/app", "-I/src/app"],
  ["/my/src/app", "/my/src/app"],
  ["/src/app-2/x", "/src/app-2/x"],
  ["/src/app.git", "/src/app.git"],
  ["/src/application", "/src/application"],
])("%j is %j elsewhere", (text, moved) => {
  expect(movedText(text, MOVES)).toBe(moved);
});

test("the innermost folder counts, and what stands for the new place is taken as it is", () => {
  const moves = [
    ["/a/.venv", "/b/$&/venv"],
    ["/a", "/c"],
  ] as const;
  expect(movedText("/a/.venv/bin /a/src", moves)).toBe("/b/$&/venv/bin /c/src");
});

test("a path of Windows is found in its three spellings", () => {
  const moves = [["C:\\app", "D:\\new"]] as const;
  expect(movedText('C:\\app\\x "C:\\\\app\\\\x" C:/app/x', moves)).toBe('D:\\new\\x "D:\\\\new\\\\x" D:/new/x');
});

test("variables keep their names, and those without a value stay without", () => {
  expect(movedVariables({ A: "/src/app/x", B: undefined }, MOVES)).toEqual({ A: "/cache/app/x", B: undefined });
});
