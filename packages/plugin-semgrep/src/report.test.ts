import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

test.each([
  ["1.60.0", "bad.js:1 unreadable warning"],
  ["1.182.0", "bad.js:undefined unreadable warning"],
])("what semgrep %s wrote is read", (version, unreadable) => {
  const read = readReport(recordingOf(import.meta.url, `semgrep-${version}`));
  const shown = read.ok
    ? read.value.map(({ file, range, rule, level }) => `${file}:${String(range?.start.line)} ${rule} ${level}`)
    : read.error;
  expect(shown).toEqual([
    "a.py:3 no-shell error",
    "a.py:6 no-eval warning",
    "a.py:6 no-print note",
    unreadable,
    "bad.py:1 unreadable warning",
  ]);
});

test("a finding has its place, its page and the names by which others know it", () => {
  const read = readReport(recordingOf(import.meta.url, "semgrep-1.182.0"));
  expect(read.ok && read.value.slice(0, 2)).toEqual([
    {
      tool: "semgrep",
      rule: "no-shell",
      level: "error",
      message: "run goes through a shell",
      file: "a.py",
      range: { start: { line: 3, column: 5 }, end: { line: 5, column: 20 } },
      helpUrl: "https://docs.example/shell",
      problems: ["CWE-78", "CWE-77"],
    },
    {
      tool: "semgrep",
      rule: "no-eval",
      level: "warning",
      message: "no eval",
      file: "a.py",
      range: { start: { line: 6, column: 5 }, end: { line: 6, column: 12 } },
      helpUrl: "https://rules.example/no-eval",
      fix: { applicability: "unsafe" },
      problems: ["CWE-95"],
    },
  ]);
});

test("of a file that cannot be read whole nothing is quoted", () => {
  const read = readReport(recordingOf(import.meta.url, "semgrep-1.182.0"));
  expect(read.ok && read.value.at(-1)).toMatchObject({
    message: "not all of the file was looked at: Syntax error at line bad.py:1",
    range: { start: { line: 1, column: 1 } },
  });
});

test("rules of this package have their own names, others those that semgrep gives them", () => {
  const match = (id: string): object => ({
    ...{ check_id: id, path: "a.py", start: { line: 1, col: 1 }, end: { line: 1, col: 2 } },
    extra: { message: "m", severity: "ERROR", metadata: {} },
  });
  const results = ["symbiotic.out.app~3arun_semgrep.python-eval", "symbiotic.out.mine", "etc.python-eval"].map(match);
  const read = readReport({ ...EMPTY, stdout: JSON.stringify({ results, errors: [] }) });
  expect(read.ok && read.value.map(({ rule }) => rule)).toEqual([
    "python-eval",
    "symbiotic.out.mine",
    "etc.python-eval",
  ]);
});

const EMPTY = { exitCode: 0, stdout: "", stderr: "" };
const OUTSIDE = { path: "../a.py", type: "Syntax error", message: "m" };
const COUNTED = { code: 7, message: "invalid configuration file found (1 configs were invalid)" };

test.each([
  ["one that is no YAML", { message: "Invalid YAML file a.yml:\n\twhile parsing" }, "Invalid YAML file a.yml: while"],
  [
    "one of another form",
    { long_msg: "'id' is missing", spans: [{ file: "a.yml", start: { line: 4, col: 1 } }] },
    "a.yml:4",
  ],
  ["one whose pattern is none", { type: "Rule parse error", message: "Invalid pattern for Python" }, "Invalid pattern"],
])("a rule that semgrep cannot use stops it: %s", (_, error, said) => {
  const stdout = JSON.stringify({ results: [], errors: [error, COUNTED] });
  expect(readReport({ ...EMPTY, exitCode: 7, stdout })).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

test.each<[string, string, number, string]>([
  ["no output", "", 0, "SYM4462"],
  ["no output and a failure", "", 2, "SYM4461"],
  ["output that was cut off", '{"errors": [], "resul', 0, "SYM4462"],
  ["another format", '{"runs": []}', 0, "SYM4462"],
  ["a failure that gives no reason", '{"errors": [], "results": []}', 2, "SYM4461"],
  ["a file outside", JSON.stringify({ results: [], errors: [OUTSIDE] }), 0, "SYM4463"],
])("%s is no result", (_, stdout, exitCode, code) => {
  expect(readReport({ exitCode, stdout, stderr: "" })).toMatchObject({
    ok: false,
    error: { code, hint: expect.any(String) },
  });
});
