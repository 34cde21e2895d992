import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const FACTS = { folder: "gx", suites: ["gx/expectations/people_suite.json"] };

test.each([
  ["1.2.6", [37, 4, 12, 29]],
  ["1.24.1", [41, 4, 13, 32]],
])("what the program wrote with Great Expectations %s is read", (version, lines) => {
  const read = readReport(reportOf(version), FACTS);
  const shown = read.ok ? read.value.findings.map(({ range, rule }) => [range?.start.line, rule]) : read.error;
  const rules = ["column_max_to_be_between", "column_values_to_not_be_null", "column_values_to_be_unique"];
  expect(shown).toEqual([...rules, "column_to_exist"].map((rule, index) => [lines[index], `expect_${rule}`]));
});

test("a finding says how much is not as expected, and no value", () => {
  const read = readReport(reportOf("1.24.1"), FACTS);
  expect(read.ok && read.value.findings[1]).toEqual({
    tool: "great-expectations",
    rule: "expect_column_values_to_not_be_null",
    level: "error",
    message: "people_all, name: not so in 1 of 3 values",
    file: "gx/expectations/people_suite.json",
    range: { start: { line: 4, column: 1 } },
  });
  expect(read.ok && read.value.findings[0]?.message).toBe(
    'people_all, nothing: it cannot be asked: Error: The column "nothing" in BatchData does not exist.',
  );
});

test("the verdict on every expectation is kept", () => {
  const read = readReport(reportOf("1.24.1"), FACTS);
  expect(read.ok && read.value.data).toEqual({
    verdicts: [
      "people_all people_suite expect_column_max_to_be_between nothing: fails",
      "people_all people_suite expect_column_to_exist missing: fails",
      "people_all people_suite expect_column_values_to_be_unique id: fails",
      "people_all people_suite expect_column_values_to_not_be_null name: fails",
      "people_all people_suite expect_table_row_count_to_be_between: holds",
    ],
  });
});

test.each([
  ["critical", "error"],
  ["warning", "warning"],
  ["info", "note"],
  [null, "error"],
])("the severity %s is the level %s", (severity, level) => {
  expect(readReport(reportWith({ severity }), FACTS)).toMatchObject({ value: { findings: [{ level }] } });
});

test("an observed number is told", () => {
  expect(readReport(reportWith({ observed: 12 }), FACTS)).toMatchObject({
    value: { findings: [{ message: "all: observed 12" }] },
  });
});

test("a suite that is no file of the repository is told of at the settings", () => {
  const read = readReport(reportWith({}), { folder: "gx", suites: [] });
  expect(read.ok && read.value.findings).toEqual([expect.objectContaining({ file: "gx/great_expectations.yml" })]);
  expect(read.ok && read.value.findings[0]).not.toHaveProperty("range");
});

test.each<[string, string, string]>([
  ["no report", "", "SYM4462"],
  ["a report that was cut off", '{"version": 1, "resul', "SYM4462"],
  ["another format", '{"version": 2, "results": []}', "SYM4462"],
  ["a file outside", reportWith({ file: "../../a.json" }), "SYM4463"],
])("%s is no result", (_, text, code) => {
  expect(readReport(text, FACTS)).toMatchObject({ ok: false, error: { code, hint: expect.any(String) } });
});

function reportWith(more: Readonly<Record<string, unknown>>): string {
  const names = { validation: "all", suite: "people_suite", file: "expectations/people_suite.json", line: 4 };
  const said = { severity: null, success: false, exception: null, observed: null, unexpected: null, elements: null };
  return JSON.stringify({
    version: 1,
    results: [{ ...names, ...said, expectation: "expect_a", columns: [], ...more }],
  });
}

function reportOf(version: string): string {
  return recordingOf(import.meta.url, `great-expectations-${version}`).files?.["report.json"] ?? "";
}
