import type { CommandResult } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { fixture } from "../../test/fixture.ts";
import { contextOf } from "../../test/harness.ts";
import { parse } from "./parse.ts";

const EMPTY = JSON.stringify({ version: 1, cwd: "/r", rootdir: "/r", exit: 5, tests: [] });

function resultOf(exitCode: number, over: Partial<CommandResult> = {}): CommandResult {
  return { exitCode, stdout: "", stderr: "", files: {}, ...over };
}

test("a failed run has the status, the tests, the metrics and the lines", () => {
  const files = {
    "report.json": fixture("report.json"),
    "junit.xml": fixture("junit.xml"),
    "coverage.json": fixture("coverage.json"),
  };
  const parsed = parse(resultOf(1, { files }), contextOf({ root: "api" }));
  expect(parsed).toMatchObject({
    ok: true,
    value: {
      status: "failed",
      summary: "3 passed, 2 failed, 2 errors, 2 skipped, 2 xfailed, 2 xpassed",
      evidence: { tool: "pytest", coverage: { "core/core.py": { executed: "1", missing: "" } } },
    },
  });
});

test("without the reporter's file the JUnit file is read", () => {
  const parsed = parse(resultOf(1, { files: { "junit.xml": fixture("junit.xml") } }), contextOf({ root: "api" }));
  expect(parsed).toMatchObject({
    ok: true,
    value: { status: "failed", summary: "4 passed, 2 failed, 2 errors, 2 skipped, 2 xfailed" },
  });
});

test("no tests are a success", () => {
  expect(parse(resultOf(5, { files: { "report.json": EMPTY } }), contextOf())).toMatchObject({
    ok: true,
    value: { status: "ok", summary: "0 tests", evidence: { tests: [] } },
  });
});

test.each([
  [
    "an interruption",
    2,
    { files: { "report.json": EMPTY }, stdout: "!!!!!!!! _pytest.outcomes.Exit: enough !!!!!!!!\n" },
    ["SYM4701", "_pytest.outcomes.Exit: enough"],
  ],
  [
    "an internal error",
    3,
    { stdout: "INTERNALERROR> Traceback\nINTERNALERROR>   File x\nINTERNALERROR> RuntimeError: plugin\n" },
    ["SYM4702", "RuntimeError: plugin"],
  ],
  [
    "a wrong argument",
    4,
    {
      stderr:
        "ERROR: usage: pytest.main() [options]\npytest.main(): error: unrecognized arguments: --nope\n  inifile: x\n",
    },
    ["SYM4703", "unrecognized arguments: --nope"],
  ],
  [
    "a missing path",
    4,
    { stdout: "\n", stderr: "ERROR: file or directory not found: nowhere\n\n" },
    ["SYM4703", "file or directory not found: nowhere"],
  ],
  [
    "a broken conftest.py",
    4,
    {
      stderr:
        "ImportError while loading conftest '/r/conftest.py'.\nconftest.py:1: in <module>\n    import nope\nE   ModuleNotFoundError: No module named 'nope'\n",
    },
    ["SYM4703", "ModuleNotFoundError: No module named 'nope'"],
  ],
  [
    "a Python without pytest",
    1,
    { stderr: "Traceback (most recent call last):\n  File x\nModuleNotFoundError: No module named 'pytest'\n" },
    ["SYM4704", "No module named 'pytest'"],
  ],
  ["a report that is cut off", 0, { files: { "report.json": EMPTY.slice(0, -3) } }, ["SYM4704", "no whole report"]],
  ["a crash", 139, { files: { "report.json": EMPTY } }, ["SYM4704", "exit code 139"]],
])("%s is broken, and says so in pytest's words", (_name, exitCode, over, [code, words]) => {
  const parsed = parse(resultOf(exitCode, over), contextOf());
  expect(parsed).toMatchObject({ ok: false, error: { code, hint: expect.any(String) } });
  expect(parsed.ok ? "" : parsed.error.message).toContain(words);
});
