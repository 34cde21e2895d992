import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../test/report/arbitrary-events.ts";
import { envelopes, firstContact } from "../../test/report/sample-run.ts";
import { type CodeQualityIssue, codeQualityText } from "./code-quality.ts";
import { runReportOf } from "./run-report-of.ts";

const read = (events: Parameters<typeof runReportOf>[0]): readonly CodeQualityIssue[] =>
  JSON.parse(codeQualityText(runReportOf(events))) as readonly CodeQualityIssue[];

test("a finding is an issue with its rule, severity and line", () => {
  expect(read(envelopes(firstContact))).toEqual([
    {
      description: "`os` imported but unused",
      check_name: "ruff/F401",
      fingerprint: "00000000000000000000000000000001",
      severity: "major",
      location: { path: "src/api/export.py", lines: { begin: 14 } },
    },
    {
      description: "Line too long (134 > 100)",
      check_name: "ruff/E501",
      fingerprint: "00000000000000000000000000000002",
      severity: "minor",
      location: { path: "src/api/export.py", lines: { begin: 40 } },
    },
  ]);
});

test("any events make issues that are whole, each with a fingerprint of its own", () => {
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      const issues = read(events);
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
      for (const { description, location } of issues) {
        expect(description).not.toBe("");
        expect(location.path).not.toBe("");
        expect(location.lines.begin).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});
