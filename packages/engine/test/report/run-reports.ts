import type {
  FileCoverage,
  FindingReport,
  GateReport,
  RunReport,
  TaskReport,
  TestReport,
} from "../../src/report/run-report.ts";

/** A finding, of which a test says what it is about. */
export function findingOf(some: Partial<FindingReport> & { readonly fingerprint: string }): FindingReport {
  return {
    tool: "ruff",
    rule: "F401",
    level: "error",
    message: "`os` imported but unused",
    file: "src/api/export.py",
    range: { start: { line: 3, column: 8 }, end: { line: 3, column: 10 } },
    helpUrl: "https://docs.astral.sh/ruff/rules/unused-import",
    fix: null,
    problems: [],
    known: false,
    alsoBy: [],
    task: "api:ruff_lint",
    project: "api",
    gates: [],
    source: null,
    ...some,
  };
}

/** A task that ran and ended well. */
export function taskOf(some: Partial<TaskReport> & Pick<TaskReport, "id" | "project" | "title">): TaskReport {
  return {
    atom: "lint",
    level: 0,
    dependsOn: [],
    status: "ok",
    cache: "miss",
    resumed: false,
    attempts: 1,
    flaky: false,
    durationMs: 0,
    savedMs: 0,
    ran: null,
    summary: "ok",
    tool: null,
    reason: null,
    missed: null,
    log: null,
    metrics: [],
    diagnostics: [],
    ...some,
  };
}

/** A gate that passes in one project. */
export function gateOf(some: Partial<GateReport> & Pick<GateReport, "id" | "name">): GateReport {
  const gate: GateReport = {
    measured: "0",
    wanted: "0",
    verdict: "pass",
    required: true,
    note: null,
    projects: [],
    findings: [],
    ...some,
  };
  const { measured, verdict, required, note, findings } = gate;
  const own = { project: "api", measured, verdict, required, note, findings };
  return gate.projects.length > 0 ? gate : { ...gate, projects: [own] };
}

/** A test that failed. */
export function testOf(some: Partial<TestReport> & { readonly id: string }): TestReport {
  return {
    task: "api:pytest_unit",
    project: "api",
    outcome: "failed",
    message: null,
    file: null,
    line: null,
    repro: null,
    ...some,
  };
}

/** The coverage of a file. */
export function coverageOf(some: Partial<FileCoverage> & { readonly file: string }): FileCoverage {
  return {
    projects: ["api"],
    executed: [[1, 40]],
    missing: [],
    branches: [],
    covered: 40,
    lines: 40,
    percent: 100,
    changed: false,
    ...some,
  };
}

/** A run with nothing in it that passed. */
export function reportOf(
  some: Partial<Omit<RunReport, "run">> & { readonly run?: Partial<RunReport["run"]> },
): RunReport {
  return {
    gates: [],
    findings: [],
    tests: [],
    coverage: [],
    tasks: [],
    affected: [],
    changed: null,
    diagnostics: [],
    ...some,
    run: {
      id: "20261121-0231-7c",
      outcome: "passed",
      verdict: "all 4 gates pass",
      version: "0.1.0",
      startedAt: "2026-11-21T02:31:07.250Z",
      durationMs: 5200,
      savedMs: 0,
      exitCode: 0,
      interrupted: null,
      nothing: null,
      directory: ".symbiotic/runs/20261121-0231-7c",
      targets: ["gates"],
      projects: 3,
      slots: 4,
      shard: null,
      resumes: null,
      intents: [],
      comparison: null,
      counts: { total: 0, ok: 0, failed: 0, broken: 0, skipped: 0, cached: 0 },
      ...some.run,
    },
  };
}
