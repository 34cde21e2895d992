import type { Emit } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import type { TaskGraph } from "../graph/task.ts";
import type { Journal } from "../journal/journal.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Before, Step, StepEnd, StepWork } from "../plugin/workflow.ts";
import { ONE_SLOT } from "../schedule/needs.ts";
import { schedule, type LookedUp, type SkipReason } from "../schedule/schedule.ts";
import type { StepNode } from "./step-graph.ts";
import { journalStep } from "./step-journal.ts";

/** Does the work of a step. What is wrong with it is its end. */
export type DoStep = (step: Step, work: StepWork, told: ToldStep) => Promise<StepEnd>;

/** What a step is done with. */
export interface ToldStep {
  /** Told what it does, a line each. */
  readonly line: (text: string) => void;
  readonly before: Before;
}

/** What running steps takes. */
export interface StepHost {
  readonly graph: TaskGraph<StepNode>;
  readonly journal: Journal;
  readonly emit: Emit;
  readonly doStep: DoStep;
  /** How a step ended in the run that this one goes on with. */
  readonly earlier: (step: Step) => StepEnd | undefined;
  /** How many steps may ask an agent at once. */
  readonly agents: number;
  readonly now: () => number;
  /** Told of each step that has ended. */
  readonly ended?: (step: Step, before: Before) => void;
  readonly signal: AbortSignal;
}

/** Runs the steps of a workflow, each when all before it have ended, and tells how each ended. */
export async function runSteps(host: StepHost): Promise<ReadonlyMap<TaskId, StepEnd>> {
  const ends = new Map<TaskId, StepEnd>();
  const before: Before = (id) => ends.get(id);
  const news = new Set<TaskId>();
  const settle = (step: Step, end: StepEnd, more: Settling): StepEnd => {
    ends.set(step.id, end);
    if (more.isNew || step.after.some((id) => news.has(id))) news.add(step.id);
    tellEnd(host.emit, step, { end, ...more });
    host.ended?.(step, before);
    return end;
  };
  await schedule<StepEnd, undefined, StepNode>({
    // A step that failed is evidence for those after it: each says itself what that means.
    ...{ graph: host.graph, mode: "always", barrier: false, signal: host.signal },
    capacity: { cpu: Math.max(1, host.agents), memoryMb: 0 },
    lookup: ({ step }) => lookUp(step, before, { host, settle, news }),
    run: async ([{ task }]) => [await runStep(task.step, before, { host, settle, news })],
    skip: ({ step }, because) => settle(step, skippedBy(because), { durationMs: 0, isNew: true }),
    outcome: () => "ok",
    expectedMs: () => 1,
    rank: ({ step }) => step.rank ?? 0,
  });
  return ends;
}

interface Settling {
  readonly durationMs: number;
  readonly resumed?: true;
  /** It did not end like this in the run that is gone on with. */
  readonly isNew: boolean;
}

interface Running {
  readonly host: StepHost;
  /** Steps that ended anew in this run, and all that come after them: of those, what an earlier run says is no longer so. */
  readonly news: ReadonlySet<TaskId>;
  readonly settle: (step: Step, end: StepEnd, more: Settling) => StepEnd;
}

function lookUp(step: Step, before: Before, { host, settle, news }: Running): LookedUp<StepEnd, undefined> {
  const when = guarded(`${step.id}: when`, () => step.when?.(before) ?? true);
  if (!when.ok) return { settled: settle(step, brokenEnd(when.error.message), { durationMs: 0, isNew: true }) };
  if (when.value !== true)
    return { settled: settle(step, skippedEnd(when.value.skipped), { durationMs: 0, isNew: false }) };
  const earlier = step.after.some((id) => news.has(id)) ? undefined : host.earlier(step);
  if (earlier !== undefined) return { settled: settle(step, earlier, { durationMs: 0, resumed: true, isNew: false }) };
  // A step that asks nobody holds no slot of an agent: it takes none, and there is always room for it.
  const needs = { ...ONE_SLOT, mutex: [...(step.mutex ?? [])] };
  return { miss: undefined, needs };
}

async function runStep(step: Step, before: Before, { host, settle }: Running): Promise<StepEnd> {
  const { emit, now, doStep, journal } = host;
  const written = journalStep(journal, step);
  const started = now();
  emit({ type: "task-started" }, step.id);
  const work = guarded(`${step.id}: work`, () => step.work(before));
  const line = (text: string): void => {
    emit({ type: "task-output", stream: "stdout", line: text }, step.id);
  };
  const end = !work.ok
    ? brokenEnd(work.error.message)
    : written.begun()
      ? await doneOrBroken(() => doStep(step, work.value, { line, before }))
      : brokenEnd("the journal cannot be written");
  const durationMs = now() - started;
  // What a stopped run made of it says nothing of it: it is done again when that is gone on with.
  const told = host.signal.aborted && end.status !== "ok" ? { ...end, status: "broken" as const } : end;
  written.ended(told, durationMs);
  return settle(step, told, { durationMs, isNew: true });
}

function tellEnd(emit: Emit, step: Step, { end, durationMs, resumed }: Settling & { readonly end: StepEnd }): void {
  const { status, summary, reason, found, diagnostics = [] } = end;
  for (const finding of found?.findings ?? []) emit(finding, step.id);
  emit(
    {
      ...{ type: "task-finished", status, cache: "off", durationMs: Math.round(durationMs), savedMs: 0, summary },
      ...(reason === undefined ? {} : { reason }),
      ...(resumed === undefined ? {} : { resumed }),
      ...(diagnostics.length === 0 ? {} : { diagnostics }),
      ...(found?.tool === undefined ? {} : { tool: found.tool }),
      ...(found === undefined || found.mended.length === 0 ? {} : { mended: found.mended }),
    },
    step.id,
  );
}

/** A full disk, or a plugin's function that throws, is the end of one step: others go on. */
async function doneOrBroken(act: () => Promise<StepEnd>): Promise<StepEnd> {
  try {
    return await act();
  } catch (thrown) {
    return brokenEnd(thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown));
  }
}

/** The end of a step that could not be done. */
export function brokenEnd(reason: string): StepEnd {
  return { status: "broken", summary: reason, reason, data: {} };
}

function skippedEnd(reason: string): StepEnd {
  return { status: "skipped", summary: reason, reason, data: {} };
}

function skippedBy(because: SkipReason<StepEnd>): StepEnd {
  return skippedEnd(because.kind === "stopped" ? "the run was stopped" : `${because.by} did not succeed`);
}
