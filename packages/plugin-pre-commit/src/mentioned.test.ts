import { expect, test } from "vitest";
import { mentionedIn } from "./mentioned.ts";

const TRACKED = new Set(["a.py", "src/b c.py", "src/d.py", "README.md", "Makefile"]);

test.each<[string, string, { line: number; column: number } | undefined]>([
  ["a.py:3:7: F401 unused", "a.py", { line: 3, column: 7 }],
  ["./src/d.py:12: error: no", "src/d.py", { line: 12, column: 1 }],
  ["src\\d.py:12:0: C0114", "src/d.py", { line: 12, column: 1 }],
  ["src/d.py(4,2): TS1005", "src/d.py", { line: 4, column: 2 }],
  ["src/d.py(4): wrong", "src/d.py", { line: 4, column: 1 }],
  ["Fixing src/b c.py", "src/b c.py", undefined],
  ["would reformat README.md", "README.md", undefined],
  ["File 'a.py', line 3", "a.py", undefined],
  ["wrong (see Makefile).", "Makefile", undefined],
  ["  --> a.py:3:7", "a.py", { line: 3, column: 7 }],
  ["a.py: it is wrong", "a.py", undefined],
])("`%s` names %s", (line, file, at) => {
  expect([...mentionedIn(line, TRACKED)]).toEqual([[file, { lines: [line.trim()], ...(at && { at }) }]]);
});

test.each(["b.py:1: wrong", "xa.py", "a.pyc", "src", "", "all is well"])("`%s` names none", (line) => {
  expect(mentionedIn(line, TRACKED).size).toBe(0);
});

test("of a file all lines are kept, and the first place", () => {
  expect(mentionedIn("a.py\na.py:2: x\nother\na.py:9: y\n", TRACKED).get("a.py")).toEqual({
    lines: ["a.py", "a.py:2: x", "a.py:9: y"],
    at: { line: 2, column: 1 },
  });
});
