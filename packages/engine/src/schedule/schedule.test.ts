import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleGraph } from "../../test/support/sample-tasks.ts";
import type { TaskGraph } from "../graph/task.ts";
import { ONE_SLOT, type Needs } from "./needs.ts";
import { remainingPath } from "./remaining-path.ts";
import { schedule, type FailureMode, type SkipReason } from "./schedule.ts";

type Result = "ok" | "failed" | "blocked" | "skipped";

/** A run whose tasks end when the test says so. */
interface Rig {
  readonly log: string[];
  readonly running: Map<string, (result: Result) => void>;
  readonly settled: Promise<ReadonlyMap<string, Result>>;
  /** Ends a task and lets everything that follows from it happen. */
  end(id: string, result?: Result): Promise<void>;
}

interface RigSettings {
  readonly slots?: number;
  readonly mode?: FailureMode;
  readonly signal?: AbortSignal;
  /** Tasks that are known and need not run. */
  readonly hits?: readonly string[];
  readonly expectedMs?: (id: string) => number;
  readonly barrier?: boolean;
  readonly memoryMb?: number;
  readonly needs?: (id: string) => Partial<Needs>;
}

const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function start(
  graph: TaskGraph,
  {
    slots = 10,
    mode = "independent",
    signal = new AbortController().signal,
    hits = [],
    expectedMs = () => 1,
    barrier = false,
    memoryMb = 1000,
    needs = () => ({}),
  }: RigSettings = {},
): Promise<Rig> {
  const log: string[] = [];
  const running = new Map<string, (result: Result) => void>();
  const settled = schedule<Result, string>({
    ...{ graph, capacity: { cpu: slots, memoryMb }, mode, signal, barrier },
    lookup: ({ id }) => (hits.includes(id) ? { settled: "ok" } : { miss: id, needs: { ...ONE_SLOT, ...needs(id) } }),
    run: async ([{ task }]) => {
      const { id } = task;
      log.push(id);
      const result = await new Promise<Result>((resolve) => running.set(id, resolve));
      running.delete(id);
      return [result];
    },
    skip: ({ id }, because) => {
      log.push(`${id} skipped: ${told(because)}`);
      return because.kind === "blocked" ? "blocked" : "skipped";
    },
    outcome: (result) => (result === "ok" || result === "blocked" ? result : "failed"),
    expectedMs: ({ id }) => expectedMs(id),
  });
  await idle();
  const end = async (id: string, result: Result = "ok"): Promise<void> => {
    running.get(id)?.(result);
    await idle();
  };
  return { log, running, settled, end };
}

function told(because: SkipReason<Result>): string {
  return because.kind === "stopped" ? "stopped" : `${because.by} ${because.kind}`;
}

test("a task starts when all before it have ended, whatever else runs", async () => {
  const rig = await start(sampleGraph({ a: [], b: ["a"], slow: [], last: ["b", "slow"] }));
  expect(rig.log).toEqual(["a", "slow"]);
  await rig.end("a");
  expect(rig.log).toEqual(["a", "slow", "b"]);
  await rig.end("b");
  await rig.end("slow");
  await rig.end("last");
  expect([...(await rig.settled).keys()]).toEqual(["a", "b", "slow", "last"]);
});

test("what is known is settled in one pass, and frees what waits for it", async () => {
  const rig = await start(sampleGraph({ a: [], b: ["a"], c: ["b"], d: ["c"] }), { hits: ["a", "b", "d"] });
  expect(rig.log).toEqual(["c"]);
  await rig.end("c");
  expect(await rig.settled).toEqual(
    new Map([
      ["a", "ok"],
      ["b", "ok"],
      ["c", "ok"],
      ["d", "ok"],
    ]),
  );
});

test("the longest remaining path goes first, then the order of ids", async () => {
  const rig = await start(sampleGraph({ brief: [], after: ["brief"], long: [], other: [] }), {
    slots: 1,
    expectedMs: (id) => ({ brief: 10, after: 30, long: 35 })[id] ?? 5,
  });
  for (let id = rig.log.at(-1); rig.running.size > 0; id = rig.log.at(-1)) await rig.end(id ?? "");
  expect(rig.log).toEqual(["brief", "long", "after", "other"]);
});

test("a path's weight is its own time and the longest after it", () => {
  const times: Record<string, number> = { a: 1, b: 2, c: 4, d: 8 };
  expect(
    Object.fromEntries(remainingPath(sampleGraph({ a: [], b: ["a"], c: ["a"], d: ["b"] }), ({ id }) => times[id] ?? 0)),
  ).toEqual({ a: 11, b: 10, c: 4, d: 8 });
});

test.each<[FailureMode, string[]]>([
  ["independent", ["a", "b skipped: a failed", "c skipped: b failed", "x"]],
  ["never", ["a", "b skipped: a failed", "c skipped: a failed", "x skipped: a failed"]],
  ["always", ["a", "b", "c", "x"]],
])("after a failure, in the mode %s", async (mode, expected) => {
  const rig = await start(sampleGraph({ a: [], b: ["a"], c: ["b"], x: [] }), {
    slots: 1,
    mode,
    expectedMs: (id) => (id === "x" ? 0 : 1),
  });
  await rig.end("a", "failed");
  for (const id of ["b", "c", "x"]) await rig.end(id);
  expect((await rig.settled).size).toBe(4);
  expect(rig.log.sort()).toEqual(expected.sort());
});

test("what waits for a task that is blocked is skipped, and nothing counts as failed", async () => {
  const rig = await start(sampleGraph({ a: [], b: ["a"], x: [], y: ["x"] }), { slots: 1, mode: "never" });
  await rig.end("a", "blocked");
  expect(rig.log).toEqual(["a", "b skipped: a blocked", "x"]);
  await rig.end("x");
  await rig.end("y");
  expect((await rig.settled).get("y")).toBe("ok");
});

test("an abort starts nothing more; what runs is waited for", async () => {
  const controller = new AbortController();
  const rig = await start(sampleGraph({ a: [], b: ["a"], c: [], d: [] }), { slots: 1, signal: controller.signal });
  controller.abort();
  await rig.end("a");
  expect(rig.log).toEqual(
    ["a", "b skipped: stopped", "c skipped: stopped", "d skipped: stopped"].sort(
      (x, y) => Number(x !== "a") - Number(y !== "a"),
    ),
  );
  expect((await rig.settled).size).toBe(4);
});

test("whatever the graph, the slots and the order of ends: each task once, after those before it, and no slot idles", async () => {
  const edges = fc
    .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
    .map((rows) =>
      Object.fromEntries(
        rows.map((row, index) => [
          `t${String(index)}`,
          index === 0 ? [] : [...new Set(row.map((before) => `t${String(before % index)}`))],
        ]),
      ),
    );
  await fc.assert(
    fc.asyncProperty(
      edges,
      fc.integer({ min: 1, max: 4 }),
      fc.infiniteStream(fc.nat()),
      async (graph, slots, choices) => {
        const rig = await start(sampleGraph(graph), { slots });
        const ended = new Set<string>();
        while (rig.running.size > 0) {
          const ready = Object.keys(graph).filter(
            (id) => !rig.log.includes(id) && (graph[id] ?? []).every((before) => ended.has(before)),
          );
          expect(rig.running.size).toBe(Math.min(slots, rig.running.size + ready.length));
          const names = [...rig.running.keys()];
          for (const name of names) for (const before of graph[name] ?? []) expect(ended).toContain(before);
          const next = names[(choices.next().value as number) % names.length] ?? "";
          ended.add(next);
          await rig.end(next);
        }
        expect([...rig.log].sort()).toEqual(Object.keys(graph).sort());
        expect((await rig.settled).size).toBe(Object.keys(graph).length);
      },
    ),
    { numRuns: 60 },
  );
});

test("with the barrier a level starts when the level before has ended, and what is known settles at once", async () => {
  const graph = sampleGraph({ a: [], slow: [], b: ["a"], known: ["a"], c: ["b"], d: ["known"] });
  const rig = await start(graph, { barrier: true, hits: ["known"] });
  expect(rig.log).toEqual(["a", "slow"]);
  await rig.end("a");
  expect(rig.log).toEqual(["a", "slow"]);
  await rig.end("slow");
  expect(rig.log).toEqual(["a", "slow", "b"]);
  await rig.end("b");
  expect(rig.log).toEqual(["a", "slow", "b", "c", "d"]);
  await rig.end("c");
  await rig.end("d");
  expect((await rig.settled).size).toBe(6);
});

test("with the barrier, levels of which all is known hold nothing up", async () => {
  const rig = await start(sampleGraph({ a: [], b: ["a"], c: ["b"] }), { barrier: true, hits: ["a", "b"] });
  expect(rig.log).toEqual(["c"]);
  await rig.end("c");
  expect((await rig.settled).size).toBe(3);
});

test("what the barrier holds is skipped when the run is stopped", async () => {
  const controller = new AbortController();
  const rig = await start(sampleGraph({ a: [], slow: [], b: ["a"] }), { barrier: true, signal: controller.signal });
  await rig.end("a");
  controller.abort();
  await rig.end("slow");
  expect(rig.log).toEqual(["a", "slow", "b skipped: stopped"]);
  expect((await rig.settled).size).toBe(3);
});

test("what the barrier holds further on is skipped too, though its level never opens", async () => {
  const controller = new AbortController();
  const rig = await start(sampleGraph({ a: [], slow: [], b: ["a"], known: ["a"], d: ["known"] }), {
    ...{ barrier: true, signal: controller.signal, hits: ["known"] },
  });
  await rig.end("a");
  controller.abort();
  await rig.end("slow");
  expect(rig.log).toEqual(["a", "slow", "b skipped: stopped", "d skipped: stopped"]);
  expect((await rig.settled).size).toBe(5);
});

test("a task waits for what it needs, and what comes after it waits for it", async () => {
  const rig = await start(sampleGraph({ a: [], b: [], c: ["b"], d: [] }), {
    needs: (id) => (id === "d" ? {} : { mutex: ["port"] }),
    expectedMs: (id) => (id === "a" ? 100 : 1),
  });
  expect(rig.log).toEqual(["a", "d"]);
  await rig.end("a");
  await rig.end("b");
  expect(rig.log).toEqual(["a", "d", "b", "c"]);
  await rig.end("c");
  await rig.end("d");
  expect((await rig.settled).size).toBe(4);
});

test("in the mode never, what waits for a mutex is given up with the rest", async () => {
  const rig = await start(sampleGraph({ a: [], b: [], c: [] }), {
    mode: "never",
    needs: (id) => (id === "c" ? {} : { mutex: ["port"] }),
  });
  await rig.end("c", "failed");
  expect(rig.log).toEqual(["a", "c", "b skipped: c failed"]);
  await rig.end("a");
  expect((await rig.settled).size).toBe(3);
});

test("while everything is known no duration is asked for and nothing waits for a promise", () => {
  const graph = sampleGraph({ a: [], b: ["a"], c: ["a", "b"] });
  const settled: string[] = [];
  const never = (): never => {
    throw new Error("not asked");
  };
  void schedule<Result, string>({
    ...{ graph, capacity: { cpu: 1, memoryMb: 1 }, mode: "independent", barrier: false },
    signal: new AbortController().signal,
    lookup: ({ id }) => {
      settled.push(id);
      return { settled: "ok" };
    },
    run: never,
    skip: never,
    outcome: () => "ok",
    expectedMs: never,
  });
  expect(settled).toEqual(["a", "b", "c"]);
});

test("a bug in a task's run ends the schedule with it", async () => {
  const failing = schedule<Result, string>({
    ...{ graph: sampleGraph({ a: [] }), capacity: { cpu: 1, memoryMb: 1 }, mode: "independent", barrier: false },
    signal: new AbortController().signal,
    lookup: ({ id }) => ({ miss: id, needs: ONE_SLOT }),
    run: () => Promise.reject(new Error("a bug")),
    skip: () => "skipped",
    outcome: () => "ok",
    expectedMs: () => 1,
  });
  await expect(failing).rejects.toThrow("a bug");
});

test("whatever the graph, the needs, the barrier and the order of ends: each task once, after those before it, within the limits", async () => {
  const task = fc.record({
    before: fc.array(fc.nat(), { maxLength: 3 }),
    needs: fc.record({
      cpu: fc.integer({ min: 1, max: 4 }),
      memoryMb: fc.constantFrom(0, 400, 900),
      mutex: fc.constantFrom<readonly string[]>([], ["x"], ["x", "y"]),
    }),
    ms: fc.nat(50),
    isHit: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(task, { minLength: 1, maxLength: 14 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      async (tasks, barrier, choices) => {
        const name = (at: number): string => `t${String(at)}`;
        const of = (id: string): (typeof tasks)[number] | undefined => tasks[Number(id.slice(1))];
        const edges = Object.fromEntries(
          tasks.map(({ before }, at) => [
            name(at),
            at === 0 ? [] : [...new Set(before.map((each) => name(each % at)))],
          ]),
        );
        const graph = sampleGraph(edges);
        const hits = tasks.flatMap(({ isHit }, at) => (isHit ? [name(at)] : []));
        const rig = await start(graph, {
          ...{ slots: 4, memoryMb: 1000, barrier, hits },
          needs: (id) => of(id)?.needs ?? {},
          expectedMs: (id) => of(id)?.ms ?? 0,
        });
        const ended = new Set<string>();
        while (rig.running.size > 0) {
          const running = [...rig.running.keys()];
          const sum = (key: "cpu" | "memoryMb"): number =>
            running.reduce((all, id) => all + (of(id)?.needs[key] ?? 0), 0);
          expect(sum("cpu")).toBeLessThanOrEqual(4);
          expect(sum("memoryMb")).toBeLessThanOrEqual(1000);
          expect(running.filter((id) => of(id)?.needs.mutex.includes("x")).length).toBeLessThanOrEqual(1);
          for (const id of running) {
            for (const before of edges[id] ?? []) expect([...ended, ...hits]).toContain(before);
            if (barrier)
              for (const other of graph.order)
                if (graph.level(other.id) < graph.level(id)) expect([...ended, ...hits]).toContain(other.id);
          }
          const next = running[(choices.next().value as number) % running.length] ?? "";
          ended.add(next);
          await rig.end(next);
        }
        expect([...rig.log].sort()).toEqual(
          Object.keys(edges)
            .filter((id) => !hits.includes(id))
            .sort(),
        );
        expect((await rig.settled).size).toBe(tasks.length);
      },
    ),
    { numRuns: 60 },
  );
});
