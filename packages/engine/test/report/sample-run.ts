import type {
  Envelope,
  GateDecided,
  PlannedTask,
  RunEvent,
  RunFinished,
  RunStarted,
  TaskFinished,
} from "../../src/core/event.ts";
import type { TaskId } from "../../src/core/task-id.ts";
import type { Reporter, StreamName, Write } from "../../src/report/reporter.ts";

/** An event of the run itself, or a task with its events. */
export type Step = RunEvent | readonly [TaskId, ...RunEvent[]];

/** Envelopes for these events, 100 ms apart. */
export function envelopes(steps: readonly Step[]): Envelope[] {
  return steps.flatMap(about).map((pair, seq) => ({ v: 1, run: "r1", seq, t: seq * 100, ...pair }));
}

function about(step: Step): { task?: TaskId; event: RunEvent }[] {
  if ("type" in step) return [{ event: step }];
  const [task, ...events] = step;
  return events.map((event) => ({ task, event }));
}

/** What a reporter wrote, by stream and as a terminal would have it. */
export interface Written {
  readonly all: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a reporter over these events to its close. */
export function report(create: (write: Write) => Reporter, steps: readonly Step[]): Written {
  const pieces: { stream: StreamName; text: string }[] = [];
  const reporter = create((stream, text) => pieces.push({ stream, text }));
  for (const envelope of envelopes(steps)) reporter.handle(envelope);
  reporter.close();
  const of = (stream: StreamName): string =>
    pieces.flatMap((piece) => (piece.stream === stream ? [piece.text] : [])).join("");
  return { all: pieces.map((piece) => piece.text).join(""), stdout: of("stdout"), stderr: of("stderr") };
}

export const started: RunStarted = {
  type: "run-started",
  version: "0.1.0",
  startedAt: "2026-11-21T02:31:00.000Z",
  targets: ["gates"],
  projects: 3,
};

export const affectedStart: RunStarted = {
  ...started,
  comparison: {
    base: "origin/main",
    commit: "4f2c1d9a0b3c4d5e6f708192a3b4c5d6e7f80912",
    reason: "merge-base with origin/main",
    changedFiles: 2,
  },
};

/** A plan of these tasks, given as `project:atom=title`. */
export function plan(...tasks: readonly string[]): RunEvent {
  return { type: "plan-ready", levels: 1, tasks: tasks.map(planned) };
}

function planned(text: string): PlannedTask {
  const [id = "", title = ""] = text.split("=");
  const [project = "", atom = ""] = id.split(":");
  return { id, project, atom, title, level: 0, dependsOn: [] };
}

export const begin: RunEvent = { type: "task-started" };

/** The end of a task that ran. */
export function ran(durationMs: number, summary: string, more: Partial<TaskFinished> = {}): TaskFinished {
  return { type: "task-finished", status: "ok", cache: "miss", durationMs, savedMs: 0, summary, ...more };
}

/** The end of a task that was served from the cache. */
export function hit(savedMs: number, summary: string, more: Partial<TaskFinished> = {}): TaskFinished {
  return { type: "task-finished", status: "ok", cache: "hit", durationMs: 0, savedMs, summary, ...more };
}

/** A line of a log. */
export function output(line: string): RunEvent {
  return { type: "task-output", stream: "stdout", line };
}

/** A gate over one project. */
export function gate(text: string, more: Partial<GateDecided> = {}): GateDecided {
  const [name = "", measured = "", wanted = ""] = text.split("|");
  return {
    type: "gate-decided",
    id: name.replaceAll(" ", "_"),
    gate: name,
    measured,
    wanted,
    verdict: "pass",
    required: true,
    projects: [],
    ...more,
  };
}

/** The end of a run. */
export function finished(counts: Partial<RunFinished["tasks"]>, more: Partial<RunFinished> = {}): RunFinished {
  const tasks = { total: 0, ok: 0, failed: 0, broken: 0, skipped: 0, cached: 0, ...counts };
  return {
    type: "run-finished",
    exitCode: 0,
    durationMs: 61,
    savedMs: 0,
    tasks,
    directory: ".symbiotic/runs/20261121-0231-7c",
    ...more,
  };
}

/** The run of a repository where one file changed: two findings, a failed test, two gates that fail. */
export const firstContact: readonly Step[] = [
  affectedStart,
  { type: "project-affected", project: "api", reason: "src/api/export.py changed" },
  { type: "project-affected", project: "cli", reason: "depends on api" },
  plan(
    "api:ruff_lint=ruff lint",
    "api:ruff_format=ruff format",
    "api:pytest=pytest",
    "cli:ruff_lint=ruff lint",
    "cli:pytest=pytest",
  ),
  ["cli:ruff_lint", hit(210, "ok")],
  ["api:ruff_lint", begin],
  ["api:ruff_format", begin],
  [
    "api:ruff_lint",
    {
      type: "finding",
      fingerprint: "00000000000000000000000000000001",
      finding: {
        tool: "ruff",
        rule: "F401",
        level: "error",
        message: "`os` imported but unused",
        file: "src/api/export.py",
        range: { start: { line: 14, column: 8 }, end: { line: 14, column: 10 } },
        fix: { applicability: "safe", message: "remove the import" },
      },
      excerpt: "import os",
    },
    {
      type: "finding",
      fingerprint: "00000000000000000000000000000002",
      finding: {
        tool: "ruff",
        rule: "E501",
        level: "warning",
        message: "Line too long (134 > 100)",
        file: "src/api/export.py",
        range: { start: { line: 40, column: 101 }, end: { line: 40, column: 135 } },
        helpUrl: "https://docs.astral.sh/ruff/rules/line-too-long",
      },
    },
    ran(210, "2 findings"),
  ],
  ["api:ruff_format", ran(120, "ok")],
  ["api:pytest", begin],
  ["cli:pytest", begin, ran(1830, "92 passed", { missed: "reads api's sources" })],
  [
    "api:pytest",
    output("collected 185 items"),
    {
      type: "test",
      test: {
        id: "tests/test_export.py::test_empty_rows",
        outcome: "failed",
        message: "AssertionError: assert 'id\\n' == ''",
        file: "tests/test_export.py",
        line: 12,
        repro: ".venv/bin/python -m pytest 'tests/test_export.py::test_empty_rows'",
      },
    },
    ran(3120, "184 passed, 1 failed", { status: "failed", log: ".symbiotic/runs/20261121-0231-7c/api~3apytest.log" }),
  ],
  gate("lint clean|2|0", { verdict: "fail" }),
  gate("tests passed|276/277|all", { verdict: "fail" }),
  gate("coverage|91.2 %|85 %", { required: false }),
  gate("changed lines|88.0 %|85 %", { required: false }),
  finished({ total: 5, ok: 4, failed: 1, cached: 1 }, { exitCode: 1, durationMs: 5210, savedMs: 210 }),
];
