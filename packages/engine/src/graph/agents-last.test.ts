import { expect, test } from "vitest";
import { agentsLast } from "./agents-last.ts";
import type { Task, TaskGraph } from "./task.ts";

/** Tasks in their order, each with what it waits for; those whose name begins with `agent` are done by one. */
function graphOf(tasks: Readonly<Record<string, readonly string[]>>): TaskGraph {
  const order = Object.entries(tasks).map(([id, dependsOn]) => {
    const atom = id.startsWith("agent") ? { kind: "edit", ask: () => ({}) } : { kind: "check", command: () => ({}) };
    return { id, dependsOn, atom } as unknown as Task;
  });
  return { order } as unknown as TaskGraph;
}

test.each<[string, Readonly<Record<string, readonly string[]>>]>([
  ["without an agent", { a: [], b: ["a"] }],
  ["with agents alone", { agent1: [], agent2: [] }],
  ["with one after another", { agent1: [], agent2: ["agent1"] }],
  ["with all others before one", { a: [], b: ["a"], c: [], agent1: ["b"], agent2: ["c"] }],
])("a run %s is allowed", (_, tasks) => {
  expect(agentsLast(graphOf(tasks))).toBeUndefined();
});

test.each<[string, string, Readonly<Record<string, readonly string[]>>]>([
  ["after an agent", "b would run what is changed by", { agent1: [], b: ["agent1"] }],
  ["after one and before another", "b would run what is changed by", { agent1: [], b: ["agent1"], agent2: ["b"] }],
  ["beside one", "b runs beside", { a: [], b: ["a"], agent1: ["a"] }],
])("a task %s is refused", (_, said, tasks) => {
  expect(agentsLast(graphOf(tasks))).toMatchObject({ code: "SYM3013", message: expect.stringContaining(said) });
});
