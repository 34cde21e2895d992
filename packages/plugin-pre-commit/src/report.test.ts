import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const PASSED = "well.....................Passed\n";

interface Said {
  readonly exit: number;
  readonly hooks?: readonly { readonly id: string; readonly output: string; readonly changed: readonly string[] }[];
  readonly rest?: string;
  readonly changed?: readonly string[];
}

function read({ exit, hooks = [], rest = "", changed = [] }: Said): ReturnType<typeof readReport> {
  const stdout = JSON.stringify({ version: 1, exit, hooks, rest: { output: rest, changed }, tracked: ["a.py"] });
  return readReport({ exitCode: exit, stdout, stderr: "", files: {} });
}

test.each(["2.20.0", "4.7.0"])("what hooks under pre-commit %s said and changed is read", (version) => {
  const outcome = readReport({ ...recordingOf(import.meta.url, `pre-commit-${version}`), files: {} });
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { findings, data, summary } = outcome.value;
  expect(summary).toBe("3 hooks failed");
  expect(data).toEqual({
    hooks: [
      { hook: "lint", exit: 3, files: ["a.py", "sub/b.py"] },
      { hook: "fix", exit: 0, files: ["c d.txt", "e.txt"] },
      { hook: "whole", exit: 1, files: [".pre-commit-config.yaml"] },
    ],
  });
  expect(findings[0]).toEqual({
    tool: "pre-commit",
    rule: "lint",
    level: "error",
    message: "a linter: exit code 3\na.py:3:7: F401 unused",
    file: "a.py",
    range: { start: { line: 3, column: 7 } },
  });
  expect(findings[2]).toEqual({
    tool: "pre-commit",
    rule: "fix",
    level: "error",
    message: "it fixes: would change this file\nFixing c d.txt",
    file: "c d.txt",
    fix: { applicability: "unsafe" },
  });
  expect(findings[4]).toMatchObject({
    file: ".pre-commit-config.yaml",
    message: "says nothing of files: exit code 1\nnot good",
  });
});

test("a hook at which pre-commit stopped is told of, by the id that it says", () => {
  const rest = "it fails.........................Failed\n- hook id: last\n- exit code: 2\n";
  expect(
    read({ exit: 1, hooks: [{ id: "well", output: PASSED, changed: [] }], rest, changed: ["a.py"] }),
  ).toMatchObject({
    ok: true,
    value: { findings: [{ rule: "last", file: "a.py", message: "it fails: exit code 2, would change this file" }] },
  });
});

test("what is installed before the first hook, and what looks like a hook in what one wrote, is none", () => {
  const output = `[INFO] Installing environment for x...\nhook.........Failed\n- hook id: a\n- exit code: 1\n\n- hook id: b\nx.......Passed\n`;
  expect(read({ exit: 1, hooks: [{ id: "a", output, changed: [] }] })).toMatchObject({
    ok: true,
    value: { data: { hooks: [{ hook: "a", exit: 1, files: [".pre-commit-config.yaml"] }] } },
  });
});

test("hooks that passed leave nothing", () => {
  expect(read({ exit: 0, hooks: [{ id: "well", output: PASSED, changed: [] }] })).toEqual({
    ok: true,
    value: { findings: [], data: { hooks: [] } },
  });
});

test.each<[string, Said, string]>([
  [
    "a configuration that pre-commit refuses",
    {
      exit: 1,
      rest: "An error has occurred: InvalidConfigError: \n==> File x\n=====> Expected array\nCheck the log at /home/me/log\n",
    },
    "pre-commit stopped with exit code 1: error: .pre-commit-config.yaml: Expected array",
  ],
  [
    "hooks that cannot be had",
    {
      exit: 3,
      rest: "An unexpected error has occurred: CalledProcessError: command: git\nstderr:\n    fatal: no such repository\n",
    },
    "pre-commit stopped with exit code 3: fatal: no such repository",
  ],
  ["a merge that is not done", { exit: 1, rest: "Unmerged files.  Resolve before committing.\n" }, "Unmerged files."],
  ["a failure without a hook", { exit: 1, hooks: [{ id: "well", output: PASSED, changed: [] }] }, "it wrote no reason"],
])("%s is no result", (_, said, message) => {
  const outcome = read(said);
  expect(outcome).toMatchObject({ ok: false, error: { code: "SYM4461", message: expect.stringContaining(message) } });
  expect(JSON.stringify(outcome)).not.toContain("/home/me");
});

test.each([
  ["no output", ""],
  ["output that was cut off", '{"version": 1, "exit": 1, "hooks": [{"id'],
  ["another format", '{"version": 2, "exit": 0}'],
])("%s is no result", (_, stdout) => {
  expect(readReport({ exitCode: 1, stdout, stderr: "", files: {} })).toMatchObject({
    ok: false,
    error: { code: "SYM4462", hint: expect.any(String) },
  });
});
