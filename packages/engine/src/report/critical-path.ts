import type { TaskId } from "../core/task-id.ts";
import { ranFor, type Timeline, type TimelineTask } from "./timeline.ts";

/** The chain of tasks, each of which waited for the one before it, that took longest: no number of slots shortens it. */
export interface CriticalPath {
  readonly steps: readonly CriticalStep[];
  /** Of all its steps together, without what they waited for slots. */
  readonly durationMs: number;
}

/** A task on the critical path. */
export interface CriticalStep {
  readonly task: TimelineTask;
  readonly durationMs: number;
  /** How long it was ready and did not start while others ran: it wanted a slot, or what they held. */
  readonly waitedMs: number;
}

interface Best {
  readonly sum: number;
  readonly before: TimelineTask | undefined;
}

/** The critical path of a run. Tasks that did not run take no time and are left out; where nothing ran it is empty. */
export function criticalPath(timeline: Timeline): CriticalPath {
  const tasks = new Map(timeline.tasks.map((task) => [task.id, task]));
  const best = new Map<TaskId, Best>();
  let last: TimelineTask | undefined;
  // The plan is in topological order.
  for (const task of timeline.tasks) {
    const before = longest(task.dependsOn, tasks, best);
    best.set(task.id, { sum: ranFor(task) + sumOf(before, best), before });
    if (sumOf(task, best) > sumOf(last, best)) last = task;
  }
  const chain: TimelineTask[] = [];
  for (let step = last; step !== undefined; step = best.get(step.id)?.before)
    if (step.ran !== undefined) chain.push(step);
  const steps = chain.reverse().map((task) => stepOf(task, tasks, timeline.planAt));
  return { steps, durationMs: sumOf(last, best) };
}

function longest(
  ids: readonly TaskId[],
  tasks: ReadonlyMap<TaskId, TimelineTask>,
  best: ReadonlyMap<TaskId, Best>,
): TimelineTask | undefined {
  let found: TimelineTask | undefined;
  for (const id of ids) {
    const task = tasks.get(id);
    if (task !== undefined && sumOf(task, best) > sumOf(found, best)) found = task;
  }
  return found;
}

function sumOf(task: TimelineTask | undefined, best: ReadonlyMap<TaskId, Best>): number {
  return task === undefined ? 0 : (best.get(task.id)?.sum ?? 0);
}

function stepOf(task: TimelineTask, tasks: ReadonlyMap<TaskId, TimelineTask>, planAt: number): CriticalStep {
  const readyAt = Math.max(planAt, ...task.dependsOn.map((id) => tasks.get(id)?.ran?.to ?? 0));
  const waitedMs = busyBetween(readyAt, task.ran?.from ?? 0, [...tasks.values()]);
  return { task, durationMs: ranFor(task), waitedMs };
}

/** How much of this time some task ran. */
function busyBetween(from: number, to: number, tasks: readonly TimelineTask[]): number {
  const spans = tasks.flatMap(({ ran }) => (ran === undefined || ran.from >= to || ran.to <= from ? [] : [ran]));
  let [busy, seen] = [0, from];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const start = Math.max(seen, span.from);
    const end = Math.min(to, span.to);
    busy += Math.max(0, end - start);
    seen = Math.max(seen, end);
  }
  return busy;
}
