import type { Diagnostic } from "../core/diagnostic.ts";
import {
  type Envelope,
  type EvidenceMeasured,
  type FindingReported,
  type GateDecided,
  type PlanReady,
  type ProjectAffected,
  type RunFinished,
  type RunStarted,
  type TaskFinished,
  type WorkProgressed,
  unreachable,
} from "../core/event.ts";
import type { TestOutcome } from "../core/evidence.ts";
import type { TaskId } from "../core/task-id.ts";

/** A task as far as the events have told of it. */
export interface TaskView {
  readonly id: TaskId;
  readonly project: string;
  /** The plan's short name; the id where the plan does not have it. */
  readonly title: string;
  readonly finished?: TaskFinished;
}

/** A finding and the task that reported it. */
export interface FindingView {
  readonly task: TaskId;
  readonly reported: FindingReported;
}

/** A test that did not pass and the task that ran it. */
export interface TestView {
  readonly task: TaskId;
  readonly test: TestOutcome;
}

/** What the events of a run have told so far. It accepts any events in any order. */
export class RunView {
  run = "";
  started: RunStarted | undefined;
  readonly affected: ProjectAffected[] = [];
  plan: PlanReady | undefined;
  readonly tasks: Map<TaskId, TaskView> = new Map<TaskId, TaskView>();
  readonly findings: FindingView[] = [];
  readonly tests: TestView[] = [];
  readonly measured: Map<TaskId, EvidenceMeasured> = new Map<TaskId, EvidenceMeasured>();
  readonly gates: GateDecided[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** How far a workflow has come. */
  progress: WorkProgressed | undefined;
  finished: RunFinished | undefined;
  /** When the last event came, in milliseconds since the run began. */
  lastAt = 0;

  apply(envelope: Envelope): void {
    this.run = envelope.run;
    this.lastAt = envelope.t;
    const { event, task = "" } = envelope;
    switch (event.type) {
      case "run-started":
        this.started = event;
        return;
      case "project-affected":
        this.affected.push(event);
        return;
      case "plan-ready":
        this.#planned(event);
        return;
      case "task-started":
      case "task-output":
      case "task-retried":
        return;
      case "task-finished":
        this.tasks.set(task, { ...this.task(task), finished: event });
        this.#mended(task, event);
        return;
      case "finding":
        this.findings.push({ task, reported: event });
        return;
      case "test":
        this.tests.push({ task, test: event.test });
        return;
      case "measured":
        this.measured.set(task, event);
        return;
      case "progress":
        this.progress = event;
        return;
      case "gate-decided":
        this.gates.push(event);
        return;
      case "diagnostic":
        this.diagnostics.push(event.diagnostic);
        return;
      case "run-finished":
        this.finished = event;
        return;
      default:
        unreachable(event);
    }
  }

  /** The task of this id, also when the plan did not name it. */
  task(id: TaskId): TaskView {
    return (
      this.tasks.get(id) ?? {
        id,
        project: id.slice(0, Math.max(0, id.lastIndexOf(":"))),
        title: id.slice(id.lastIndexOf(":") + 1),
      }
    );
  }

  #mended(task: TaskId, { mended = [] }: TaskFinished): void {
    if (mended.length === 0) return;
    const gone = new Set(mended);
    const { project } = this.task(task);
    const isGone = (each: FindingView): boolean =>
      each.task !== task && gone.has(each.reported.fingerprint) && this.task(each.task).project === project;
    const left = this.findings.filter((each) => !isGone(each));
    this.findings.splice(0, this.findings.length, ...left);
  }

  #planned(plan: PlanReady): void {
    this.plan = plan;
    for (const { id, project, title } of plan.tasks) this.tasks.set(id, { ...this.tasks.get(id), id, project, title });
  }
}

/** Whether this outcome is one that a person has to do something about. */
export function isFailedTest({ outcome }: TestOutcome): boolean {
  return outcome === "failed" || outcome === "error";
}
