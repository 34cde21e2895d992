import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const START = { tool: "bandit", folder: "." };

test.each(["1.7.0", "1.9.4"])("what bandit %s wrote is read", (version) => {
  const { stdout } = recordingOf(import.meta.url, `bandit-${version}`);
  const read = readReport(stdout, START);
  const shown = read.ok
    ? read.value.map(({ file, range, rule, level }) => `${file}:${String(range?.start.line)} ${rule} ${level}`)
    : read.error;
  expect(shown).toEqual([
    "a.py:1 B403 note",
    "a.py:5 B101 note",
    "a.py:6 B602 error",
    "a.py:7 B105 note",
    "a.py:8 B301 warning",
    "bad.py:undefined unreadable error",
  ]);
});

test("a finding has its place, its page and the names by which others know it", () => {
  const read = readReport(recordingOf(import.meta.url, "bandit-1.9.4").stdout, START);
  expect(read.ok && read.value[2]).toEqual({
    tool: "bandit",
    rule: "B602",
    level: "error",
    message: "subprocess call with shell=True identified, security issue.",
    file: "a.py",
    range: { start: { line: 6, column: 5 }, end: { line: 6, column: 35 } },
    helpUrl: "https://bandit.readthedocs.io/en/1.9.4/plugins/b602_subprocess_popen_with_shell_equals_true.html",
    problems: ["bandit/B602", "CWE-78"],
  });
});

test.each<[string, string, string]>([
  ["no output", "", "SYM4462"],
  ["output that was cut off", '{"errors": [], "resul', "SYM4462"],
  ["another format", '{"version": 2, "issues": []}', "SYM4462"],
  ["a file outside", '{"errors": [{"filename": "../x.py", "reason": "r"}], "results": []}', "SYM4463"],
])("%s is no result", (_, stdout, code) => {
  expect(readReport(stdout, START)).toMatchObject({ ok: false, error: { code, hint: expect.any(String) } });
});
