import { byCodeUnit } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import { createHeap, type Heap } from "./heap.ts";
import type { Capacity, Needs } from "./needs.ts";
import { Slots, within } from "./slots.ts";

/** A task that could start if what it needs were free. */
export interface Ready {
  readonly id: TaskId;
  /** The smaller goes first, whatever their weights are; 0 where it is not said. */
  readonly rank?: number;
  /** How long it and the longest chain after it are expected to take: of the same rank the greatest goes first. */
  readonly weight: number;
  readonly needs: Needs;
  readonly batch?: BatchOf;
}

/** With which tasks one may share a process: those with the same key, `max` at most. */
export interface BatchOf {
  readonly key: string;
  readonly max: number;
}

/** That a task has taken what it needs. */
export interface Taken {
  readonly needs: Needs;
  /** The reservation beside which it was started; 0 where there was none. */
  readonly beside: number;
}

/** Tasks with the same needs, and of the same batch: either the first of them fits or none does. */
interface Line<T extends Ready> {
  readonly key: string;
  readonly needs: Needs;
  readonly waiting: Heap<T>;
  /** How often a task that comes after the first of this line was started before it, since one of this line was started. */
  passed: number;
}

/**
 * The ready tasks, in lines by what they need. The first by rank and weight that fits is started, so nothing waits for one that
 * does not fit. A line that was passed over as often as there are slots reserves what its first task needs: from then on
 * only what leaves that free is started, until it runs. So it waits at most for what ran when it reserved.
 */
export class Lines<T extends Ready> {
  readonly #capacity: Capacity;
  readonly #slots: Slots;
  readonly #lines = new Map<string, Line<T>>();
  #reserved: Line<T> | undefined;
  /** What the reserved line needs and those take that were started beside it. */
  #beside: Slots;
  #reservation = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
    this.#slots = new Slots(capacity);
    this.#beside = new Slots(capacity);
  }

  add(ready: T): void {
    const needs = within(ready.needs, this.#capacity);
    const key = JSON.stringify([needs.cpu, needs.memoryMb, needs.mutex, ready.batch?.key ?? null]);
    const line = this.#lines.get(key) ?? { key, needs, waiting: createHeap<T>(isBefore), passed: 0 };
    this.#lines.set(key, line);
    line.waiting.push(ready);
  }

  /** The task to start now, those that share its process, and what it takes taken; undefined where none may start. */
  start(): { readonly ready: T; readonly others: readonly T[]; readonly taken: Taken } | undefined {
    const line = this.#slots.isFull ? undefined : this.#best();
    const ready = line?.waiting.first();
    if (line === undefined || ready === undefined) return undefined;
    for (const other of this.#lines.values()) {
      const first = other.waiting.first();
      if (first !== undefined && isBefore(first, ready)) other.passed += 1;
    }
    line.waiting.pop();
    const others = this.#others(line, ready);
    line.passed = 0;
    if (line.waiting.size === 0) this.#lines.delete(line.key);
    if (line === this.#reserved) this.#reserved = undefined;
    const taken = { needs: line.needs, beside: this.#reserved === undefined ? 0 : this.#reservation };
    this.#slots.take(line.needs);
    if (this.#reserved === undefined) this.#reserve();
    else this.#beside.take(line.needs);
    return { ready, others, taken };
  }

  /** Gives back what a task took. */
  end({ needs, beside }: Taken): void {
    this.#slots.give(needs);
    if (this.#reserved !== undefined && beside === this.#reservation) this.#beside.give(needs);
  }

  /** Takes every waiting task out, first to last. */
  clear(): readonly T[] {
    const waiting: T[] = [];
    for (const { waiting: heap } of this.#lines.values())
      for (let next = heap.pop(); next !== undefined; next = heap.pop()) waiting.push(next);
    this.#lines.clear();
    this.#reserved = undefined;
    return waiting.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** Those that go with a task into one process: its share of what waits, were all free slots filled with such processes. */
  #others({ waiting, needs }: Line<T>, { batch }: T): readonly T[] {
    if (batch === undefined) return [];
    const share = Math.ceil((waiting.size + 1) / Math.max(1, this.#slots.room(needs)));
    const others: T[] = [];
    while (others.length + 1 < Math.min(share, batch.max)) {
      const next = waiting.pop();
      if (next === undefined) break;
      others.push(next);
    }
    return others;
  }

  #best(): Line<T> | undefined {
    let best: Line<T> | undefined;
    for (const line of this.#lines.values()) {
      const [first, other] = [line.waiting.first(), best?.waiting.first()];
      if (first === undefined || (other !== undefined && !isBefore(first, other))) continue;
      if (this.#slots.fits(line.needs) && this.#leavesReserved(line)) best = line;
    }
    return best;
  }

  #leavesReserved(line: Line<T>): boolean {
    return this.#reserved === undefined || line === this.#reserved || this.#beside.fits(line.needs);
  }

  #reserve(): void {
    let next: Line<T> | undefined;
    for (const line of this.#lines.values()) {
      const [first, other] = [line.waiting.first(), next?.waiting.first()];
      if (first === undefined || line.passed < this.#capacity.cpu) continue;
      if (other === undefined || isBefore(first, other)) next = line;
    }
    if (next === undefined) return;
    this.#reserved = next;
    this.#reservation += 1;
    this.#beside = new Slots(this.#capacity);
    this.#beside.take(next.needs);
  }
}

function isBefore(a: Ready, b: Ready): boolean {
  const [one = 0, other = 0] = [a.rank, b.rank];
  if (one !== other) return one < other;
  return a.weight === b.weight ? byCodeUnit(a.id, b.id) < 0 : a.weight > b.weight;
}
