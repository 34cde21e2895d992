import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { gone } from "../support/processes.ts";
import { eventsOf, eventsOfType, outcomes, summaryOf } from "../support/record.ts";

test("a task that fails is tried again; the attempt's log is kept, and one that then passes is told as flaky", async () => {
  using repository = createPluginRepository({ atoms: `{ shaky: step("shaky", { retries: 2 }) }` });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "all"]);
  const first = await control.next("shaky");
  await first.print("no luck\n");
  await first.exit(3);
  const second = await control.next("shaky");
  await second.print("luck\n");
  await second.exit(0);
  const { exitCode, stdout } = await running;
  expect(exitCode).toBe(0);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · all: 1 task

      shaky   <time>   ok, flaky: passed on attempt 2   (never run here before)
        warning SYM4020  app:shaky is flaky: it passed on attempt 2
          attempt 1: exit code 3: no luck (.symbiotic/runs/<run>/logs/app~3ashaky.attempt-1.log)
          its result is kept; look for what it depends on beside its inputs: time, order, network, another task's files

    1 task: 1 run, 1 flaky · <time> · .symbiotic/runs/<run>"
  `);
  const [retried] = eventsOfType(eventsOf(repository), "task-retried");
  expect(retried).toMatchObject({ attempt: 1, attempts: 3, reason: "exit code 3: no luck" });
  expect(readFileSync(join(repository.root, retried?.log ?? ""), "utf8")).toBe("no luck\n");
  const [task] = summaryOf(repository).tasks;
  expect(readFileSync(join(repository.root, task?.log ?? ""), "utf8")).toBe("luck\n");
  expect(task).toMatchObject({ status: "ok", attempts: 2, flaky: true });
  expect(summaryOf(repository).counts.flaky).toBe(1);

  // What is ok is ok: the result is kept, and a hit is not called flaky.
  await symbiotic(repository, ["run", "all"]);
  expect(summaryOf(repository).tasks[0]).toMatchObject({ status: "ok", cache: "hit", attempts: 1, flaky: false });
});

test("a task that fails as often as it may be tried has failed, and its exit code is not lost", async () => {
  using repository = createPluginRepository({
    atoms: `{
      fails: step("fails", { retries: 1, command: () => ({ argv: ["node", "-e", "process.exit(7)"] }) }),
      dies: step("dies", { retries: 1, command: () => ({ argv: ["node", "-e", "process.kill(process.pid, 'SIGKILL')"] }) }),
      once: step("once", { command: () => ({ argv: ["node", "-e", "process.exit(7)"] }) }),
    }`,
  });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(1);
  expect(summaryOf(repository).tasks.map(({ id, status, attempts, flaky }) => [id, status, attempts, flaky])).toEqual([
    ["app:dies", "broken", 2, false],
    ["app:fails", "failed", 2, false],
    ["app:once", "failed", 1, false],
  ]);
  expect(stdout).toMatch(/fails .*failed: exit code 7 \(2 attempts\)/);
});

test("an effect is never tried again, whatever its atom says", async () => {
  using repository = createPluginRepository({
    atoms: `{ push: step("push", { kind: "effect", retries: 5, command: () => ({ argv: ["node", "-e", "process.exit(1)"] }) }) }`,
  });
  await symbiotic(repository, ["run", "all"]);
  expect(summaryOf(repository).tasks[0]).toMatchObject({ status: "failed", attempts: 1 });
  expect(eventsOfType(eventsOf(repository), "task-retried")).toEqual([]);
});

test("what fails, and passes in a later run on the same inputs, is flaky; after an edit it is not", async () => {
  using repository = createPluginRepository({ atoms: `{ shaky: step("shaky") }` });
  await using control = await createControl(repository);
  const run = async (code: number): Promise<string> => {
    const running = symbiotic(repository, ["run", "all"]);
    await (await control.next("shaky")).exit(code);
    return normalise((await running).stdout, repository);
  };
  await run(1);
  expect(await run(0)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · all: 1 task

      shaky   <time>   ok, flaky   (it failed last time)
        warning SYM4020  app:shaky is flaky: on the same inputs it failed in <run> and passes now
          its result is kept; look for what it depends on beside its inputs: time, order, network, another task's files

    1 task: 1 run, 1 flaky · <time> · .symbiotic/runs/<run>"
  `);
  expect(summaryOf(repository).tasks[0]).toMatchObject({ flaky: true, attempts: 1 });
  repository.write({ "input.txt": "2\n" });
  await run(1);
  repository.write({ "input.txt": "3\n" });
  await run(0);
  expect(summaryOf(repository).tasks[0]).toMatchObject({ status: "ok", flaky: false });
});

test.skipIf(process.platform === "win32")(
  "an interruption is no failure that a later pass makes a flake of",
  async () => {
    using repository = createPluginRepository({ atoms: `{ slow: step("slow") }` });
    await using control = await createControl(repository);
    const stopped = startSymbiotic(repository, ["run", "all"]);
    await control.next("slow");
    stopped.kill("SIGINT");
    expect((await stopped.ended).exitCode).toBe(130);
    const again = symbiotic(repository, ["run", "all"]);
    await (await control.next("slow")).exit();
    await again;
    expect(summaryOf(repository).tasks[0]).toMatchObject({ status: "ok", flaky: false });
  },
);

test.skipIf(process.platform === "win32")(
  "a task that takes too long is ended with everything that it started, is broken, and may be tried again",
  async () => {
    using repository = createPluginRepository({ atoms: `{ hangs: step("hangs", { timeoutMs: 6000, retries: 1 }) }` });
    await using control = await createControl(repository);
    const running = symbiotic(repository, ["run", "all"]);
    const hangs = await control.next("hangs");
    const child = await hangs.child("child");
    const grandchild = await child.child("grandchild");
    const family = [hangs, child, grandchild];
    for (const each of family) await each.beStubborn();
    await Promise.all(family.map((each) => each.ended));
    await gone(family.map(({ pid }) => pid));
    const second = await control.next("hangs");
    await second.exit(0);
    expect((await running).exitCode).toBe(0);
    expect(eventsOfType(eventsOf(repository), "task-retried")[0]).toMatchObject({
      attempt: 1,
      attempts: 2,
      reason: "it took longer than 6 s and was ended",
    });
    expect(summaryOf(repository).tasks[0]).toMatchObject({ status: "ok", attempts: 2, flaky: true });
  },
);

test("an atom whose timeout, retries or needs are no numbers breaks its own task and says why", async () => {
  using repository = createPluginRepository({
    atoms: `{
      timeout: step("timeout", { timeoutMs: "1 s" }),
      retries: step("retries", { retries: -1 }),
      needs: step("needs", { resources: { cpu: 0.5 } }),
      throws: step("throws", { retries: () => { throw new Error("no answer today"); } }),
      fine: step("fine", { command: () => ({ argv: ["node", "-e", ""] }), timeoutMs: 1e12 }),
    }`,
  });
  const { exitCode } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(1);
  expect(outcomes(repository)).toEqual({
    "app:fine": "ok miss",
    "app:needs": "broken off",
    "app:retries": "broken off",
    "app:throws": "broken off",
    "app:timeout": "broken off",
  });
  const told = summaryOf(repository).tasks.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
  expect(told).toMatchInlineSnapshot(`
    [
      "app:needs: \`resources.cpu\` of its atom is not a whole number from 1",
      "app:retries: \`retries\` of its atom is not a whole number from 0",
      "app:throws: timeoutMs or retries threw: no answer today",
      "app:timeout: \`timeoutMs\` of its atom is not a number of milliseconds above 0",
    ]
  `);
});
