import { reportsAsked } from "../../announce.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Emit, RunFinished } from "../../core/event.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { TaskGraph } from "../../graph/task.ts";
import type { AuditRun } from "../../guard/audit/audit-run.ts";
import type { RunRecord } from "../../journal/run-record.ts";
import type { Step, StepEnd } from "../../plugin/workflow.ts";
import { createEmitter } from "../../report/emitter.ts";
import { runSteps } from "../../workflow/run-steps.ts";
import { progressTeller } from "../../workflow/progress.ts";
import { plannedSteps, stepGraph, type StepNode } from "../../workflow/step-graph.ts";
import { endedBefore } from "../../workflow/step-journal.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { createReporters } from "../reporters.ts";
import { createRunFiles, quietly } from "../run-files.ts";
import { doStep } from "./do-step.ts";
import { beginWorkflow, type BegunWorkflow } from "./begin-workflow.ts";
import { missingInstallers } from "./installers.ts";
import type { WorkflowRun } from "./workflow-run.ts";
import { unreadyPlatforms } from "./unready-platforms.ts";

/** What became of it. */
export interface RanWorkflow {
  readonly exitCode: number;
  readonly ends: ReadonlyMap<TaskId, StepEnd>;
  /** The run's folder, from the repository root. */
  readonly folder: string;
}

/** Runs a workflow: plan ─ schedule ⟲ ( when ─ known? ─ work ) ─ events, with a record, a journal and one entry that closes it in the audit log. */
export async function runWorkflow(
  run: WorkflowRun,
  tools: CallTools,
): Promise<Result<RanWorkflow, readonly Diagnostic[]>> {
  const graph = stepGraph(run.workflow);
  if (!graph.ok) return graph;
  const { opened, context } = tools;
  const { variables, home } = context.environment;
  const host = { root: opened.repository.root, env: variables, home };
  const missing = run.resume === undefined ? missingInstallers(opened.repository, run, host) : [];
  if (missing.length > 0) return fail(missing);
  const unready = await unreadyPlatforms(run.workflow.platforms ?? [], tools, "ask");
  if (unready.length > 0) return fail(unready);
  const begun = await beginWorkflow(run, graph.value, tools);
  if (!begun.ok) return begun;
  const { record, journal, steps } = begun.value;
  // With `--json` the command tells it in one object of its own.
  const isJson = tools.parsed.flags.has("json");
  const reporters = isJson ? createRunFiles(record, quietly) : createReporters(tools.parsed, context, record);
  const emit = createEmitter({ run: record.id, now: context.now, reporters });
  try {
    return ok(await tell(run, { ...begun.value, emit, graph: graph.value }));
  } finally {
    steps.trees.closeAll();
    await steps.groups.terminateAll();
    steps.groups.close();
    journal.close();
    for (const reporter of reporters) reporter.close();
    for (const reporter of reporters) await reporter.finish?.();
  }
}

interface Telling extends BegunWorkflow {
  readonly emit: Emit;
  readonly graph: TaskGraph<StepNode>;
}

async function tell(
  { workflow, parallel, resume }: WorkflowRun,
  { emit, graph, journal, steps, record, startedAt, moved }: Telling,
): Promise<RanWorkflow> {
  const { context, audit } = steps;
  const begin = context.now();
  const tasks = plannedSteps(graph);
  const subjects = new Set(tasks.map(({ project }) => project)).size;
  const resumes = resume === undefined ? {} : { resumes: resume.id };
  emit({
    ...{ type: "run-started", version: context.version, startedAt: startedAt.toISOString(), targets: [workflow.name] },
    ...{ projects: subjects, slots: parallel, ...resumes, ...reportsAsked(steps.opened.config.settings) },
  });
  emit({ type: "plan-ready", levels: graph.levels, tasks });
  for (const diagnostic of moved.diagnostics) emit({ type: "diagnostic", diagnostic });
  const ended = resume === undefined ? () => undefined : endedBefore(resume.journal);
  const earlier = (step: Step): StepEnd | undefined => (moved.steps.has(step.id) ? undefined : ended(step));
  const ends = await runSteps({
    ...{ graph, journal, emit, earlier, agents: parallel, now: context.now, signal: context.signal },
    ended: progressTeller(workflow, emit),
    doStep: (step, work, told) => doStep({ step, work, told, tools: steps }),
  });
  const isAudited = await closed(audit, emit);
  const passed = isAudited.ok && workflow.passed((id) => ends.get(id));
  const finished = finishedOf(ends, { passed, record, signal: context.signal, durationMs: context.now() - begin });
  emit({ ...finished, ...(isAudited.ok && isAudited.value !== undefined ? { audit: isAudited.value } : {}) });
  return { exitCode: finished.exitCode, ends, folder: record.folder };
}

async function closed(audit: AuditRun, emit: Emit): ReturnType<AuditRun["close"]> {
  const mark = await audit.close();
  if (!mark.ok) emit({ type: "diagnostic", diagnostic: mark.error });
  return mark;
}

function finishedOf(
  ends: ReadonlyMap<TaskId, StepEnd>,
  told: {
    readonly passed: boolean;
    readonly record: RunRecord;
    readonly signal: AbortSignal;
    readonly durationMs: number;
  },
): RunFinished {
  const { passed, record, signal, durationMs } = told;
  const count = (status: StepEnd["status"]): number => [...ends.values()].filter((end) => end.status === status).length;
  const interrupted = signal.aborted ? (signal.reason === "SIGTERM" ? "SIGTERM" : "SIGINT") : undefined;
  const stopped = interrupted === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
  return {
    type: "run-finished",
    exitCode: interrupted === undefined ? (passed ? EXIT.passed : EXIT.failed) : stopped,
    ...{ durationMs: Math.round(durationMs), savedMs: 0, directory: record.folder },
    tasks: {
      ...{ total: ends.size, ok: count("ok"), failed: count("failed"), broken: count("broken") },
      ...{ skipped: count("skipped"), cached: 0 },
    },
    ...(interrupted === undefined ? {} : { interrupted }),
  };
}
