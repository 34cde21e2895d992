import type { Envelope, PlannedTask, RunFinished, RunStarted, TaskFinished } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";

/** A task of a run with the times at which it ran, in milliseconds since the run began. */
export interface TimelineTask extends PlannedTask {
  readonly finished?: TaskFinished;
  /** When its end was told; absent where it was not. */
  readonly endedAt?: number;
  /** Present where it ran, here or until the run was killed. */
  readonly ran?: Span;
}

/** When a task ran and in which lane: of tasks that ran at once each has its own, and lanes are used again. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Counts from 0. */
  readonly lane: number;
}

/** A run along its clock: what a trace and a profile are made of. */
export interface Timeline {
  readonly run: string;
  readonly started: RunStarted | undefined;
  readonly finished: RunFinished | undefined;
  /** In the order of the plan. */
  readonly tasks: readonly TimelineTask[];
  /** When the plan was ready. */
  readonly planAt: number;
  /** When the last event came. */
  readonly endAt: number;
}

/** The timeline that a run's events tell. What has not ended when they stop ends with them. */
export function timelineOf(events: readonly Envelope[]): Timeline {
  const seen = new Seen();
  for (const envelope of events) seen.apply(envelope);
  const spans = seen.spans();
  const tasks = [...seen.tasks.values()].map((planned): TimelineTask => {
    const [finished, ran] = [seen.ends.get(planned.id), spans.get(planned.id)];
    return { ...planned, ...(finished && { finished: finished.event, endedAt: finished.at }), ...(ran && { ran }) };
  });
  const { run, started, finished, planAt, endAt } = seen;
  return { run, started, finished, tasks, planAt, endAt };
}

class Seen {
  run = "";
  started: RunStarted | undefined;
  finished: RunFinished | undefined;
  planAt = 0;
  endAt = 0;
  readonly tasks = new Map<TaskId, PlannedTask>();
  readonly begins = new Map<TaskId, number>();
  readonly ends = new Map<TaskId, { readonly event: TaskFinished; readonly at: number }>();

  apply({ run, t, task = "", event }: Envelope): void {
    this.run = run;
    this.endAt = t;
    if (event.type === "run-started") this.started = event;
    else if (event.type === "run-finished") this.finished = event;
    else if (event.type === "plan-ready") {
      this.planAt = t;
      for (const planned of event.tasks) this.tasks.set(planned.id, planned);
    } else if (event.type === "task-started" && !this.begins.has(task)) this.begins.set(task, t);
    else if (event.type === "task-finished") this.ends.set(task, { event, at: t });
  }

  spans(): ReadonlyMap<TaskId, Span> {
    const freeAt: number[] = [];
    const spans = new Map<TaskId, Span>();
    for (const [task, from] of this.begins) {
      const to = Math.max(from, this.ends.get(task)?.at ?? this.endAt);
      const free = freeAt.findIndex((at) => at <= from);
      const lane = free < 0 ? freeAt.length : free;
      freeAt[lane] = to;
      spans.set(task, { from, to, lane });
    }
    return spans;
  }
}

/** How long a task ran; 0 for one that did not. */
export function ranFor({ ran }: TimelineTask): number {
  return ran === undefined ? 0 : ran.to - ran.from;
}
