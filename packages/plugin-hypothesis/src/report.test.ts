import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

function read(exitCode: number, report: unknown): ReturnType<typeof readReport> {
  const stdout = typeof report === "string" ? report : JSON.stringify(report);
  return readReport({ exitCode, stdout, stderr: "ERROR: usage\n", files: {} }, ".");
}

const PROBLEM = { id: "a.py::t", kind: "failed", file: "{root}/a.py", line: 3, errors: [], printed: [] };
const ERROR = { type: "AssertionError", message: "", notes: [] };

test.each(["6.54.0", "6.170.15"])("what hypothesis %s found is read", (version) => {
  const outcome = readReport({ ...recordingOf(import.meta.url, `hypothesis-${version}`), files: {} }, ".");
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { findings, metrics, summary } = outcome.value;
  expect(findings.map(({ file, range, rule }) => `${file}:${String(range?.start.line)} ${rule}`)).toEqual([
    "tests/test_props.py:5 falsified",
    "tests/test_props.py:11 falsified",
    "tests/test_props.py:16 falsified",
    "tests/test_props.py:16 falsified",
    "tests/test_props.py:23 falsified",
    "tests/test_props.py:29 failed",
    "tests/test_props.py:39 falsified",
  ]);
  expect(metrics).toEqual([{ name: "property_tests", value: 8, unit: "tests" }]);
  expect(summary).toBe("8 property tests, 7 findings");
  expect(JSON.stringify(findings)).not.toMatch(/0x[0-9a-f]/);
});

test("the failing example is kept, with the test and what went wrong", () => {
  const outcome = readReport({ ...recordingOf(import.meta.url, "hypothesis-6.170.15"), files: {} }, ".");
  expect(outcome.ok && outcome.value.findings[1]).toEqual({
    tool: "hypothesis",
    rule: "falsified",
    level: "error",
    message:
      "tests/test_props.py::TestIn::test_list: AssertionError: it is long\n" +
      "Failing test case: test_list(\n    self=<test_props.TestIn object at 0x...>,\n    x=[0, 0, 0],\n)",
    file: "tests/test_props.py",
    range: { start: { line: 11, column: 1 } },
  });
});

test("what releases print that know no notes is read too", () => {
  const printed = ["Falsifying example: t(\n    x=0,\n)\n"];
  expect(read(1, { version: 1, exit: 1, ran: 1, problems: [{ ...PROBLEM, errors: [ERROR], printed }] })).toMatchObject({
    ok: true,
    value: {
      summary: "1 property test, 1 finding",
      findings: [{ rule: "falsified", message: "a.py::t: AssertionError\nFalsifying example: t(\n    x=0,\n)" }],
    },
  });
});

test("a module that cannot be collected is a finding without a line", () => {
  const errors = [{ type: "collection", message: "ModuleNotFoundError: x", notes: [] }];
  const problem = { ...PROBLEM, id: "a.py", kind: "collection", line: null, errors };
  expect(read(2, { version: 1, exit: 2, ran: 0, problems: [problem] })).toMatchObject({
    ok: true,
    value: { findings: [{ rule: "collection", file: "a.py", message: "a.py: collection: ModuleNotFoundError: x" }] },
  });
});

test("no property tests are no findings", () => {
  expect(read(5, { version: 1, exit: 5, ran: 0, problems: [] })).toMatchObject({
    ok: true,
    value: { findings: [], summary: "0 property tests" },
  });
});

test.each<[string, number, unknown, string]>([
  ["no output", 0, "", "SYM4462"],
  ["output that was cut off", 1, '{"version": 1, "exit"', "SYM4462"],
  ["another format", 0, { version: 2 }, "SYM4462"],
  ["a stop without a test that failed", 1, { version: 1, exit: 1, ran: 3, problems: [] }, "SYM4461"],
  ["an interruption", 2, { version: 1, exit: 2, ran: 3, problems: [] }, "SYM4461"],
  ["a file outside", 1, { version: 1, exit: 1, ran: 1, problems: [{ ...PROBLEM, file: "/x/a.py" }] }, "SYM4463"],
])("%s is no result", (_, exitCode, report, code) => {
  expect(read(exitCode, report)).toMatchObject({ ok: false, error: { code, hint: expect.any(String) } });
});
