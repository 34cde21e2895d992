import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const START = { tool: "black", folder: "." };

function shown(stderr: string, exitCode = 1): unknown {
  const read = readReport({ exitCode, stdout: "", stderr }, START);
  if (!read.ok) return read.error;
  return read.value
    .map(({ file, range, rule, level }) => `${file}:${String(range?.start.line)} ${rule} ${level}`)
    .sort();
}

test.each(["22.12.0", "26.10.1"])("what black %s wrote is read", (version) => {
  const { stderr, exitCode } = recordingOf(import.meta.url, `black-${version}`);
  expect(shown(stderr, exitCode)).toEqual([
    "a.py:undefined format warning",
    "b/c d.py:undefined format warning",
    "bad.py:1 invalid-syntax error",
    "notutf.py:undefined unreadable error",
    "py2.py:1 invalid-syntax error",
    "s.pyi:undefined format warning",
  ]);
});

test("a file that would be reformatted is one finding with a safe fix", () => {
  const read = readReport(
    { exitCode: 1, stdout: "", stderr: "would reformat {root}/a.py\n\nOh no!\n1 file would be reformatted.\n" },
    START,
  );
  expect(read).toEqual({
    ok: true,
    value: [
      {
        tool: "black",
        rule: "format",
        level: "warning",
        message: "would be reformatted",
        file: "a.py",
        problems: ["format"],
        fix: { applicability: "safe" },
      },
    ],
  });
});

test.each([
  ["22.12.0", 'Cannot parse: print  "x"\nPython 2 support was removed in version 22.0.'],
  ["26.10.1", "Cannot parse: bad input"],
])("black %s says where a file is no Python, and why", (version, message) => {
  const read = readReport(recordingOf(import.meta.url, `black-${version}`), START);
  expect(read.ok && read.value.find(({ file }) => file === "py2.py")).toEqual({
    tool: "black",
    rule: "invalid-syntax",
    level: "error",
    message,
    file: "py2.py",
    range: { start: { line: 1, column: 8 } },
  });
});

test("a target version is no place, and a log with a name of its own is not told of", () => {
  const stderr = `error: cannot format a.py: Cannot parse for target version Python 3.8: 3:4: match x:
error: cannot format b.py: INTERNAL ERROR: Black produced different code on the second pass. This diff might be helpful: /tmp/blk_x1.log
error: cannot parse for target version Python 3.15: c.py:6:4
    def (:
       ^
ParseError: bad input

Oh no! 💥 💔 💥
1 file would be left unchanged, 3 files would fail to reformat.
`;
  const read = readReport({ exitCode: 123, stdout: "", stderr }, START);
  expect(read.ok && read.value.map(({ message, range }) => [message, range?.start])).toEqual([
    ["Cannot parse for target version Python 3.8: match x:", { line: 3, column: 5 }],
    ["INTERNAL ERROR: Black produced different code on the second pass.", undefined],
    ["Cannot parse for target version Python 3.15: bad input", { line: 6, column: 5 }],
  ]);
});

test("nothing found is nothing, and neither is nothing to look at", () => {
  expect(shown("All done! ✨ 🍰 ✨\n2 files would be left unchanged.\n", 0)).toEqual([]);
  expect(shown("No Python files are present to be formatted. Nothing to do 😴\n", 0)).toEqual([]);
});

test.each<[string, string, number, string]>([
  ["no output", "", 0, "SYM4462"],
  ["output that was cut off", "would reformat a.py\nwould reform", 0, "SYM4462"],
  ["a number that does not fit", "would reformat a.py\n\nOh no!\n2 files would be reformatted.\n", 1, "SYM4462"],
  ["another format", "a.py is not formatted\n2 files would be reformatted.\n", 1, "SYM4462"],
  ["another release than is asked for", "Oh no! 💥 The required version `9` does not match\n", 1, "SYM4461"],
  ["a file outside", "would reformat /x/a.py\n1 file would be reformatted.\n", 1, "SYM4463"],
])("%s is no result", (_, stderr, exitCode, code) => {
  expect(shown(stderr, exitCode)).toMatchObject({ code, hint: expect.any(String) });
});
