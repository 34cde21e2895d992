import type { FindingReport, RunReport, SourceExcerpt } from "../../src/report/run-report.ts";
import { coverageOf, findingOf, gateOf, reportOf, taskOf, testOf } from "./run-reports.ts";

const EXPORT: SourceExcerpt = {
  from: 1,
  lines: [
    '"""Rows as CSV."""',
    "",
    "import os",
    "import csv",
    "import subprocess",
    "",
    "def export(rows, name):",
    '    subprocess.run(f"gzip {name}", shell=True)',
    "    out = csv.writer(open(name, 'w'))",
    "    for row in rows:",
    "        out.writerow(row)",
    "    return out",
  ],
};

/** The lines around one of `EXPORT`. */
function around(line: number): SourceExcerpt {
  const from = Math.max(1, line - 3);
  return { from, lines: EXPORT.lines.slice(from - 1, line + 3) };
}

function at(line: number, column: number, length: number): Pick<FindingReport, "range" | "source"> {
  const end = { line, column: column + length };
  return { range: { start: { line, column }, end }, source: around(line) };
}

const FINDINGS: readonly FindingReport[] = [
  findingOf({
    fingerprint: "a".repeat(32),
    ...at(3, 8, 2),
    fix: { applicability: "safe", message: "Remove unused import: `os`" },
    gates: ["lint_clean"],
  }),
  findingOf({
    fingerprint: "b".repeat(32),
    tool: "semgrep",
    rule: "python.lang.security.audit.subprocess-shell-true",
    message:
      "Found `subprocess` function `run` with `shell=True`.\nA user who chooses the name runs a command of theirs.\n    subprocess.run([...], shell=False)",
    ...at(8, 36, 10),
    helpUrl: "https://sg.run/J92w",
    problems: ["CWE-78"],
    alsoBy: ["bandit B602"],
    task: "api:semgrep_scan",
    gates: ["security_findings"],
  }),
  findingOf({
    fingerprint: "c".repeat(32),
    rule: "SIM115",
    level: "warning",
    message: "Use a context manager for opening files",
    ...at(9, 22, 15),
    fix: { applicability: "unsafe" },
    helpUrl: null,
  }),
  findingOf({
    fingerprint: "d".repeat(32),
    tool: "mypy",
    rule: "no-untyped-def",
    message: "Function is missing a type annotation",
    file: "src/cli/main.py",
    project: "cli",
    task: "cli:mypy_check",
    range: { start: { line: 12, column: 1 } },
    source: { from: 12, lines: ["def main(argv):"] },
    helpUrl: null,
    gates: ["types_clean"],
  }),
  findingOf({
    fingerprint: "e".repeat(32),
    tool: "bandit",
    rule: "B101",
    level: "note",
    message: "Use of assert detected.",
    file: "src/cli/old.py",
    project: "cli",
    task: "cli:bandit_scan",
    range: null,
    known: true,
    helpUrl: "javascript:alert(1)",
  }),
];

/** A run as people see it on a bad day: findings, a failed test, coverage, tasks of each kind. */
export const SAMPLE: RunReport = reportOf({
  run: {
    outcome: "failed",
    verdict: "4 of 6 gates failed, 1 on hold",
    exitCode: 1,
    savedMs: 2300,
    comparison: {
      base: "origin/main",
      commit: "4f2c1d9a7b0c4f2c1d9a7b0c4f2c1d9a7b0c4f2c",
      reason: "merge-base with origin/main",
      changedFiles: 2,
    },
    counts: { total: 9, ok: 6, failed: 1, broken: 1, skipped: 1, cached: 2 },
  },
  gates: [
    gateOf({ id: "lint_clean", name: "lint clean", measured: "1", verdict: "fail", findings: ["a".repeat(32)] }),
    gateOf({
      id: "types_clean",
      name: "types clean",
      measured: "1",
      verdict: "fail",
      findings: ["d".repeat(32)],
      projects: [
        { project: "api", measured: "0", verdict: "pass", required: true, note: null, findings: [] },
        {
          project: "cli",
          measured: "1",
          verdict: "fail",
          required: true,
          note: "strict since 0.3",
          findings: ["d".repeat(32)],
        },
        { project: "docs", measured: "0", verdict: "pass", required: false, note: null, findings: [] },
      ],
    }),
    gateOf({
      id: "security_findings",
      name: "no new security finding",
      measured: "1",
      verdict: "fail",
      findings: ["b".repeat(32)],
    }),
    gateOf({ id: "tests_passed", name: "tests passed", measured: "276/277", wanted: "all", verdict: "fail" }),
    gateOf({
      id: "complexity_delta",
      name: "complexity",
      measured: "",
      wanted: "at most +20 %",
      verdict: "hold",
      note: "no evidence: lizard is not installed",
    }),
    gateOf({ id: "coverage", name: "coverage", measured: "91.2 %", wanted: "85 %", required: false }),
  ],
  findings: FINDINGS,
  tests: [
    testOf({
      id: "tests/test_export.py::test_empty_rows",
      message: "AssertionError: assert 'id\\n' == ''\n\n  - \n  + id",
      file: "tests/test_export.py",
      line: 14,
      repro: ".venv/bin/python -m pytest 'tests/test_export.py::test_empty_rows'",
    }),
    ...Array.from({ length: 24 }, (_, index) =>
      testOf({ id: `tests/test_rows.py::test_${String(index)}`, outcome: "passed" }),
    ),
    testOf({ id: "tests/test_windows.py::test_paths", outcome: "skipped", message: "needs Windows" }),
  ],
  coverage: [
    coverageOf({
      file: "src/api/export.py",
      missing: [
        [8, 8],
        [30, 41],
      ],
      covered: 31,
      lines: 44,
      percent: 70.45,
      changed: true,
    }),
    coverageOf({ file: "src/api/rows.py" }),
    coverageOf({ file: "src/cli/main.py", missing: [[3, 40]], covered: 0, lines: 38, percent: 0, projects: ["cli"] }),
    coverageOf({
      file: "src/cli/options.py",
      missing: [[3, 3]],
      covered: 119,
      lines: 120,
      percent: 99.17,
      projects: ["cli"],
    }),
  ],
  tasks: [
    taskOf({
      id: "api:ruff_lint",
      project: "api",
      title: "ruff lint",
      durationMs: 210,
      ran: { from: 40, to: 250 },
      summary: "1 finding",
      missed: "src/api/export.py changed",
      log: ".symbiotic/runs/20261121-0231-7c/logs/api_ruff_lint.log",
    }),
    taskOf({ id: "api:ruff_format", project: "api", title: "ruff format", cache: "hit", savedMs: 120 }),
    taskOf({
      id: "api:semgrep_scan",
      project: "api",
      title: "semgrep",
      durationMs: 3900,
      ran: { from: 40, to: 3940 },
      summary: "1 finding",
      missed: "src/api/export.py changed",
      log: ".symbiotic/runs/20261121-0231-7c/logs/api_semgrep.log",
    }),
    taskOf({
      id: "cli:mypy_check",
      project: "cli",
      title: "mypy",
      durationMs: 1300,
      ran: { from: 260, to: 1560 },
      summary: "1 finding",
      missed: "tool mypy: 1.18.1 → 1.18.2",
      log: ".symbiotic/runs/20261121-0231-7c/logs/cli_mypy.log",
    }),
    taskOf({
      id: "cli:bandit_scan",
      project: "cli",
      title: "bandit",
      cache: "hit",
      savedMs: 2180,
      summary: "1 finding, 1 known",
    }),
    taskOf({
      id: "api:pytest_unit",
      project: "api",
      title: "pytest",
      atom: "test",
      level: 1,
      status: "failed",
      durationMs: 3100,
      ran: { from: 1600, to: 4700 },
      summary: "184 passed, 1 failed",
      reason: "a test failed",
      missed: "src/api/export.py changed",
      log: ".symbiotic/runs/20261121-0231-7c/logs/api_pytest.log",
    }),
    taskOf({
      id: "cli:pytest_unit",
      project: "cli",
      title: "pytest",
      atom: "test",
      level: 1,
      durationMs: 1800,
      ran: { from: 3300, to: 5100 },
      summary: "92 passed",
      missed: "an upstream result changed: api:ruff_lint",
      attempts: 2,
      flaky: true,
    }),
    taskOf({
      id: "docs:links",
      project: "docs",
      title: "lychee",
      status: "broken",
      durationMs: 90,
      ran: { from: 4710, to: 4800 },
      summary: "",
      reason: "exit code 2, which it has for a wrong configuration",
      log: ".symbiotic/runs/20261121-0231-7c/logs/docs_links.log",
    }),
    taskOf({
      id: "api:lizard",
      project: "api",
      title: "lizard",
      status: "skipped",
      cache: null,
      summary: "not installed",
      diagnostics: [
        {
          severity: "info",
          code: "SYM8001",
          message: "lizard is not installed",
          hint: "`symbiotic doctor --install lizard` puts 1.17 into .symbiotic/tools",
        },
      ],
    }),
  ],
  affected: [
    { project: "api", reason: "src/api/export.py changed" },
    { project: "cli", reason: "depends on api" },
  ],
  changed: ["src/api/export.py", "tests/test_export.py"],
});

/** A run in which all is well. */
export const GREEN: RunReport = reportOf({
  run: { counts: { total: 4, ok: 4, failed: 0, broken: 0, skipped: 0, cached: 3 }, savedMs: 4100, durationMs: 310 },
  gates: [
    gateOf({ id: "lint_clean", name: "lint clean" }),
    gateOf({ id: "format_clean", name: "format clean" }),
    gateOf({ id: "tests_passed", name: "tests passed", measured: "277/277", wanted: "all" }),
    gateOf({ id: "coverage", name: "coverage", measured: "91.2 %", wanted: "85 %" }),
  ],
  tests: Array.from({ length: 277 }, (_, index) =>
    testOf({ id: `tests/test_a.py::test_${String(index)}`, outcome: "passed" }),
  ),
  coverage: [
    coverageOf({ file: "src/api/rows.py" }),
    coverageOf({ file: "src/api/export.py", missing: [[8, 9]], covered: 42, lines: 44, percent: 95.45 }),
  ],
  tasks: [
    taskOf({ id: "api:ruff_lint", project: "api", title: "ruff lint", cache: "hit", savedMs: 210 }),
    taskOf({ id: "api:ruff_format", project: "api", title: "ruff format", cache: "hit", savedMs: 90 }),
    taskOf({
      id: "api:pytest_unit",
      project: "api",
      title: "pytest",
      cache: "hit",
      savedMs: 3800,
      summary: "277 passed",
    }),
    taskOf({
      id: "docs:links",
      project: "docs",
      title: "lychee",
      durationMs: 260,
      ran: { from: 30, to: 290 },
      missed: "docs/index.md changed",
    }),
  ],
});

/** So many findings in five hundred files of ten projects, each with seven lines of source. */
export function largeReport(amount: number): RunReport {
  const tools = ["ruff", "mypy", "pylint", "bandit"] as const;
  const levels = ["error", "warning", "note"] as const;
  const findings = Array.from({ length: amount }, (_, index): FindingReport => {
    const file = `packages/p${String(index % 10)}/src/module_${String(index % 500)}.py`;
    const line = 10 + ((index * 7) % 900);
    return findingOf({
      fingerprint: index.toString(16).padStart(32, "0"),
      tool: tools[index % 4] ?? "ruff",
      rule: `R${String(100 + (index % 60))}`,
      level: levels[Math.floor((3 * index) / amount)] ?? "note",
      message: `finding ${String(index)}: a name that is bound here is not read anywhere in the module`,
      file,
      project: `p${String(index % 10)}`,
      task: `p${String(index % 10)}:lint`,
      range: { start: { line, column: 5 }, end: { line, column: 12 } },
      source: {
        from: line - 3,
        lines: Array.from(
          { length: 7 },
          (_, at) => `    value_${String(at)} = compute(first, second, ${String(index)})`,
        ),
      },
      known: index % 5 === 0,
      gates: index < 40 ? ["lint_clean"] : [],
      fix: index % 3 === 0 ? { applicability: "safe" } : null,
    });
  });
  const decided = findings.slice(0, 40).map(({ fingerprint }) => fingerprint);
  return reportOf({
    run: { outcome: "failed", verdict: "1 of 1 gates failed", exitCode: 1 },
    gates: [
      gateOf({ id: "lint_clean", name: "lint clean", measured: String(amount), verdict: "fail", findings: decided }),
    ],
    findings,
    tasks: Array.from({ length: 1000 }, (_, index) =>
      taskOf({
        id: `p${String(index)}:lint`,
        project: `p${String(index)}`,
        title: "lint",
        durationMs: 50,
        ran: { from: index * 5, to: index * 5 + 50 },
      }),
    ),
    coverage: Array.from({ length: 500 }, (_, index) =>
      coverageOf({ file: `packages/p${String(index % 10)}/src/module_${String(index)}.py` }),
    ),
  });
}
