import { expect, test } from "vitest";
import { severityOf } from "./severity.ts";

const SEVERITIES = { ruff: "warning", "ruff/E*": "note", "ruff/E5*": "off", "ruff/E501": "error" } as const;

test.each([
  ["F401", "warning"],
  ["E401", "note"],
  ["E502", "off"],
  ["E501", "error"],
])("ruff/%s is %s: the longest name that fits counts", (rule, severity) => {
  expect(severityOf({ tool: "ruff", rule }, SEVERITIES)).toBe(severity);
});

test("of other tools nothing is said", () => {
  expect(severityOf({ tool: "mypy", rule: "E501" }, SEVERITIES)).toBeUndefined();
  expect(severityOf({ tool: "mypy", rule: "x" }, { "mypy/*": "off" })).toBe("off");
});
