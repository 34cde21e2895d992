import type { Capacity, Needs } from "./needs.ts";

/** What all running tasks take together, and whether another fits beside them. */
export class Slots {
  readonly #capacity: Capacity;
  readonly #held = new Set<string>();
  #cpu = 0;
  #memoryMb = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** Whether nothing at all fits: every task takes a slot. */
  get isFull(): boolean {
    return this.#cpu >= this.#capacity.cpu;
  }

  /** Whether a task with these needs fits beside those that hold theirs. */
  fits({ cpu, memoryMb, mutex }: Needs): boolean {
    return (
      this.#cpu + cpu <= this.#capacity.cpu &&
      this.#memoryMb + memoryMb <= this.#capacity.memoryMb &&
      !mutex.some((name) => this.#held.has(name))
    );
  }

  /** How many tasks with these needs fit beside those that hold theirs. */
  room({ cpu, memoryMb, mutex }: Needs): number {
    const bySlots = Math.floor((this.#capacity.cpu - this.#cpu) / cpu);
    const byMemory = memoryMb === 0 ? bySlots : Math.floor((this.#capacity.memoryMb - this.#memoryMb) / memoryMb);
    return Math.max(0, Math.min(bySlots, byMemory, mutex.length === 0 ? bySlots : 1));
  }

  take({ cpu, memoryMb, mutex }: Needs): void {
    this.#cpu += cpu;
    this.#memoryMb += memoryMb;
    for (const name of mutex) this.#held.add(name);
  }

  give({ cpu, memoryMb, mutex }: Needs): void {
    this.#cpu -= cpu;
    this.#memoryMb -= memoryMb;
    for (const name of mutex) this.#held.delete(name);
  }
}

/** These needs where more than there is counts as all: every task fits while nothing else runs. */
export function within({ cpu, memoryMb, mutex }: Needs, capacity: Capacity): Needs {
  return { cpu: Math.min(cpu, capacity.cpu), memoryMb: Math.min(memoryMb, capacity.memoryMb), mutex };
}
