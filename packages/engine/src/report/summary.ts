import type { Diagnostic } from "../core/diagnostic.ts";
import type { AuditMark, Comparison, GateDecided, GateOfProject, TaskCounts } from "../core/event.ts";
import type { Finding, TestOutcome } from "../core/evidence.ts";
import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { TaskStatus, Verdict } from "../core/status.ts";
import type { TaskId } from "../core/task-id.ts";
import { distinctFindings } from "./distinct-findings.ts";
import type { RunView } from "./run-view.ts";
import { taskEnd, type TaskEnd } from "./task-end.ts";

/**
 * A run in one object: `summary.json`. Every key is always there, `null` where there is nothing to say. Durations are
 * milliseconds, paths are relative to the repository root, lists are sorted.
 */
export interface RunSummary {
  readonly run: string;
  /** The run that it went on with. */
  readonly resumes: string | null;
  readonly version: string | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly durationMs: number;
  /** How long what was cached took when it ran. */
  readonly savedMs: number;
  /** `null` where the run did not come to its end. */
  readonly exitCode: number | null;
  readonly interrupted: "SIGINT" | "SIGTERM" | null;
  /** Why nothing was selected. */
  readonly nothing: string | null;
  readonly directory: RepoPath | null;
  /** Where the audit log stood at its end, where it asked agents. */
  readonly audit: AuditMark | null;
  readonly targets: readonly string[];
  /** What `--affected` compared with. */
  readonly base: Comparison | null;
  /** Which part of the projects it was about. */
  readonly shard: { readonly index: number; readonly count: number } | null;
  readonly projects: number;
  readonly affected: readonly { readonly project: string; readonly reason: string }[];
  readonly counts: TaskCounts;
  readonly tasks: readonly TaskSummary[];
  readonly findings: readonly FindingSummary[];
  /** Those that did not pass. */
  readonly tests: readonly TestSummary[];
  readonly gates: readonly GateSummary[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A task of the plan. */
export interface TaskSummary extends TaskEnd {
  readonly id: TaskId;
  readonly project: string;
  readonly title: string;
  /** How many of its parts were left out and how many ran, and what parts are called. */
  readonly served: { readonly served: number; readonly ran: number; readonly what: string } | null;
}

/** A finding and the task that reported it. */
export interface FindingSummary extends Finding {
  readonly task: TaskId;
  readonly fingerprint: string;
  /** It is in the baseline: no gate counts it. */
  readonly known: boolean;
  /** Other tools that found the same: `bandit B602`. */
  readonly alsoBy: readonly string[];
  readonly excerpt: string | null;
}

/** A test and the task that ran it. */
export interface TestSummary extends TestOutcome {
  readonly task: TaskId;
}

/** A gate's verdict over the selected tasks. */
export interface GateSummary {
  readonly id: string;
  readonly gate: string;
  readonly measured: string;
  readonly wanted: string;
  readonly verdict: Verdict;
  readonly required: boolean;
  readonly note: string | null;
  readonly projects: readonly GateOfProject[];
}

/** The summary of what the events have told so far. */
export function summaryOf(view: RunView): RunSummary {
  const { started, finished } = view;
  const tasks = taskSummaries(view);
  return {
    run: view.run,
    resumes: started?.resumes ?? null,
    version: started?.version ?? null,
    startedAt: started?.startedAt ?? null,
    durationMs: finished?.durationMs ?? view.lastAt,
    savedMs: finished?.savedMs ?? tasks.reduce((sum, task) => sum + task.savedMs, 0),
    exitCode: finished?.exitCode ?? null,
    interrupted: finished?.interrupted ?? null,
    nothing: finished?.nothing ?? null,
    directory: finished?.directory ?? null,
    audit: finished?.audit ?? null,
    targets: started?.targets ?? [],
    base: started?.comparison ?? null,
    shard: started?.shard ?? null,
    projects: started?.projects ?? 0,
    affected: view.affected.map(({ project, reason }) => ({ project, reason })),
    counts: finished?.tasks ?? countTasks(tasks),
    tasks,
    findings: distinctFindings(view.findings).map(({ task, reported, alsoBy }) => ({
      task,
      ...reported.finding,
      fingerprint: reported.fingerprint,
      known: reported.known ?? false,
      alsoBy,
      excerpt: reported.excerpt ?? null,
    })),
    tests: testSummaries(view),
    gates: view.gates.map(gateSummary),
    diagnostics: view.diagnostics,
  };
}

function taskSummaries(view: RunView): TaskSummary[] {
  const tasks = [...view.tasks.values()].map(({ id, project, title, finished }): TaskSummary => {
    const { log, diagnostics, ...end } = taskEnd(finished);
    return { id, project, title, ...end, served: finished?.served ?? null, log, diagnostics };
  });
  return tasks.sort((a, b) => byCodeUnit(a.id, b.id));
}

function testSummaries(view: RunView): TestSummary[] {
  const tests = view.tests.filter(({ test }) => test.outcome !== "passed").map(({ task, test }) => ({ task, ...test }));
  return tests.sort((a, b) => byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id));
}

function gateSummary({ id, gate, measured, wanted, verdict, required, note, projects }: GateDecided): GateSummary {
  return { id, gate, measured, wanted, verdict, required, note: note ?? null, projects };
}

function countTasks(tasks: readonly TaskSummary[]): TaskCounts {
  const ended = (status: TaskStatus): number => tasks.filter((task) => task.status === status).length;
  return {
    total: tasks.length,
    ok: ended("ok"),
    failed: ended("failed"),
    broken: ended("broken"),
    skipped: ended("skipped"),
    cached: tasks.filter((task) => task.cache === "hit").length,
  };
}
