import { expect, test } from "vitest";
import { outcomeProblem } from "./outcome-problem.ts";

const fine = { status: "ok", summary: "ok", evidence: { tool: "t" } };
const finding = {
  tool: "t",
  rule: "R",
  level: "error",
  message: "m",
  file: "a.py",
  range: { start: { line: 1, column: 1 } },
};

test.each([
  fine,
  { ...fine, status: "failed" },
  {
    ...fine,
    evidence: {
      tool: "t",
      findings: [finding],
      tests: [{ id: "a", outcome: "passed" }],
      metrics: [{ name: "n", value: 0, unit: "%" }],
      data: { any: [null] },
    },
  },
])("an outcome is one: %j", (outcome) => {
  expect(outcomeProblem(outcome)).toBeUndefined();
});

test.each([
  [undefined, "it is no object"],
  ["ok", "it is no object"],
  [{}, "its status is neither `ok` nor `failed`"],
  [{ ...fine, status: "broken" }, "its status is neither `ok` nor `failed`"],
  [{ ...fine, summary: 3 }, "its summary is no text"],
  [{ ...fine, evidence: undefined }, "its evidence names no tool"],
  [{ ...fine, evidence: { tool: "t", findings: {} } }, "its findings are no list"],
  [
    { ...fine, evidence: { tool: "t", findings: [finding, { ...finding, file: undefined }] } },
    "findings[1] does not have the members that it must have",
  ],
  [
    { ...fine, evidence: { tool: "t", findings: [{ ...finding, range: { start: { line: "1" } } }] } },
    "findings[0] does not have the members that it must have",
  ],
  [{ ...fine, evidence: { tool: "t", tests: [null] } }, "tests[0] does not have the members that it must have"],
  [
    { ...fine, evidence: { tool: "t", metrics: [{ name: "n", value: Number.NaN, unit: "" }] } },
    "metrics[0] does not have the members that it must have",
  ],
])("%j is none", (outcome, problem) => {
  expect(outcomeProblem(outcome)).toBe(problem);
});
