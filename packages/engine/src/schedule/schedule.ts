import type { TaskId } from "../core/task-id.ts";
import type { Node, Task, TaskGraph } from "../graph/task.ts";
import { createBarrier, type Barrier } from "./barrier.ts";
import { Lines, type BatchOf, type Ready } from "./lines.ts";
import type { Capacity, Needs } from "./needs.ts";
import { remainingPath } from "./remaining-path.ts";

/** What goes on when a task does not succeed: only what does not depend on it, nothing, or everything. */
export type FailureMode = "independent" | "never" | "always";

/** What looking a task up gives: its result, or what is known of a task that has to run. */
export type LookedUp<R, M> =
  | { readonly settled: R }
  | { readonly miss: M; readonly needs: Needs; readonly batch?: BatchOf };

/** A task to run, with what is known of it. */
export interface Member<M, T extends Node = Task> {
  readonly task: T;
  readonly miss: M;
}

/** What scheduling needs from the run: how a task is looked up, run and given up. `R` is a settled task, `M` what is known of a miss. */
export interface ScheduleInput<R, M, T extends Node = Task> {
  readonly graph: TaskGraph<T>;
  readonly capacity: Capacity;
  readonly mode: FailureMode;
  /** Whether no task starts before every task of the levels before its own has ended. */
  readonly barrier: boolean;
  readonly signal: AbortSignal;
  /** Asked once all before it have settled; at once and without waiting. */
  readonly lookup: (task: T) => LookedUp<R, M>;
  /** One task, or those that share a process; their results in the same order. */
  readonly run: (members: readonly [Member<M, T>, ...Member<M, T>[]]) => Promise<readonly R[]>;
  /** The result of a task that is not run, and why. */
  readonly skip: (task: T, because: SkipReason<R>) => R;
  /** `ok`: what waits for it goes on. `blocked`: that is skipped, and nothing failed. `failed`: that is skipped. */
  readonly outcome: (result: R) => "ok" | "blocked" | "failed";
  /** How long a task is expected to take, in milliseconds. Asked only of tasks that are not settled when the first one starts. */
  readonly expectedMs: (task: T) => number;
  /** What goes first, whatever takes longer: the smaller. Without it only the remaining path counts. */
  readonly rank?: (task: T) => number;
}

/** Why a task is not run: the run is stopped, an earlier failure stops all, or a task before it did not succeed. */
export type SkipReason<R> =
  | { readonly kind: "stopped" }
  | { readonly kind: "failed" | "blocked"; readonly by: TaskId; readonly result: R | undefined };

/**
 * Settles every task. Ready tasks are dispatched by rank and longest remaining path first, within the slots, the memory and the
 * mutexes that there are (`Lines` has the rule). While everything is known this is one pass in topological order, without a promise.
 */
export async function schedule<R, M, T extends Node = Task>(
  input: ScheduleInput<R, M, T>,
): Promise<ReadonlyMap<TaskId, R>> {
  const scheduler = new Scheduler(input);
  if (scheduler.sweep()) await scheduler.drain();
  return scheduler.settled;
}

/** A task that has to run, with what is known of it. */
interface Missed<M, T extends Node> extends Member<M, T> {
  readonly needs: Needs;
  readonly batch?: BatchOf;
}

type Waiting<M, T extends Node> = Missed<M, T> & Ready;

class Scheduler<R, M, T extends Node> {
  readonly settled = new Map<TaskId, R>();
  readonly #input: ScheduleInput<R, M, T>;
  readonly #lines: Lines<Waiting<M, T>>;
  readonly #barrier: Barrier<Waiting<M, T>> | undefined;
  /** What the sweep found that has to run; weights are asked for when all of it is known. */
  readonly #missed: Missed<M, T>[] = [];
  #weights: ReadonlyMap<TaskId, number> = new Map();
  /** For each task that waits for others, how many of those have not settled. */
  readonly #before = new Map<TaskId, number>();
  #running = 0;
  #failed: TaskId | undefined;

  constructor(input: ScheduleInput<R, M, T>) {
    this.#input = input;
    this.#lines = new Lines(input.capacity);
    this.#barrier = input.barrier ? createBarrier(input.graph) : undefined;
  }

  /** Looks up every task whose predecessors have settled; whether any has to run. The order is topological, so one pass sees all that can be seen. */
  sweep(): boolean {
    for (const task of this.#input.graph.order) {
      const missed = task.dependsOn.every((id) => this.#isDone(id)) ? this.#consider(task) : undefined;
      if (missed !== undefined) this.#missed.push(missed);
    }
    return this.#missed.length > 0;
  }

  /** Runs what has to run, and all that waits for it, to the end. */
  drain(): Promise<void> {
    const { graph, expectedMs } = this.#input;
    const isOpen = (task: T): boolean => !this.settled.has(task.id);
    this.#weights = remainingPath(graph, expectedMs, isOpen);
    for (const task of graph.order) {
      const before = new Set(task.dependsOn.filter((id) => !this.#isDone(id)));
      if (before.size > 0) this.#before.set(task.id, before.size);
    }
    for (const missed of this.#missed) this.#wait(missed);
    return new Promise((resolve, reject) => {
      this.#dispatch(resolve, reject);
    });
  }

  #isDone(id: TaskId): boolean {
    return this.settled.has(id) || this.#input.graph.task(id) === undefined;
  }

  /** Settles a task whose predecessors have all settled, if that can be done at once; else gives what has to run. */
  #consider(task: T): Missed<M, T> | undefined {
    const stop = this.#reasonToSkip(task);
    const found = stop === undefined ? this.#input.lookup(task) : { settled: this.#input.skip(task, stop) };
    if (!("settled" in found)) return { task, ...found };
    this.#settle(task, found.settled);
    return undefined;
  }

  #wait(missed: Missed<M, T>): void {
    const { id } = missed.task;
    const rank = this.#input.rank?.(missed.task) ?? 0;
    const waiting = { ...missed, id, rank, weight: this.#weights.get(id) ?? 0 };
    if (this.#barrier?.holds(missed.task, waiting) !== true) this.#lines.add(waiting);
  }

  #reasonToSkip(task: T): SkipReason<R> | undefined {
    const stop = this.#reasonToStop();
    if (stop !== undefined || this.#input.mode === "always") return stop;
    for (const by of task.dependsOn) {
      const result = this.settled.get(by);
      const kind = result === undefined ? "ok" : this.#input.outcome(result);
      if (kind !== "ok") return { kind, by, result };
    }
    return undefined;
  }

  /** Why nothing more is started, if nothing is. */
  #reasonToStop(): SkipReason<R> | undefined {
    const { mode, signal } = this.#input;
    if (signal.aborted) return { kind: "stopped" };
    if (mode !== "never" || this.#failed === undefined) return undefined;
    return { kind: "failed", by: this.#failed, result: this.settled.get(this.#failed) };
  }

  #settle(task: T, result: R): void {
    this.settled.set(task.id, result);
    this.#barrier?.settled(task);
    if (this.#input.outcome(result) === "failed") this.#failed ??= task.id;
  }

  /** Starts what may start; ends the wait when nothing runs and nothing waits. */
  #dispatch(resolve: () => void, reject: (thrown: unknown) => void): void {
    for (const freed of this.#barrier?.freed() ?? []) this.#lines.add(freed);
    const stop = this.#reasonToStop();
    if (stop !== undefined) this.#giveUp(stop);
    for (let next = this.#lines.start(); next !== undefined; next = this.#lines.start()) {
      const { ready, others, taken } = next;
      const members = [ready, ...others] as const;
      this.#running += 1;
      this.#input
        .run(members)
        .then((results) => {
          this.#running -= 1;
          this.#lines.end(taken);
          for (const [at, result] of results.entries()) this.#finish(members[at]?.task ?? ready.task, result);
          this.#dispatch(resolve, reject);
        })
        .catch(reject);
    }
    if (this.#running === 0) resolve();
  }

  #giveUp(because: SkipReason<R>): void {
    for (const { task } of [...this.#lines.clear(), ...(this.#barrier?.clear() ?? [])])
      this.#finish(task, this.#input.skip(task, because));
  }

  /** What settles may free what waits for it, which may settle at once, and so on. */
  #finish(task: T, result: R): void {
    this.#settle(task, result);
    const { graph } = this.#input;
    const ended = [task];
    // A list that grows while it is gone through: chains may be long.
    for (const { id } of ended)
      for (const next of graph.dependents(id)) {
        const left = (this.#before.get(next) ?? 0) - 1;
        this.#before.set(next, left);
        const freed = left === 0 ? graph.task(next) : undefined;
        if (freed === undefined) continue;
        const missed = this.#consider(freed);
        if (missed === undefined) ended.push(freed);
        else this.#wait(missed);
      }
  }
}
