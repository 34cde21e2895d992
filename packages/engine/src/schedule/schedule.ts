import { byCodeUnit } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Task, TaskGraph } from "../graph/task.ts";

/** What goes on when a task does not succeed: only what does not depend on it, nothing, or everything. */
export type FailureMode = "independent" | "never" | "always";

/** What scheduling needs from the run: how a task is looked up, run and given up. `R` is a settled task, `M` what is known of a miss. */
export interface ScheduleInput<R, M> {
  readonly graph: TaskGraph;
  readonly slots: number;
  readonly mode: FailureMode;
  readonly signal: AbortSignal;
  /** Asked once all before it have settled; at once and without waiting. */
  readonly lookup: (task: Task) => { readonly settled: R } | { readonly miss: M };
  readonly run: (task: Task, miss: M) => Promise<R>;
  /** The result of a task that is not run, and why. */
  readonly skip: (task: Task, because: SkipReason<R>) => R;
  /** `ok`: what waits for it goes on. `blocked`: that is skipped, and nothing failed. `failed`: that is skipped. */
  readonly outcome: (result: R) => "ok" | "blocked" | "failed";
  /** How long a task is expected to take, in milliseconds. */
  readonly expectedMs: (task: Task) => number;
}

/** Why a task is not run: the run is stopped, an earlier failure stops all, or a task before it did not succeed. */
export type SkipReason<R> =
  | { readonly kind: "stopped" }
  | { readonly kind: "failed" | "blocked"; readonly by: TaskId; readonly result: R | undefined };

/**
 * Settles every task. Ready tasks are dispatched longest remaining path first, and no slot idles while one is ready.
 * While everything is known this is one pass in topological order, without a promise.
 */
export async function schedule<R, M>(input: ScheduleInput<R, M>): Promise<ReadonlyMap<TaskId, R>> {
  const scheduler = new Scheduler(input);
  scheduler.sweep();
  await scheduler.drain();
  return scheduler.settled;
}

class Scheduler<R, M> {
  readonly settled = new Map<TaskId, R>();
  readonly #input: ScheduleInput<R, M>;
  readonly #weight: ReadonlyMap<TaskId, number>;
  readonly #ready: { readonly task: Task; readonly miss: M }[] = [];
  readonly #running = new Map<TaskId, Promise<void>>();
  readonly #seen = new Set<TaskId>();
  #failed: TaskId | undefined;

  constructor(input: ScheduleInput<R, M>) {
    this.#input = input;
    this.#weight = remainingPath(input.graph, input.expectedMs);
  }

  /** Looks up every task whose predecessors have settled. Order is topological, so one pass sees all that can be seen. */
  sweep(from: readonly Task[] = this.#input.graph.order): void {
    for (const task of from)
      if (!this.#seen.has(task.id) && task.dependsOn.every((id) => this.#done(id))) this.#consider(task);
  }

  async drain(): Promise<void> {
    this.#dispatch();
    while (this.#running.size > 0) {
      await Promise.race(this.#running.values());
      this.#dispatch();
    }
  }

  #done(id: TaskId): boolean {
    return this.settled.has(id) || this.#input.graph.task(id) === undefined;
  }

  #consider(task: Task): void {
    this.#seen.add(task.id);
    const stop = this.#reasonToSkip(task);
    const found = stop === undefined ? this.#input.lookup(task) : { settled: this.#input.skip(task, stop) };
    if ("settled" in found) this.#settle(task, found.settled);
    else this.#ready.push({ task, miss: found.miss });
  }

  #reasonToSkip(task: Task): SkipReason<R> | undefined {
    const { mode, signal, outcome } = this.#input;
    if (signal.aborted) return { kind: "stopped" };
    if (mode === "never" && this.#failed !== undefined)
      return { kind: "failed", by: this.#failed, result: this.settled.get(this.#failed) };
    if (mode === "always") return undefined;
    for (const by of task.dependsOn) {
      const result = this.settled.get(by);
      const kind = result === undefined ? "ok" : outcome(result);
      if (kind !== "ok") return { kind, by, result };
    }
    return undefined;
  }

  #settle(task: Task, result: R): void {
    this.settled.set(task.id, result);
    if (this.#input.outcome(result) === "failed") this.#failed ??= task.id;
  }

  #dispatch(): void {
    this.#ready.sort(
      (a, b) =>
        (this.#weight.get(b.task.id) ?? 0) - (this.#weight.get(a.task.id) ?? 0) || byCodeUnit(a.task.id, b.task.id),
    );
    while (this.#ready.length > 0 && (this.#running.size < this.#input.slots || this.#input.signal.aborted)) {
      const next = this.#ready.shift();
      if (next !== undefined) this.#start(next.task, next.miss);
    }
  }

  #start(task: Task, miss: M): void {
    const stop = this.#reasonToSkip(task);
    if (stop !== undefined) {
      this.#finish(task, this.#input.skip(task, stop));
      return;
    }
    const running = this.#input.run(task, miss).then((result) => {
      this.#running.delete(task.id);
      this.#finish(task, result);
    });
    this.#running.set(task.id, running);
  }

  #finish(task: Task, result: R): void {
    this.#settle(task, result);
    const waiting = this.#input.graph.dependents(task.id).flatMap((id) => this.#input.graph.task(id) ?? []);
    this.#cascade(waiting);
  }

  /** What settles at once may free what waits for it, which settles at once, and so on. */
  #cascade(waiting: readonly Task[]): void {
    let open = waiting;
    while (open.length > 0) {
      const before = new Set(this.settled.keys());
      this.sweep(open);
      open = open
        .filter(({ id }) => this.settled.has(id) && !before.has(id))
        .flatMap(({ id }) => this.#input.graph.dependents(id).flatMap((next) => this.#input.graph.task(next) ?? []));
    }
  }
}

/** For each task, how long it and the longest chain after it are expected to take. */
export function remainingPath(graph: TaskGraph, expectedMs: (task: Task) => number): Map<TaskId, number> {
  const weight = new Map<TaskId, number>();
  for (const task of [...graph.order].reverse()) {
    const after = graph.dependents(task.id).map((id) => weight.get(id) ?? 0);
    weight.set(task.id, expectedMs(task) + Math.max(0, ...after));
  }
  return weight;
}
