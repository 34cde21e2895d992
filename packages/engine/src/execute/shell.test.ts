import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellLine, withPrograms } from "./shell.ts";

test("the line stays as it is, and words are quoted", () => {
  expect(shellLine(["a && b"], "linux")).toBe("a && b");
  expect(shellLine(["a", "it's", "$x y"], "linux")).toBe(`a 'it'\\''s' '$x y'`);
  expect(shellLine(["a", 'say "x"', "c:\\d\\"], "win32")).toBe(String.raw`a "say \"x\"" "c:\d\\"`);
});

test.skipIf(process.platform === "win32")("a real shell gives every word on unchanged", () => {
  const word = fc.string({ maxLength: 12 }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const line = shellLine(["printf '%s\\0'", ...words], "linux");
      const printed = words.length === 0 ? "" : execFileSync("/bin/sh", ["-c", line]).toString("utf8");
      expect(printed).toBe(words.map((each) => `${each}\0`).join(""));
    }),
    { numRuns: 40 },
  );
});

test("folders come before those on PATH, whatever the case of its name", () => {
  const folders = [join("/r", "a", "b"), join("/r", "c")];
  expect(withPrograms({ PATH: "/bin" }, "/r", ["a/b", "c"])).toEqual({ PATH: [...folders, "/bin"].join(delimiter) });
  expect(withPrograms({ Path: "/bin" }, "/r", ["c"])).toEqual({ Path: [join("/r", "c"), "/bin"].join(delimiter) });
  expect(withPrograms({}, "/r", ["c"])).toEqual({ PATH: join("/r", "c") });
  expect(withPrograms({ A: "1" }, "/r", [])).toEqual({ A: "1" });
});
