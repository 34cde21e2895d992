import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const FILES = new Set(["a.js", "b.ts", "bad.css", "bad.yaml", "d.md", "e.html", "f.json", "sub/bad.js", "pkg/a.js"]);
const START = { folder: ".", files: FILES };

test.each([
  ["2.3.0", "bad.yaml:1:4 syntax error"],
  ["3.10.1", "bad.yaml:2:1 syntax error"],
])("what prettier %s wrote is read", (version, yaml) => {
  expect(shown(readReport(recordingOf(import.meta.url, `prettier-${version}`), START))).toEqual([
    "a.js format warning",
    "d.md format warning",
    "e.html format warning",
    "bad.css:1:1 syntax error",
    yaml,
    "f.json:1:6 syntax error",
    "sub/bad.js:1:10 syntax error",
  ]);
});

test("a finding says what is wrong, and formatting is a fix that keeps the meaning", () => {
  const read = readReport(recordingOf(import.meta.url, "prettier-3.10.1"), START);
  expect(read.ok && [read.value[0], read.value[3]]).toEqual([
    {
      tool: "prettier",
      rule: "format",
      level: "warning",
      message: "would be reformatted",
      file: "a.js",
      fix: { applicability: "safe" },
      problems: ["format"],
    },
    {
      tool: "prettier",
      rule: "syntax",
      level: "error",
      message: "Unclosed block",
      file: "bad.css",
      range: { start: { line: 1, column: 1 } },
    },
  ]);
});

test("paths begin where prettier was started, and a message may have several lines", () => {
  const stderr = "[error] a.js: SyntaxError: one\n[error] two (3:4)\n[error] > 3 | x\n[error]     | ^\n";
  const read = readReport({ exitCode: 2, stdout: "a.js\n", stderr }, { ...START, folder: "pkg" });
  expect(shown(read)).toEqual(["pkg/a.js format warning", "pkg/a.js:3:4 syntax error"]);
  expect(read.ok && read.value[1]?.message).toBe("one\ntwo");
});

test("files that are none of the repository's are passed over, and a folder with nothing to format is clean", () => {
  expect(shown(readReport({ exitCode: 1, stdout: "dist/x.js\na.js\n", stderr: "" }, START))).toEqual([
    "a.js format warning",
  ]);
  const stderr = '[error] No supported files were found in the directory: "a".\n';
  expect(shown(readReport({ exitCode: 2, stdout: "", stderr }, START))).toEqual([]);
});

test.each<[string, { exitCode: number; stdout?: string; stderr?: string }, string]>([
  ["no output", { exitCode: 1 }, "SYM4461"],
  ["a process that died", { exitCode: 1, stderr: "Error: Cannot find module 'x'\n    at y" }, "SYM4461"],
  ["exit code 2 for no reason", { exitCode: 2 }, "SYM4461"],
  ["settings that are refused", { exitCode: 1, stderr: "[error] Invalid tabWidth value.\n" }, "SYM4461"],
  [
    "a plugin that threw",
    { exitCode: 2, stderr: "[error] a.js: TypeError: x\n[error]     at f (g.js:1:2)\n" },
    "SYM4461",
  ],
  ["a file that is not there", { exitCode: 2, stderr: "[error] a.js: Error: ENOENT\n" }, "SYM4461"],
  ["words", { exitCode: 1, stdout: "Usage: prettier [options] [file/dir/glob ...]\n" }, "SYM4462"],
  ["JSON", { exitCode: 1, stdout: '[{"file":"a.js"}]\n' }, "SYM4462"],
  ["output that was cut off", { exitCode: 1, stdout: "a.js\nsub/ba" }, "SYM4462"],
  ["files without the exit code for them", { exitCode: 0, stdout: "a.js\n" }, "SYM4462"],
  ["a file outside", { exitCode: 1, stdout: "../x.js\n" }, "SYM4463"],
  ["an error outside", { exitCode: 2, stderr: "[error] ../x.js: SyntaxError: y (1:1)\n" }, "SYM4463"],
])("%s is no result", (_, ended, code) => {
  expect(readReport({ stdout: "", stderr: "", ...ended }, START)).toMatchObject({
    ok: false,
    error: { code, hint: expect.any(String) },
  });
});

function shown(read: ReturnType<typeof readReport>): unknown {
  if (!read.ok) return read.error;
  return read.value.map(({ file, range, rule, level }) => {
    const place = range === undefined ? "" : `:${String(range.start.line)}:${String(range.start.column)}`;
    return `${file}${place} ${rule} ${level}`;
  });
}
