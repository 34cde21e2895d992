import { expect, test } from "vitest";
import type { RunEvent } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Journal } from "../journal/journal.ts";
import type { JournalEntry } from "../journal/journal-entry.ts";
import type { JournalState } from "../journal/read-journal.ts";
import type { Step, StepEnd } from "../plugin/workflow.ts";
import { runSteps } from "./run-steps.ts";
import { stepGraph } from "./step-graph.ts";
import { endedBefore } from "./step-journal.ts";

const OK: StepEnd = { status: "ok", summary: "well", data: {} };
const FAILED: StepEnd = { status: "failed", summary: "not well", data: {} };

function step(id: TaskId, after: readonly TaskId[] = [], more: Partial<Step> = {}): Step {
  return {
    ...{ id, subject: "x", title: id, after, key: "k" },
    work: () => ({ kind: "tell", status: "ok", summary: id, data: {} }),
    ...more,
  };
}

interface Ran {
  readonly done: readonly TaskId[];
  readonly ends: Readonly<Record<TaskId, string>>;
  readonly entries: readonly JournalEntry[];
  readonly events: readonly RunEvent[];
}

async function ran(
  steps: readonly Step[],
  {
    ends = {},
    earlier = {},
    stopAt,
  }: {
    readonly ends?: Readonly<Record<TaskId, StepEnd>>;
    readonly earlier?: Readonly<Record<TaskId, StepEnd>>;
    readonly stopAt?: TaskId;
  } = {},
): Promise<Ran> {
  const graph = stepGraph({ name: "w", steps, passed: () => true });
  if (!graph.ok) throw new Error("it has a cycle");
  const [done, entries, events]: [TaskId[], JournalEntry[], RunEvent[]] = [[], [], []];
  const journal: Journal = {
    append: (entry) => entries.push(entry) > 0,
    isWritable: () => true,
    problems: () => [],
    close: () => undefined,
  };
  const stop = new AbortController();
  const result = await runSteps({
    ...{ graph: graph.value, journal, agents: 2, now: () => 0, signal: stop.signal },
    emit: (event) => void events.push(event),
    earlier: ({ id }) => earlier[id],
    doStep({ id }) {
      done.push(id);
      if (id === stopAt) stop.abort("SIGTERM");
      return Promise.resolve(ends[id] ?? OK);
    },
  });
  return { done, entries, events, ends: Object.fromEntries([...result].map(([id, { status }]) => [id, status])) };
}

test("each step is done when all before it have ended, however they ended", async () => {
  const { done, ends } = await ran([step("x:c", ["x:b"]), step("x:b", ["x:a"]), step("x:a")], {
    ends: { "x:a": FAILED },
  });
  expect(done).toEqual(["x:a", "x:b", "x:c"]);
  expect(ends).toEqual({ "x:a": "failed", "x:b": "ok", "x:c": "ok" });
});

test("of the steps that could begin, those with the smallest rank do, and what comes after them before others", async () => {
  const chain = (name: string, rank: number): readonly Step[] => [
    step(`${name}:1`, [], { rank }),
    step(`${name}:2`, [`${name}:1`], { rank }),
  ];
  const { done } = await ran([...chain("a", 2), ...chain("b", 1), ...chain("c", 0), ...chain("d", 0)]);
  expect(done).toEqual(["c:1", "d:1", "c:2", "d:2", "b:1", "a:1", "b:2", "a:2"]);
});

test("a step says itself what those before it mean, and why it is skipped", async () => {
  const wants = step("x:b", ["x:a"], {
    when: (before) => before("x:a")?.status === "ok" || { skipped: "a is not well" },
  });
  const { done, events } = await ran([step("x:a"), wants], { ends: { "x:a": FAILED } });
  expect(done).toEqual(["x:a"]);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "task-finished", status: "skipped", reason: "a is not well" }),
  );
});

test("a step is written down before it begins and when it has ended", async () => {
  const { entries } = await ran([step("x:a")]);
  expect(entries).toMatchObject([
    { type: "started", task: "x:a" },
    { type: "ended", task: "x:a", status: "ok", evidence: { data: {} } },
  ]);
});

test("what ended in the run before is not done again, until something before it ends anew", async () => {
  const steps = [step("x:a"), step("x:b", ["x:a"]), step("x:c", ["x:b"]), step("x:d", ["x:c"])];
  const first = await ran(steps, { earlier: { "x:a": OK, "x:b": FAILED } });
  expect(first.done).toEqual(["x:c", "x:d"]);
  expect(first.ends).toEqual({ "x:a": "ok", "x:b": "failed", "x:c": "ok", "x:d": "ok" });
  // What came after a step that broke was decided by that: it is decided anew.
  const second = await ran(steps, { earlier: { "x:a": OK, "x:c": FAILED, "x:d": FAILED } });
  expect(second.done).toEqual(["x:b", "x:c", "x:d"]);
});

test("a plugin's step that throws is broken, and others are not", async () => {
  const bad = step("x:a", [], {
    work: () => {
      throw new Error("no such thing");
    },
  });
  const { ends, events } = await ran([bad, step("x:b")]);
  expect(ends).toEqual({ "x:a": "broken", "x:b": "ok" });
  expect(events).toContainEqual(
    expect.objectContaining({ status: "broken", reason: expect.stringContaining("no such thing") }),
  );
});

test("what a stopped run made of a step says nothing of it, and nothing more is begun", async () => {
  const { done, ends, entries } = await ran([step("x:a"), step("x:b", ["x:a"])], {
    ends: { "x:a": FAILED },
    stopAt: "x:a",
  });
  expect(done).toEqual(["x:a"]);
  expect(ends).toEqual({ "x:a": "broken", "x:b": "skipped" });
  expect(entries.at(-1)).toMatchObject({ type: "ended", status: "broken" });
});

test("what a step finds is told before its end, kept in the journal, and told again when the run is gone on with", async () => {
  const finding = { tool: "codex", rule: "review-high", level: "error" as const, message: "m", file: "a.py" };
  const found = {
    tool: "codex",
    findings: [{ type: "finding" as const, finding, fingerprint: "f" }],
    mended: ["e"],
  };
  const first = await ran([step("x:a")], { ends: { "x:a": { ...OK, found } } });
  expect(first.events).toMatchObject([
    { type: "task-started" },
    { type: "finding", fingerprint: "f" },
    { type: "task-finished", tool: "codex", mended: ["e"] },
  ]);
  const tasks = new Map(
    first.entries.flatMap((entry) => (entry.type === "ended" ? [[entry.task, entry] as const] : [])),
  );
  const earlier = endedBefore({ tasks } as unknown as JournalState);
  const again = await ran([step("x:a")], { earlier: { "x:a": earlier(step("x:a")) ?? FAILED } });
  expect(again.done).toEqual([]);
  expect(again.events).toMatchObject([
    { type: "finding", fingerprint: "f" },
    { type: "task-finished", resumed: true, tool: "codex", mended: ["e"] },
  ]);
});
