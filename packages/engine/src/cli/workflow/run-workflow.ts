import { join } from "node:path";
import { reportsAsked } from "../../announce.ts";
import { openLocks } from "../../cache/lock.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Emit, RunFinished } from "../../core/event.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import type { TaskId } from "../../core/task-id.ts";
import { auditPlace } from "../../edit/edit-audit.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import type { TaskGraph } from "../../graph/task.ts";
import { openAuditRun, type AuditRun } from "../../guard/audit/audit-run.ts";
import { beginJournal } from "../../journal/begin-journal.ts";
import type { Journal } from "../../journal/journal.ts";
import type { Resumable } from "../../journal/resumable.ts";
import { createRunRecord, type RunRecord } from "../../journal/run-record.ts";
import { cacheDirectory } from "../../open.ts";
import type { WorkflowOptions } from "../../plugin/command.ts";
import type { StepEnd, Workflow } from "../../plugin/workflow.ts";
import { createEmitter } from "../../report/emitter.ts";
import { runSteps } from "../../workflow/run-steps.ts";
import { progressTeller } from "../../workflow/progress.ts";
import { plannedSteps, stepGraph, type StepNode } from "../../workflow/step-graph.ts";
import { endedBefore } from "../../workflow/step-journal.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { callRedactor } from "../agent/edit-request.ts";
import { createPurse } from "../agent/purse.ts";
import { askedOf } from "../asked.ts";
import { createReporters } from "../reporters.ts";
import { createRunFiles, quietly } from "../run-files.ts";
import { doStep } from "./do-step.ts";
import { missingInstallers } from "./installers.ts";
import type { StepTools } from "./step-tools.ts";
import { openTrees } from "./open-trees.ts";
import { unreadyPlatforms } from "./unready-platforms.ts";

/** How a workflow is run. */
export interface WorkflowRun extends Pick<WorkflowOptions, "parallel" | "skipInstalls" | "installs"> {
  readonly workflow: Workflow;
  /** The command that it is run by: `issues`. */
  readonly command: string;
  readonly resume?: Resumable;
}

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
  const startedAt = new Date();
  const record = createRunRecord(opened.repository.root, startedAt);
  if (!record.ok) return fail([record.error]);
  const journal = journalOf(run, graph.value, { tools, startedAt, record: record.value });
  if (!journal.ok) return fail([journal.error]);
  // With `--json` the command tells it in one object of its own.
  const isJson = tools.parsed.flags.has("json");
  const reporters = isJson
    ? createRunFiles(record.value, quietly)
    : createReporters(tools.parsed, context, record.value);
  const emit = createEmitter({ run: record.value.id, now: context.now, reporters });
  const steps = stepTools(run, tools, record.value);
  try {
    return ok(
      await tell(run, { emit, graph: graph.value, journal: journal.value, steps, record: record.value, startedAt }),
    );
  } finally {
    steps.trees.closeAll();
    await steps.groups.terminateAll();
    steps.groups.close();
    journal.value.close();
    for (const reporter of reporters) reporter.close();
    for (const reporter of reporters) await reporter.finish?.();
  }
}

interface Telling {
  readonly emit: Emit;
  readonly graph: TaskGraph<StepNode>;
  readonly journal: Journal;
  readonly steps: StepTools;
  readonly record: RunRecord;
  readonly startedAt: Date;
}

async function tell(
  { workflow, parallel, resume }: WorkflowRun,
  { emit, graph, journal, steps, record, startedAt }: Telling,
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
  const earlier = resume === undefined ? () => undefined : endedBefore(resume.journal);
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

function journalOf(
  { command, resume }: WorkflowRun,
  graph: TaskGraph<StepNode>,
  { tools, startedAt, record }: { readonly tools: CallTools; readonly startedAt: Date; readonly record: RunRecord },
): Result<Journal, Diagnostic> {
  const { opened, context, parsed } = tools;
  const asked = askedOf(parsed, context);
  return beginJournal({
    ...{ record, engine: context.version, startedAt, resumable: resume },
    asked: asked === null ? null : { ...asked, command },
    tasks: () => graph.order.map(({ id }) => id),
    locks: openLocks(join(cacheDirectory(opened, context.environment.settings.cacheDir), "locks")),
  });
}

function stepTools({ workflow, ...run }: WorkflowRun, tools: CallTools, { id }: RunRecord): StepTools {
  const { opened, parsed, context } = tools;
  const redactor = callRedactor(context);
  const groups = createProcessGroups();
  return {
    ...{ ...tools, groups, redactor, run: id, unsandboxed: parsed.flags.has("unsandboxed") },
    trees: openTrees(workflow, tools, { ...run, run: id, groups, redactor }),
    audit: openAuditRun(auditPlace(opened.repository), redactor, id),
    purse: createPurse(opened),
    accepted: join(opened.repository.commonDir, "symbiotic", "workflows", workflow.name),
  };
}
