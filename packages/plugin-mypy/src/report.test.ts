import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const START = { tool: "mypy", folder: "." };

function shown(stdout: string): unknown {
  const read = readReport(stdout, START);
  if (!read.ok) return read.error;
  return read.value.map(({ file, range, rule, level }) => `${file}:${String(range?.start.line)} ${rule} ${level}`);
}

const SAME = ["a.py:9 arg-type error", "a.py:10 note note", "a.py:11 assignment error", "a.py:20 override error"];

test.each([
  ["1.0.1", ["pkg/b.py:2 attr-defined error", "a.py:1 import error", ...SAME]],
  ["2.4.1", ["pkg/b.py:2 attr-defined error", ...SAME]],
])("what mypy %s wrote is read", (version, findings) => {
  expect(shown(recordingOf(import.meta.url, `mypy-${version}`).stdout)).toEqual(findings);
});

test("a finding has its stretch, its page, and the notes about it as further lines", () => {
  const read = readReport(recordingOf(import.meta.url, "mypy-2.4.1").stdout, START);
  expect(read.ok && read.value.slice(-1)).toEqual([
    {
      tool: "mypy",
      rule: "override",
      level: "error",
      message:
        'Argument 1 of "f" is incompatible with supertype "A"; supertype defines the argument type as "int"\n' +
        "This violates the Liskov substitution principle\n" +
        "See https://mypy.readthedocs.io/en/stable/common_issues.html#incompatible-overrides",
      file: "a.py",
      range: { start: { line: 20, column: 17 }, end: { line: 20, column: 23 } },
      helpUrl: "https://mypy.readthedocs.io/en/stable/_refs.html#code-override",
      problems: ["mypy/override"],
    },
  ]);
});

test("a note about another line is a finding of its own, and so is one that comes first", () => {
  const note = 'a.py:1:1:1:4: note: "f" defined here';
  const error = "a.py:2:1:2:4: error: Too many arguments  [call-arg]";
  expect(shown(`${note}\n${error}\n${note}\n`)).toEqual([
    "a.py:1 note note",
    "a.py:2 call-arg error",
    "a.py:1 note note",
  ]);
});

test("an error without a place, without a column and without a code is read", () => {
  const lines = ['y/m.py: error: Duplicate module named "m"', "a.py:3: error: It went wrong", "a.py:3: note: so it is"];
  expect(shown(`${lines.join("\r\n")}\r\n`)).toEqual(["y/m.py:undefined error error", "a.py:3 error error"]);
});

test("a colon in a file's name and brackets in a message are no ends", () => {
  const read = readReport("a: b.py:3:5:3:9: error: list[int]: error: x [y]  [type-arg]\n", START);
  expect(read.ok && read.value[0]).toMatchObject({
    file: "a: b.py",
    message: "list[int]: error: x [y]",
    rule: "type-arg",
  });
});

test("nothing found is nothing, also where a report in another form was asked for", () => {
  expect(shown("")).toEqual([]);
  expect(shown("Generated HTML report (via XSLT): {root}/report/index.html\n")).toEqual([]);
});

test.each<[string, string, string]>([
  ["a line that was cut off", "a.py:9:5:9:7: error: Argument\na.py:10:1", "SYM4462"],
  ["a message that was cut off", "a.py:9:5:9:7: error: Argum", "SYM4462"],
  ["JSON", '{"file": "a.py", "line": 1, "severity": "error"}\n', "SYM4462"],
  ["another format", "a.py(3): it went wrong\n", "SYM4462"],
  ["another form of places", "a.py(3,5): error: it went wrong\n", "SYM4462"],
  ["a file outside", "/usr/lib/x.py:1:1:1:1: error: m  [misc]\n", "SYM4463"],
])("%s is no result", (_, stdout, code) => {
  expect(shown(stdout)).toMatchObject({ code, hint: expect.any(String) });
});
