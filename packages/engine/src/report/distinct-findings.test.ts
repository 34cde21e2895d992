import { expect, test } from "vitest";
import type { Finding } from "../core/evidence.ts";
import { distinctFindings, knownFindings, newFindings } from "./distinct-findings.ts";
import type { FindingView } from "./run-view.ts";

let next = 0;

function found(tool: string, rule: string, more: Partial<Finding> & { readonly known?: true } = {}): FindingView {
  const { known, ...own } = more;
  const range = { start: { line: 3, column: 1 } };
  const finding: Finding = { tool, rule, level: "error", message: rule, file: "a.py", range, ...own };
  next += 1;
  return {
    task: `app:${tool}`,
    reported: { type: "finding", finding, fingerprint: String(next).padStart(32, "0"), ...(known ? { known } : {}) },
  };
}

function shown(views: readonly FindingView[]): string[] {
  return distinctFindings(views).map(({ reported, alsoBy }) => [reported.finding.rule, ...alsoBy].join(" + "));
}

test("what two tools found on one line under one name is one problem, told by the more severe one", () => {
  const bandit = found("bandit", "B602", { level: "warning", problems: ["bandit/B602", "CWE-78"] });
  const ruff = found("ruff", "S602", { problems: ["bandit/B602"] });
  const semgrep = found("semgrep", "shell", { level: "note", problems: ["CWE-78"] });
  expect(shown([bandit, ruff, semgrep])).toEqual(["S602 + bandit B602 + semgrep shell"]);
  expect(shown([semgrep, ruff, bandit])).toEqual(["S602 + bandit B602 + semgrep shell"]);
});

test("another line, another name, no line, or the same tool are problems of their own", () => {
  const one = found("bandit", "B602", { problems: ["CWE-78"] });
  const below = found("semgrep", "shell", { problems: ["CWE-78"], range: { start: { line: 4, column: 1 } } });
  const other = found("ruff", "S101", { problems: ["CWE-703"] });
  const again = found("bandit", "B603", { problems: ["CWE-78"] });
  expect(shown([one, below, other, again])).toEqual(["B602", "B603", "S101", "shell"]);
  const files = ["x", "y"].map((tool) => {
    const view = found(tool, tool);
    const finding: Finding = { tool, rule: tool, level: "error", message: tool, file: "a.py", problems: ["CWE-78"] };
    return { ...view, reported: { ...view.reported, finding } };
  });
  expect(shown(files)).toEqual(["x", "y"]);
});

test("what several tasks tell of one place is told once", () => {
  const one = found("ruff", "F401");
  expect(shown([one, { ...one, task: "lib:ruff" }])).toEqual(["F401"]);
});

test("what is in the baseline is counted apart", () => {
  const views = [found("ruff", "F401", { known: true }), found("ruff", "E501")];
  expect(newFindings(views).map(({ reported }) => reported.finding.rule)).toEqual(["E501"]);
  expect(knownFindings(views)).toHaveLength(1);
});
