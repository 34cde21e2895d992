import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleGraph } from "../../test/support/sample-tasks.ts";
import type { TaskGraph } from "../graph/task.ts";
import { remainingPath, schedule, type FailureMode, type SkipReason } from "./schedule.ts";

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
  }: RigSettings = {},
): Promise<Rig> {
  const log: string[] = [];
  const running = new Map<string, (result: Result) => void>();
  const settled = schedule<Result, string>({
    ...{ graph, slots, mode, signal },
    lookup: ({ id }) => (hits.includes(id) ? { settled: "ok" } : { miss: id }),
    run: async ({ id }) => {
      log.push(id);
      const result = await new Promise<Result>((resolve) => running.set(id, resolve));
      running.delete(id);
      return result;
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
