import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const START = { tool: "eslint", folder: "." };

test.each(["8.57.0", "10.15.0"])("what eslint %s wrote is read", (version) => {
  const { stdout } = recordingOf(import.meta.url, `eslint-${version}`);
  const read = readReport(stdout, START);
  const shown = read.ok
    ? read.value.map(({ file, range, rule, level }) => `${file}:${String(range?.start.line)} ${rule} ${level}`)
    : read.error;
  // The `debugger` that a comment suppresses, in line 6, is none.
  expect(shown).toEqual([
    "a.js:1 prefer-const warning",
    "a.js:2 no-debugger error",
    "a.js:3 no-unused-vars error",
    "a.js:4 no-prototype-builtins error",
    "a.js:7 unused-directive warning",
    "sub/bad.js:1 parse-error error",
  ]);
});

test("a finding has its place, its page, its fix and the name by which others know it", () => {
  const read = readReport(recordingOf(import.meta.url, "eslint-10.15.0").stdout, START);
  expect(read.ok && read.value[0]).toEqual({
    tool: "eslint",
    rule: "prefer-const",
    level: "warning",
    message: "'one' is never reassigned. Use 'const' instead.",
    file: "a.js",
    range: { start: { line: 1, column: 5 }, end: { line: 1, column: 8 } },
    helpUrl: "https://eslint.org/docs/latest/rules/prefer-const",
    fix: { applicability: "safe" },
    problems: ["eslint/prefer-const"],
  });
});

test("a suggestion is a fix that need not keep the meaning", () => {
  const read = readReport(recordingOf(import.meta.url, "eslint-10.15.0").stdout, START);
  expect(read.ok && read.value[2]?.fix).toEqual({
    applicability: "unsafe",
    message: "Remove unused variable 'unused'.",
  });
});

test("a message without a place is about the file, and a rule's page that is no text is left out", () => {
  const messages = [
    { ruleId: null, severity: 2, message: "m", line: 0 },
    { ruleId: "r", severity: 1, message: "n" },
  ];
  const stdout = reportOf("{root}/a.js", messages, { r: { docs: { url: 1 } } });
  expect(readReport(stdout, START)).toEqual({
    ok: true,
    value: [
      { tool: "eslint", rule: "eslint", level: "error", message: "m", file: "a.js", problems: ["eslint/eslint"] },
      { tool: "eslint", rule: "r", level: "warning", message: "n", file: "a.js", problems: ["eslint/r"] },
    ],
  });
});

test.each<[string, string, string]>([
  ["no output", "", "SYM4462"],
  ["output that was cut off", '{"results":[{"filePath":"{root}/a.js","mess', "SYM4462"],
  ["another format", '{"version":"2.1.0","runs":[]}', "SYM4462"],
  ["a file outside", reportOf("/etc/x.js", []), "SYM4463"],
])("%s is no result", (_, stdout, code) => {
  expect(readReport(stdout, START)).toMatchObject({ ok: false, error: { code, hint: expect.any(String) } });
});

function reportOf(filePath: string, messages: readonly unknown[], rulesMeta: unknown = {}): string {
  return JSON.stringify({ results: [{ filePath, messages }], metadata: { rulesMeta } });
}
