import { expect, test } from "vitest";
import { parseIni } from "./ini.ts";

function sections(text: string): unknown {
  const parsed = parseIni(text);
  return parsed.ok
    ? Object.fromEntries([...parsed.value].map(([name, entries]) => [name, Object.fromEntries(entries)]))
    : parsed.error;
}

test("sections, both separators, comments and the going on of values are read", () => {
  const text =
    "# first\n[tool:pytest]  ; why\naddopts = -q\n    # between\n\n    --cov=a=b\ntestpaths: tests\n[empty]\n";
  expect(sections(text)).toEqual({ "tool:pytest": { addopts: "-q\n--cov=a=b", testpaths: "tests" }, empty: {} });
});

test("a value may begin on the line below its key, and a byte order mark and Windows line ends do not matter", () => {
  expect(sections("\uFEFF[pytest]\r\naddopts =\r\n  -x\r\n  -q\r\n")).toEqual({ pytest: { addopts: "-x\n-q" } });
});

test("an equals sign later in the line belongs to the value, and so does a colon", () => {
  expect(sections("[p]\na = b = c\nd: e:f\nurl = http://x\n")).toEqual({
    p: { a: "b = c", d: "e:f", url: "http://x" },
  });
});

test.each([
  ["a line that is nothing", "[pytest]\nnonsense\n", 2, 1],
  ["a section that is not closed", "[pytest\n", 1, 1],
  ["a section that is there twice", "[a]\n[b]\n[a]\n", 3, 1],
  ["a key that is there twice", "[a]\nx = 1\nx = 2\n", 3, 1],
  ["a key before the first section", "x = 1\n", 1, 1],
  ["a line that goes on with nothing", "[a]\n   lost\n", 2, 4],
])("%s is an error with its place", (_name, text, line, column) => {
  expect(sections(text)).toMatchObject({ line, column });
});
