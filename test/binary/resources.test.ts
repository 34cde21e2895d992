import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { eventsOf, summaryOf } from "../support/record.ts";
import type { TestRepository } from "../support/repository.ts";

test("tasks that share a mutex run one at a time, and others beside them", async () => {
  using repository = createPluginRepository({
    atoms: `{
      first: step("first", { resources: { mutex: ["port-8080"] } }),
      second: step("second", { resources: ({ project }) => ({ mutex: ["port-8080", project.name] }) }),
      beside: step("beside"),
    }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all", "--concurrency", "3"]);
  const [first, beside] = [await control.next("first"), await control.next("beside")];
  await first.exit();
  const second = await control.next("second");
  await Promise.all([second.exit(), beside.exit()]);
  expect((await running).exitCode).toBe(0);
  expect(together(repository)).toEqual([
    ["app:beside", "app:first"],
    ["app:beside", "app:second"],
  ]);
});

test("a mutex holds between two runs on one repository, and the one that waits says for whom", async () => {
  using repository = createPluginRepository({
    atoms: `{
      first: step("first", { resources: { mutex: ["database"] } }),
      second: step("second", { resources: { mutex: ["database"] } }),
    }`,
  });
  await using control = await createControl(repository);
  const one = startSymbiotic(repository, ["run", "first"]);
  const first = await control.next("first");
  const two = startSymbiotic(repository, ["run", "second"]);
  await two.said(`app:second waits for process ${String(one.pid)}, which holds the mutex \`database\``);
  await first.exit();
  await (await control.next("second")).exit();
  expect((await one.ended).exitCode).toBe(0);
  expect((await two.ended).exitCode).toBe(0);
});

test("tasks of together more memory than --memory allows do not run at once", async () => {
  using repository = createPluginRepository({
    atoms: `{
      a: step("a", { resources: { memoryMb: 700 } }),
      b: step("b", { resources: { memoryMb: 700 } }),
      c: step("c", { resources: { memoryMb: 300 } }),
      huge: step("huge", { resources: { memoryMb: 1e9 } }),
    }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all", "--concurrency", "4", "--memory", "1GiB"]);
  for (let left = 4; left > 0; left -= 1) await (await control.any()).exit();
  expect((await running).exitCode).toBe(0);
  const pairs = together(repository);
  for (const pair of pairs) {
    expect(pair).not.toContain("app:huge");
    expect(pair).not.toEqual(["app:a", "app:b"]);
  }
});

test("a task of two slots runs beside at most what is left of them", async () => {
  using repository = createPluginRepository({
    atoms: `{ wide: step("wide", { resources: { cpu: 2 } }), other: step("other"), after: step("after", { dependsOn: ["wide"] }) }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all", "--concurrency", "2"]);
  await (await control.next("wide")).exit();
  const [other, after] = [await control.next("other"), await control.next("after")];
  await Promise.all([other.exit(), after.exit()]);
  await running;
  expect(together(repository)).toEqual([["app:after", "app:other"]]);
});

test("with --barrier a level starts when the level before has ended", async () => {
  using repository = createPluginRepository({
    atoms: `{ a: step("a"), b: step("b", { dependsOn: ["a"] }), slow: step("slow") }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all", "--concurrency", "2", "--barrier"]);
  const slow = await control.next("slow");
  await (await control.next("a")).exit();
  await slow.exit();
  await (await control.next("b")).exit();
  const { exitCode, stdout } = await running;
  expect(exitCode).toBe(0);
  expect(together(repository)).toEqual([["app:a", "app:slow"]]);
  expect(stdout.split("\n")[0]).toContain("all: 3 tasks in 2 levels");
});

test.each([
  [["--memory", "much"], "error SYM2005  --memory is `much`: a size such as 500MB or 2GiB is expected"],
  [["--memory", "10"], "error SYM2005  --memory is `10`: a size such as 500MB or 2GiB is expected"],
  [["--shard", "0/2"], "error SYM2005  --shard is `0/2`: `<i>/<n>` with i from 1 to n, as in 2/3, is expected"],
  [["--shard", "3/2"], "error SYM2005  --shard is `3/2`: `<i>/<n>` with i from 1 to n, as in 2/3, is expected"],
  [["--shard", "1/0"], "error SYM2005  --shard is `1/0`: `<i>/<n>` with i from 1 to n, as in 2/3, is expected"],
  [["--shard", "1"], "error SYM2005  --shard is `1`: `<i>/<n>` with i from 1 to n, as in 2/3, is expected"],
  [
    ["--shard", "1/2", "--shard-by", "size"],
    "error SYM2005  --shard-by is `size`: one of tasks, durations is expected",
  ],
  [["--shard-by", "tasks"], "error SYM2016  --shard-by says how --shard divides, and --shard is not there"],
])("%j is refused", async (flags, message) => {
  using repository = createPluginRepository({ atoms: `{ a: step("a") }` });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "all", ...flags]);
  expect(stderr.split("\n")[0]).toBe(message);
  expect(exitCode).toBe(2);
});

/** The pairs of tasks that ran at the same time in the newest run. */
function together(repository: TestRepository): string[][] {
  const running = new Set<string>();
  const pairs = new Set<string>();
  for (const { event, task = "" } of eventsOf(repository)) {
    if (event.type === "task-finished") running.delete(task);
    if (event.type !== "task-started") continue;
    for (const other of running) pairs.add([task, other].sort().join(" "));
    running.add(task);
  }
  expect(summaryOf(repository).counts.ok).toBe(summaryOf(repository).counts.total);
  return [...pairs].sort().map((pair) => pair.split(" "));
}
