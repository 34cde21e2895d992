import { isInside, type CommandAtom, type Finding } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { contextOf, ended, recordingOf, withTool } from "../test/context.ts";
import type { RuffFacts } from "./facts.ts";
import { formatCheck } from "./format.ts";
import { lint } from "./lint.ts";
import type { RuffOptions } from "./options.ts";

const context = withTool(contextOf({ project: { nested: ["nested"] } }));

function findings(atom: CommandAtom<RuffOptions, RuffFacts>, result: Parameters<typeof ended>[0]): readonly Finding[] {
  const outcome = atom.parse?.(ended(result), context);
  if (!outcome?.ok) throw new Error(outcome?.error.message);
  expect(outcome.value.status).toBe("ok");
  return outcome.value.evidence.findings ?? [];
}

function shown({ file, range, rule }: Finding): string {
  return `${file}:${String(range?.start.line ?? 0)} ${rule}`;
}

const MODULES = ["m.py:1 F401", "m.py:2 F821"];
const SUB = ["sub/m.py:1 F401", "sub/m.py:2 F821"];
const NOTEBOOK = ["nb.ipynb:1 F401", "nb.ipynb:1 F401"];

test.each<[string, string[]]>([
  ["0.1.15", ["bad.py:1 E999", "latin.py:1 E902", ...MODULES, ...SUB]],
  ["0.4.10", ["bad.py:1 E999", "bad.py:2 E999", "latin.py:1 E902", ...MODULES, ...SUB]],
  [
    "0.9.10",
    ["bad.py:1 invalid-syntax", "bad.py:2 invalid-syntax", "latin.py:1 E902", ...MODULES, ...NOTEBOOK, ...SUB],
  ],
  [
    "0.15.12",
    ["bad.py:1 invalid-syntax", "bad.py:2 invalid-syntax", "latin.py:1 E902", ...MODULES, ...NOTEBOOK, ...SUB],
  ],
  [
    "0.17.5",
    ["bad.py:1 invalid-syntax", "bad.py:2 invalid-syntax", "latin.py:1 E902", ...MODULES, ...NOTEBOOK, ...SUB],
  ],
])("what ruff check %s wrote is read, without the nested project", (release, expected) => {
  const found = findings(lint, recordingOf(release).check);
  expect(found.map(shown)).toEqual(expected);
  expect(found.find((finding) => finding.rule === "F401")?.fix).toEqual({
    applicability: "safe",
    message: "Remove unused import: `os`",
  });
  expect(found.every((finding) => finding.level === "error" && finding.tool === "ruff")).toBe(true);
});

test.each<[string, string[]]>([
  ["0.1.15", ["bad.py:1 invalid-syntax", "latin.py:0 io", "m.py:0 format", "sub/m.py:0 format"]],
  ["0.4.10", ["bad.py:1 invalid-syntax", "latin.py:0 io", "m.py:0 format", "sub/m.py:0 format"]],
  ["0.9.10", ["bad.py:1 invalid-syntax", "latin.py:0 io", "m.py:0 format", "nb.ipynb:0 format", "sub/m.py:0 format"]],
  ["0.15.12", ["bad.py:1 invalid-syntax", "latin.py:0 io", "m.py:0 format", "nb.ipynb:0 format", "sub/m.py:0 format"]],
  ["0.17.5", ["bad.py:1 invalid-syntax", "latin.py:0 io", "m.py:2 format", "nb.ipynb:0 format", "sub/m.py:2 format"]],
])("what ruff format %s wrote is read, without the nested project", (release, expected) => {
  const found = findings(formatCheck, recordingOf(release).format);
  expect(found.map(shown)).toEqual(expected);
  expect(found.find((finding) => finding.rule === "format")).toMatchObject({
    level: "warning",
    message: "would be reformatted",
    fix: { applicability: "safe" },
  });
});

test("what is dropped is exactly what lies in nested projects", () => {
  const all = JSON.parse(recordingOf("0.17.5").check.stdout) as { filename: string }[];
  const nested = all.filter((entry) => isInside("nested", entry.filename.replace("{root}/", "")));
  expect(nested).toHaveLength(2);
  expect(findings(lint, recordingOf("0.17.5").check)).toHaveLength(all.length - nested.length);
});

test.each<[string, CommandAtom<RuffOptions, RuffFacts>, Parameters<typeof ended>[0], string]>([
  ["an unknown exit code of check", lint, { exitCode: 101, stderr: "thread 'main' panicked" }, "SYM4451"],
  ["an unknown exit code of format", formatCheck, { exitCode: 101, stderr: "thread 'main' panicked" }, "SYM4451"],
  ["output that was cut off", lint, { exitCode: 1, stdout: '[{"code": "F4' }, "SYM4452"],
  ["output of another shape", lint, { exitCode: 1, stdout: '[{"code": 3}]' }, "SYM4452"],
  ["no output", lint, { exitCode: 0 }, "SYM4452"],
  [
    "a file outside",
    lint,
    { exitCode: 1, stdout: '[{"code": "F401", "message": "", "filename": "/etc/a.py"}]' },
    "SYM4453",
  ],
  [
    "files that are counted but not named",
    formatCheck,
    { exitCode: 1, stdout: "3 files would be reformatted\n" },
    "SYM4452",
  ],
  [
    "a crash beside files",
    formatCheck,
    {
      exitCode: 2,
      stdout: "Would reformat: a.py\n1 file would be reformatted\n",
      stderr: "error: Failed to format b.py: panicked\n",
    },
    "SYM4451",
  ],
  [
    "a crash beside a file that cannot be parsed",
    formatCheck,
    { exitCode: 2, stderr: "error: Failed to parse a.py:1:1: no\nerror: Failed to format b.py: panicked\n" },
    "SYM4451",
  ],
  ["an exit code of 2 without a reason", formatCheck, { exitCode: 2, stdout: "[]" }, "SYM4451"],
  [
    "a crash in JSON",
    formatCheck,
    { exitCode: 2, stdout: '[{"code": "panic", "message": "", "filename": "{root}/a.py"}]' },
    "SYM4451",
  ],
])("%s is no result", (_, atom, result, code) => {
  expect(atom.parse?.(ended(result), context)).toMatchObject({
    ok: false,
    error: { code, severity: "error", hint: expect.any(String) },
  });
});

test("a file that an old ruff names relative to the project is found from the root", () => {
  const inner = withTool(contextOf({ project: { root: "pkg" } }));
  const result = ended({ exitCode: 1, stdout: "Would reformat: src/a.py\n1 file would be reformatted\n" });
  expect(formatCheck.parse?.(result, inner)).toMatchObject({
    value: { summary: "1 file", evidence: { findings: [{ file: "pkg/src/a.py" }] } },
  });
});

test("a fix that ruff only shows is none", () => {
  const entry = (applicability: string): string =>
    JSON.stringify([
      { code: "X1", message: "m", filename: "{root}/a.py", severity: "warning", fix: { applicability } },
    ]);
  const fixOf = (applicability: string): unknown =>
    findings(lint, { exitCode: 1, stdout: entry(applicability) })[0]?.fix;
  expect(fixOf("unsafe")).toEqual({ applicability: "unsafe" });
  expect(fixOf("display")).toBeUndefined();
  expect(findings(lint, { exitCode: 1, stdout: entry("safe") })[0]?.level).toBe("warning");
});

test("a file that is named twice would be reformatted once, from its first place on", () => {
  const entry = (row: number): object => ({
    code: "unformatted",
    message: "",
    filename: "{root}/a.py",
    location: { row, column: 1 },
  });
  const found = findings(formatCheck, { exitCode: 1, stdout: JSON.stringify([entry(2), entry(5)]) });
  expect(found.map(shown)).toEqual(["a.py:2 format"]);
});

test("a security rule is known by bandit's name for it", () => {
  const entry = JSON.stringify([{ code: "S602", message: "m", filename: "{root}/a.py" }]);
  expect(findings(lint, { exitCode: 1, stdout: entry })[0]?.problems).toEqual(["bandit/B602"]);
  expect(findings(lint, recordingOf("0.17.5").check).some(({ problems }) => problems !== undefined)).toBe(false);
});
