import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl, type Control, type Invocation } from "../support/control.ts";
import { writeDurations } from "../support/history.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { gone } from "../support/processes.ts";
import { eventsOf, outcomes, summaryOf } from "../support/record.ts";
import type { TestRepository } from "../support/repository.ts";

test("a ready task does not wait for a level to end", async () => {
  using repository = createPluginRepository({
    atoms: `{ a: step("a"), b: step("b", { dependsOn: ["a"] }), slow: step("slow") }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all", "--concurrency", "2"]);
  const slow = await control.next("slow");
  await (await control.next("a")).exit();
  const b = await control.next("b"); // It starts while `slow`, which is on the level before it, runs.
  await Promise.all([b.exit(), slow.exit()]);
  expect((await running).exitCode).toBe(0);
});

test("at most as many tasks as --concurrency says run at once, and no slot idles while a task is ready", async () => {
  using repository = createPluginRepository({
    atoms: `{ a: step("a"), b: step("b"), c: step("c"), d: step("d"), e: step("e") }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all", "--concurrency", "2"]);
  let [first, second] = [await control.any(), await control.any()];
  for (let left = 3; left > 0; left -= 1) {
    await first.exit();
    [first, second] = [second, await control.any()];
  }
  await Promise.all([first.exit(), second.exit()]);
  expect((await running).exitCode).toBe(0);
  expect(mostAtOnce(repository)).toBe(2);
});

test("the longest chain goes first, as the history has the durations", async () => {
  using repository = createPluginRepository({
    atoms: `{ brief: step("brief"), after_brief: step("after_brief", { dependsOn: ["brief"] }), long: step("long") }`,
  });
  await using control = await createControl(repository);
  const order = async (flags: readonly string[]): Promise<string[]> => {
    const before = control.started.length;
    const running = symbiotic(repository, ["run", "all", "--concurrency", "1", ...flags]);
    for (let left = 3; left > 0; left -= 1) await (await control.any()).exit();
    await running;
    return control.started.slice(before);
  };
  // Nothing is known: a chain of two is longer than one.
  expect(await order([])).toEqual(["brief", "after_brief", "long"]);
  // The median counts: that it was fast once changes nothing, and slow once neither.
  writeDurations(repository, "app:long", [90_000, 1, 90_000, 90_000]);
  writeDurations(repository, "app:brief", [500_000, 1, 1, 1]);
  expect(await order(["--force"])).toEqual(["long", "brief", "after_brief"]);
});

test("`when` skips a task by what the tasks before it found, and what waits for it goes on", async () => {
  using repository = createPluginRepository({
    atoms: `{
      measures: step("measures", { command: () => ({ argv: ["node", "-e", ""] }), parse: () => ok(found({ metrics: [{ name: "size", value: 1, unit: "MB" }] })) }),
      compresses: step("compresses", { dependsOn: ["measures"], when: (context, before) => (before[0].evidence.metrics[0].value > 10 ? true : { skipped: "small enough" }) }),
      ships: step("ships", { dependsOn: ["compresses"], command: () => ({ argv: ["node", "-e", ""] }) }),
    }`,
  });
  const { exitCode } = await symbiotic(repository, ["run", "all"]);
  expect(summaryOf(repository).tasks.map(({ id, status, reason }) => [id, status, reason])).toEqual([
    ["app:compresses", "skipped", "small enough"],
    ["app:measures", "ok", null],
    ["app:ships", "ok", null],
  ]);
  expect(exitCode).toBe(0);
});

test("a task whose tool is missing is skipped and says so, and its gate holds", async () => {
  using repository = createPluginRepository({
    atoms: `{
      lint: step("lint", { tools: () => [{ kind: "python-executable", name: "acme-lint", bin: "acme-lint", version: ["--version"] }] }),
      fine: step("fine", { command: () => ({ argv: ["node", "-e", ""] }) }),
    }`,
    gates: `{ lint_clean: { title: "lint clean", describe: "d", reads: ["lint"], required: () => true, decide: () => ({ verdict: "pass", measured: "0", wanted: "0" }), total: () => ({ measured: "0", wanted: "0" }) } }`,
  });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "all", "--concurrency", "1"]);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · all: 2 tasks

      lint  skipped   not installed (acme-lint)
      fine   <time>   ok   (never run here before)

    gate               measured      wanted   verdict
    lint clean         no evidence            hold (not installed (acme-lint))

    1 of 1 gate holds · 2 tasks: 1 run, 1 skipped · <time> · .symbiotic/runs/<run>"
  `);
  expect(exitCode).toBe(1);
});

test.skipIf(process.platform === "win32").each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s ends the run with %i, with every process and without a trace in the cache",
  async (signal, exitCode) => {
    using repository = createPluginRepository({
      atoms: `{ first: step("first"), second: step("second"), later: step("later", { dependsOn: ["first"] }) }`,
    });
    await using control = await createControl(repository);
    const running = startSymbiotic(repository, ["run", "all", "--concurrency", "2"]);
    const all = await family(control, ["first", "second"]);
    running.kill(signal);
    const ended = await running.ended;
    await Promise.all(all.map((each) => each.ended));
    expect(ended.exitCode).toBe(exitCode);
    await gone(all.map(({ pid }) => pid));
    expect(normalise(ended.stdout, repository).split("\n").at(-1)).toMatch(/interrupted|SIG(?:INT|TERM)/);
    expect(summaryOf(repository)).toMatchObject({ exitCode, interrupted: signal });
    expect(outcomes(repository)).toMatchObject({ "app:later": "skipped off" });
    expect(locks(repository)).toEqual([]);

    const again = symbiotic(repository, ["run", "all"]);
    for (let left = 3; left > 0; left -= 1) await (await control.any()).exit();
    expect((await again).exitCode).toBe(0);
  },
);

test.skipIf(process.platform === "win32")("a process that ignores the interruption is ended nevertheless", async () => {
  using repository = createPluginRepository({ atoms: `{ stubborn: step("stubborn") }` });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "all"]);
  const stubborn = await control.next("stubborn");
  await stubborn.beStubborn();
  const child = await stubborn.child("child");
  await child.beStubborn();
  running.kill("SIGINT");
  expect((await running.ended).exitCode).toBe(130);
  await Promise.all([stubborn.ended, child.ended]);
});

test.skipIf(process.platform !== "linux")(
  "a run that is killed leaves no process, and the next run is right",
  async () => {
    using repository = createPluginRepository({ atoms: `{ first: step("first"), second: step("second") }` });
    await using control = await createControl(repository);
    const running = startSymbiotic(repository, ["run", "all", "--concurrency", "2"]);
    const all = await family(control, ["first", "second"]);
    for (const each of all) await each.beStubborn();
    running.kill("SIGKILL");
    expect((await running.ended).signal).toBe("SIGKILL");
    await Promise.all(all.map((each) => each.ended));
    await gone(all.map(({ pid }) => pid));

    // It takes over the keys that the dead run was computing.
    const again = symbiotic(repository, ["run", "all"]);
    for (const name of ["first", "second"]) await (await control.next(name)).exit();
    expect((await again).exitCode).toBe(0);
    await symbiotic(repository, ["run", "all"]);
    expect(outcomes(repository)).toEqual({ "app:first": "ok hit", "app:second": "ok hit" });
  },
);

/** The commands, each with a process of its own, all running. */
async function family(control: Control, names: readonly string[]): Promise<Invocation[]> {
  const parents = await Promise.all(names.map((name) => control.next(name)));
  const children = await Promise.all(parents.map((parent) => parent.child(`child of ${parent.name}`)));
  return [...parents, ...children];
}

/** How many tasks ran at the same time, by the events of the newest run. */
function mostAtOnce(repository: TestRepository): number {
  let [now, most] = [0, 0];
  for (const { event } of eventsOf(repository)) {
    if (event.type === "task-started") now += 1;
    if (event.type === "task-finished") now -= 1;
    most = Math.max(most, now);
  }
  return most;
}

function locks(repository: TestRepository): string[] {
  const folder = join(repository.root, ".git/symbiotic");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() &&
    /lock/.test(join(entry.parentPath, entry.name).slice(folder.length)) &&
    readFileSync(join(entry.parentPath, entry.name), "utf8") !== ""
      ? [entry.name]
      : [],
  );
}
