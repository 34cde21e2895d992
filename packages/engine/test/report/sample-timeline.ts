import type { Envelope, PlannedTask, RunEvent, TaskFinished } from "../../src/core/event.ts";
import { started } from "./sample-run.ts";

/** An event at a time, of a task where there is one. */
export type At = readonly [t: number, event: RunEvent, task?: string];

/** Envelopes of a run `r1` with these events. */
export function eventsAt(...steps: readonly At[]): Envelope[] {
  return steps.map(([t, event, task], seq) => ({
    ...{ v: 1, run: "20261121-023107-7c1a", seq, t },
    ...(task === undefined ? {} : { task }),
    event,
  }));
}

/** A plan whose tasks are given as `project:atom`, each with what it depends on; the title is the atom's name. */
export function planOf(tasks: Readonly<Record<string, readonly string[]>>): RunEvent {
  const levels = new Map<string, number>();
  const planned = Object.entries(tasks).map(([id, dependsOn]): PlannedTask => {
    const [project = "", atom = ""] = id.split(":");
    const level = Math.max(0, ...dependsOn.map((before) => (levels.get(before) ?? 0) + 1));
    levels.set(id, level);
    return { id, project, atom, title: atom, level, dependsOn };
  });
  return { type: "plan-ready", levels: Math.max(...levels.values()) + 1, tasks: planned };
}

export const BEGIN: RunEvent = { type: "task-started" };

/** The end of a task that ran. */
export function end(durationMs: number, more: Partial<TaskFinished> = {}): TaskFinished {
  return { type: "task-finished", status: "ok", cache: "miss", durationMs, savedMs: 0, summary: "ok", ...more };
}

/** A hit that saved so many milliseconds. */
export function hit(savedMs: number, more: Partial<TaskFinished> = {}): TaskFinished {
  return end(0, { cache: "hit", savedMs, ...more });
}

/**
 * Two slots: `core:lint` is known, `core:build` and `docs:build` run at once, `app:build` waits for the first and for a
 * slot, `app:test` fails, `app:push` is skipped for it.
 */
export const SAMPLE: readonly Envelope[] = eventsAt(
  [0, { ...started, slots: 2 }],
  [
    5,
    planOf({
      "core:lint": [],
      "core:build": [],
      "docs:build": [],
      "app:build": ["core:build"],
      "app:test": ["app:build", "core:lint"],
      "app:push": ["app:test"],
    }),
  ],
  [6, hit(4000), "core:lint"],
  [10, BEGIN, "core:build"],
  [12, BEGIN, "docs:build"],
  [1010, end(1000, { missed: "core/a.ts changed" }), "core:build"],
  [1011, BEGIN, "app:build"],
  [1812, end(1800, { missed: "never run here before" }), "docs:build"],
  [3011, end(2000, { missed: "core:build gave another result" }), "app:build"],
  [3015, BEGIN, "app:test"],
  [4515, end(1500, { status: "failed", summary: "2 failed", reason: "2 failed" }), "app:test"],
  [
    4516,
    end(0, { status: "skipped", cache: "off", summary: "app:test failed", reason: "app:test failed" }),
    "app:push",
  ],
  [
    4520,
    {
      type: "run-finished",
      exitCode: 1,
      durationMs: 4520,
      savedMs: 4000,
      tasks: { total: 6, ok: 4, failed: 1, broken: 0, skipped: 1, cached: 1 },
      directory: ".symbiotic/runs/20261121-023107-7c1a",
    },
  ],
);

/** The same run, killed while `app:test` ran. */
export const KILLED: readonly Envelope[] = SAMPLE.slice(
  0,
  SAMPLE.findIndex(({ t }) => t === 4515),
);
