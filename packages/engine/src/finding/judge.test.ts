import { expect, test } from "vitest";
import type { Evidence, Finding } from "../core/evidence.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { createJudge } from "./judge.ts";

const texts = { source: () => undefined };
const findings: readonly Finding[] = ["F401", "E501", "B001"].map((rule) => ({
  ...{ tool: "ruff", rule, level: "error", message: rule, file: "a.py" },
}));
const evidence: Evidence = { tool: "ruff", findings };

test("without settings and baseline gates get the very evidence", () => {
  const judge = createJudge({ severities: {}, known: new Set(), texts });
  expect(judge.forGates(evidence)).toBe(evidence);
  expect(judge.judge(evidence).map(({ isKnown }) => isKnown)).toEqual([false, false, false]);
});

test("gates do not see what is in the baseline or switched off, and see severities as they are set", () => {
  const known = new Set(fingerprintsOf(findings, texts).slice(0, 1));
  const judge = createJudge({ severities: { "ruff/E*": "off", "ruff/B001": "note" }, known, texts });
  expect(judge.forGates(evidence).findings).toMatchObject([{ rule: "B001", level: "note" }]);
  expect(judge.judge(evidence).map(({ finding, isKnown }) => [finding.rule, isKnown])).toEqual([
    ["F401", true],
    ["B001", false],
  ]);
  expect(evidence.findings?.[2]?.level).toBe("error");
});
