import fc from "fast-check";
import { expect, test } from "vitest";
import { Lines, type Ready, type Taken } from "./lines.ts";
import { ONE_SLOT, type Capacity, type Needs } from "./needs.ts";

const CAPACITY: Capacity = { cpu: 4, memoryMb: 1000 };

const ready = (id: string, weight: number, needs: Partial<Needs> = {}): Ready => ({
  id,
  weight,
  needs: { ...ONE_SLOT, ...needs },
});

/** Lines with these tasks, and what is started now and after each end. */
function rig(tasks: readonly Ready[], capacity: Capacity = CAPACITY) {
  const lines = new Lines<Ready>(capacity);
  const running = new Map<string, Taken>();
  for (const task of tasks) lines.add(task);
  const startAll = (): string[] => {
    const started: string[] = [];
    for (let next = lines.start(); next !== undefined; next = lines.start()) {
      running.set(next.ready.id, next.taken);
      started.push(next.ready.id);
    }
    return started;
  };
  const end = (id: string): string[] => {
    const taken = running.get(id);
    if (taken === undefined) throw new Error(`${id} does not run`);
    running.delete(id);
    lines.end(taken);
    return startAll();
  };
  return { lines, running, startAll, end };
}

test("the greatest weight goes first, then the order of ids", () => {
  const { startAll } = rig([ready("b", 1), ready("z", 9), ready("a", 1)]);
  expect(startAll()).toEqual(["z", "a", "b"]);
});

test("the smallest rank goes first, whatever the weights are; 0 where it is not said", () => {
  const { startAll } = rig([
    { ...ready("a", 9), rank: 2 },
    { ...ready("b", 1), rank: 1 },
    ready("c", 1),
    ready("d", 2),
  ]);
  expect(startAll()).toEqual(["d", "c", "b", "a"]);
});

test("a task that does not fit waits, and one that fits goes before it", () => {
  const { startAll, end } = rig([ready("wide", 9, { cpu: 3 }), ready("wider", 8, { cpu: 2 }), ready("small", 1)]);
  expect(startAll()).toEqual(["wide", "small"]);
  expect(end("wide")).toEqual(["wider"]);
});

test("a task of more slots or more memory than there are takes all of them", () => {
  const { startAll, end } = rig([
    ready("huge", 9, { cpu: 99 }),
    ready("fat", 8, { memoryMb: 9999 }),
    ready("small", 1),
  ]);
  expect(startAll()).toEqual(["huge"]);
  expect(end("huge")).toEqual(["fat", "small"]);
});

test("memory is shared by those that say how much they take; the others take none of it", () => {
  const { startAll, end } = rig([
    ready("a", 9, { memoryMb: 600 }),
    ready("b", 8, { memoryMb: 600 }),
    ready("c", 7, { memoryMb: 400 }),
    ready("d", 6),
  ]);
  expect(startAll()).toEqual(["a", "c", "d"]);
  expect(end("c")).toEqual([]);
  expect(end("a")).toEqual(["b"]);
});

test("one task at a time holds a mutex, and others go on beside it", () => {
  const { startAll, end } = rig([
    ready("a", 9, { mutex: ["port"] }),
    ready("b", 8, { mutex: ["database", "port"] }),
    ready("c", 7, { mutex: ["database"] }),
    ready("d", 6),
  ]);
  expect(startAll()).toEqual(["a", "c", "d"]);
  expect(end("a")).toEqual([]);
  expect(end("c")).toEqual(["b"]);
});

test("a task that was passed over as often as there are slots is not passed over any more", () => {
  const small = Array.from({ length: 20 }, (_, at) => ready(`small-${String(at).padStart(2, "0")}`, 1));
  const { lines, startAll, end } = rig([ready("first", 9), ready("other", 9)], { cpu: 2, memoryMb: 0 });
  expect(startAll()).toEqual(["first", "other"]);
  for (const task of [ready("wide", 5, { cpu: 2 }), ...small]) lines.add(task);
  expect(end("first")).toEqual(["small-00"]);
  expect(end("small-00")).toEqual(["small-01"]);
  // Passed over twice: the slot that is free now is kept for it.
  expect(end("small-01")).toEqual([]);
  expect(end("other")).toEqual(["wide"]);
  expect(end("wide")).toEqual(["small-02", "small-03"]);
});

test("beside a task that is waited for goes on what leaves free what it needs", () => {
  const { lines, startAll, end } = rig([ready("holder", 9, { mutex: ["port"] })], { cpu: 3, memoryMb: 0 });
  expect(startAll()).toEqual(["holder"]);
  for (const task of [
    ready("next", 5, { mutex: ["port"] }),
    ...["a", "b", "c", "d", "e", "f"].map((id) => ready(id, 1)),
  ])
    lines.add(task);
  expect(startAll()).toEqual(["a", "b"]);
  expect(end("a")).toEqual(["c"]); // `next` has been passed over three times and reserves.
  expect(end("b")).toEqual(["d"]); // It needs a slot, and `holder` will give it one.
  expect(end("c")).toEqual(["e"]);
  expect(end("holder")).toEqual(["next"]);
});

test("what goes on beside a task that is waited for leaves it room all together, not each alone", () => {
  const { lines, startAll, end } = rig(["a", "b", "c", "d"].map((id) => ready(id, 9)));
  expect(startAll()).toEqual(["a", "b", "c", "d"]);
  for (const task of [ready("wide", 5, { cpu: 3 }), ...["1", "2", "3", "4", "5", "6"].map((id) => ready(id, 1))])
    lines.add(task);
  expect([end("a"), end("1"), end("2"), end("3")]).toEqual([["1"], ["2"], ["3"], ["4"]]);
  expect(end("4")).toEqual(["5"]); // One slot is not `wide`'s.
  expect(end("b")).toEqual([]);
  expect(end("c")).toEqual([]);
  expect(end("d")).toEqual(["wide"]);
});

test("all that waits can be taken out, first to last", () => {
  const { lines, startAll } = rig([ready("a", 1, { cpu: 4 }), ready("b", 3), ready("c", 2, { cpu: 2 })]);
  expect(lines.clear().map(({ id }) => id)).toEqual(["b", "c", "a"]);
  expect(startAll()).toEqual([]);
});

const needs = fc.record({
  cpu: fc.integer({ min: 1, max: 6 }),
  memoryMb: fc.constantFrom(0, 0, 300, 600, 2000),
  mutex: fc.constantFrom<readonly string[]>([], [], ["x"], ["y"], ["x", "y"]),
});

/** What is done next: tasks come, or one that runs ends, named by a number to take it by. */
const steps = fc.array(
  fc.oneof(
    fc.record({ add: fc.array(fc.record({ weight: fc.nat(5), needs }), { minLength: 1, maxLength: 6 }) }),
    fc.record({ end: fc.nat() }),
  ),
  { maxLength: 40 },
);

test("whatever is added and ends: never over a limit, first what comes first, no idle slot but for one that is waited for, and every task ends", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 5 }), (actions, cpu) => {
      const model = new Model({ cpu, memoryMb: 1000 });
      for (const action of actions)
        if ("add" in action) model.add(action.add);
        else model.end(action.end);
      while (model.running.size > 0) model.end(0);
      expect([...model.waiting.keys()]).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

interface Known extends Ready {
  /** As far as there is as much. */
  readonly least: Needs;
}

/** The same lines, and the rule as its words are: looked at task by task, without lines kept. */
class Model {
  readonly waiting = new Map<string, Known>();
  readonly running = new Map<string, { readonly known: Known; readonly taken: Taken }>();
  readonly #lines: Lines<Known>;
  readonly #capacity: Capacity;
  readonly #passed = new Map<string, number>();
  #made = 0;
  /** The needs that are waited for, what ran when that began, and what was started beside it. */
  #reserved: { readonly key: string; readonly ran: Set<string>; readonly beside: Set<string> } | undefined;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
    this.#lines = new Lines(capacity);
  }

  add(tasks: readonly { readonly weight: number; readonly needs: Needs }[]): void {
    for (const task of tasks) {
      const id = `t${String(this.#made++).padStart(4, "0")}`;
      const least = {
        ...task.needs,
        cpu: Math.min(task.needs.cpu, this.#capacity.cpu),
        memoryMb: Math.min(task.needs.memoryMb, this.#capacity.memoryMb),
      };
      const known = { id, ...task, least };
      this.waiting.set(id, known);
      this.#lines.add(known);
    }
    this.#start();
  }

  end(choice: number): void {
    const ids = [...this.running.keys()];
    const id = ids[choice % ids.length];
    const ended = id === undefined ? undefined : this.running.get(id);
    if (id === undefined || ended === undefined) return;
    this.running.delete(id);
    this.#reserved?.ran.delete(id);
    this.#reserved?.beside.delete(id);
    this.#lines.end(ended.taken);
    this.#start();
  }

  #start(): void {
    for (let next = this.#lines.start(); next !== undefined; next = this.#lines.start()) {
      const { ready: known, taken } = next;
      expect(known.id).toBe(this.#may()[0]?.id);
      this.waiting.delete(known.id);
      this.#count(known);
      this.running.set(known.id, { known, taken });
      expect(
        fits(
          [...this.running.values()].map((each) => each.known.least),
          this.#capacity,
        ),
      ).toBe(true);
      if (this.#reserved === undefined) this.#reserve();
      else this.#reserved.beside.add(known.id);
    }
    expect(this.#may()).toEqual([]);
    // What is waited for has to wait for nothing but what ran when that began.
    if (this.#reserved !== undefined) expect(this.#reserved.ran.size).toBeGreaterThan(0);
  }

  /** What may start now, first to last. */
  #may(): Known[] {
    const now = [...this.running.values()].map(({ known }) => known.least);
    return this.#sorted().filter(({ least }) => fits([...now, least], this.#capacity) && this.#leavesFree(least));
  }

  #leavesFree(least: Needs): boolean {
    const reserved = this.#reserved;
    if (reserved === undefined || keyOf(least) === reserved.key) return true;
    const kept = this.#sorted().find((known) => keyOf(known.least) === reserved.key);
    const beside = [...reserved.beside].flatMap((id) => this.running.get(id)?.known.least ?? []);
    return kept !== undefined && fits([kept.least, ...beside, least], this.#capacity);
  }

  #count({ least, ...started }: Known): void {
    const key = keyOf(least);
    const passed = new Set(
      this.#sorted()
        .filter((known) => isBefore(known, started))
        .map((known) => keyOf(known.least)),
    );
    passed.delete(key);
    for (const each of passed) this.#passed.set(each, (this.#passed.get(each) ?? 0) + 1);
    this.#passed.delete(key);
    if (this.#reserved?.key === key) this.#reserved = undefined;
  }

  #reserve(): void {
    const next = this.#sorted().find(({ least }) => (this.#passed.get(keyOf(least)) ?? 0) >= this.#capacity.cpu);
    if (next !== undefined)
      this.#reserved = { key: keyOf(next.least), ran: new Set(this.running.keys()), beside: new Set() };
  }

  #sorted(): Known[] {
    return [...this.waiting.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }
}

function isBefore(a: Ready, b: Ready): boolean {
  return a.weight > b.weight || (a.weight === b.weight && a.id < b.id);
}

function keyOf({ cpu, memoryMb, mutex }: Needs): string {
  return [cpu, memoryMb, ...mutex].join(" ");
}

function fits(all: readonly Needs[], { cpu, memoryMb }: Capacity): boolean {
  const names = all.flatMap(({ mutex }) => mutex);
  return (
    all.reduce((sum, each) => sum + each.cpu, 0) <= cpu &&
    all.reduce((sum, each) => sum + each.memoryMb, 0) <= memoryMb &&
    new Set(names).size === names.length
  );
}

test("tasks of one batch fill the free slots with as few processes as there are slots, and at most `max` go together", () => {
  const batched = (max: number): readonly Ready[] =>
    ["a", "b", "c", "d", "e"].map((id) => ({ ...ready(id, 1), batch: { key: "lint", max } }));
  const groups = (tasks: readonly Ready[], cpu: number): string[] => {
    const { lines } = rig(tasks, { cpu, memoryMb: 1000 });
    const started: string[] = [];
    for (let next = lines.start(); next !== undefined; next = lines.start())
      started.push([next.ready, ...next.others].map(({ id }) => id).join(""));
    return started;
  };
  expect(groups(batched(10), 2)).toEqual(["abc", "de"]);
  expect(groups(batched(2), 2)).toEqual(["ab", "cd"]);
  expect(groups(batched(10), 4)).toEqual(["ab", "c", "d", "e"]);
  expect(groups([...batched(10).slice(0, 2), { ...ready("x", 1), batch: { key: "other", max: 10 } }], 1)).toEqual([
    "ab",
  ]);
});
