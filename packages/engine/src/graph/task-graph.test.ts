import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleGraph, sampleTask } from "../../test/support/sample-tasks.ts";
import { createTaskGraph } from "./task-graph.ts";

test("levels count the steps before a task at least; ties are in order of id", () => {
  const graph = sampleGraph({ d: ["b", "c"], c: ["a"], b: [], a: [] });
  expect(graph.order.map(({ id }) => [id, graph.level(id)])).toEqual([
    ["a", 0],
    ["b", 0],
    ["c", 1],
    ["d", 2],
  ]);
  expect(graph.levels).toBe(3);
  expect(graph.dependents("a")).toEqual(["c"]);
});

test("an empty graph has no levels", () => {
  expect(sampleGraph({})).toMatchObject({ order: [], levels: 0 });
});

test("a dependency that is not in the graph counts for nothing", () => {
  expect(sampleGraph({ a: ["elsewhere"] }).order.map(({ id }) => id)).toEqual(["a"]);
});

test("every cycle is refused, each by a path that can be walked", () => {
  const edges = { a: ["b"], b: ["a"], c: ["e"], d: ["c"], e: ["d"], f: ["f"], g: ["a"] };
  const refused = createTaskGraph(Object.entries(edges).map(([id, before]) => sampleTask(id, before)));
  expect(refused.ok ? [] : refused.error.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
    "SYM3001 1 tasks make a cycle: f → f",
    "SYM3001 2 tasks make a cycle: a → b → a",
    "SYM3001 3 tasks make a cycle: c → d → e → c",
  ]);
});

test("a chain of twenty thousand is no matter of depth, and a cycle in it is found", () => {
  const chain = Array.from({ length: 20_000 }, (_, at) =>
    sampleTask(`t${String(at)}`, at === 0 ? [] : [`t${String(at - 1)}`]),
  );
  const made = createTaskGraph(chain);
  expect(made.ok && made.value.levels).toBe(20_000);
  const behind = [sampleTask("a", ["b"]), sampleTask("b", ["a"]), ...chain];
  const refused = createTaskGraph(behind);
  expect(refused.ok ? [] : refused.error.map(({ message }) => message)).toEqual(["2 tasks make a cycle: a → b → a"]);
});

test("the order does not depend on the order of the tasks, and no task stands before what it depends on", () => {
  const acyclic = fc
    .array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 20 })
    .map((rows) =>
      rows.map((row, index) =>
        sampleTask(
          `t${String(index).padStart(2, "0")}`,
          index === 0 ? [] : row.map((before) => `t${String(before % index).padStart(2, "0")}`),
        ),
      ),
    );
  fc.assert(
    fc.property(
      acyclic.chain((tasks) => fc.tuple(fc.constant(tasks), fc.shuffledSubarray(tasks, { minLength: tasks.length }))),
      ([tasks, shuffled]) => {
        const [one, two] = [createTaskGraph(tasks), createTaskGraph(shuffled)].map((graph) =>
          graph.ok ? graph.value.order.map(({ id }) => id) : undefined,
        );
        expect(two).toEqual(one);
        for (const { id, dependsOn } of tasks)
          for (const before of dependsOn) expect(one?.indexOf(before)).toBeLessThan(one?.indexOf(id) ?? -1);
      },
    ),
  );
});
