import { expect, test } from "vitest";
import type { Envelope } from "../core/event.ts";
import { createEmitter } from "./emitter.ts";
import type { Reporter } from "./reporter.ts";

test("each event is stamped with run, number and time since the start, and goes to every reporter", () => {
  const seen: Envelope[][] = [[], []];
  const reporters: Reporter[] = seen.map((list) => ({
    handle: (envelope) => void list.push(envelope),
    close: () => undefined,
  }));
  const times = [1000.2, 1000.9, 1061.4];
  const emit = createEmitter({ run: "r1", now: () => times.shift() ?? 0, reporters });
  emit({ type: "task-started" }, "api:ruff");
  emit({ type: "project-affected", project: "api", reason: "changed" });
  expect(seen[0]).toEqual([
    { v: 1, run: "r1", seq: 0, t: 1, task: "api:ruff", event: { type: "task-started" } },
    { v: 1, run: "r1", seq: 1, t: 61, event: { type: "project-affected", project: "api", reason: "changed" } },
  ]);
  expect(seen[1]).toEqual(seen[0]);
});
