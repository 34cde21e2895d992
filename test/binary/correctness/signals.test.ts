import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createControl, type Control } from "../../support/control.ts";
import { startSymbiotic } from "../../support/binary.ts";
import { BINARY } from "../../support/places.ts";
import { gone } from "../../support/processes.ts";
import type { TestRepository } from "../../support/repository.ts";
import { commandRepository, run, treeOf } from "./support/commands.ts";
import { cacheOf } from "./support/damage.ts";
import { descendantsOf, marked } from "./support/process-tree.ts";

/** Where processes can be killed, and looked at in `/proc`. */
const here = test.skipIf(process.platform !== "linux");

const WANTED = { "out.txt": "100644 1\n" };

/** A build that is done, then a command that the test controls; every command has `mark` in its environment. */
function repositoryOf(mark: string): TestRepository {
  const env = { SYMBIOTIC_TEST_MARK: mark };
  return commandRepository({
    atoms: {
      build: { command: "mkdir -p dist && cp in.txt dist/out.txt", inputs: ["in.txt"], outputs: ["dist"], env },
      slow: { command: "node controlled.mjs slow", inputs: ["in.txt"], dependsOn: ["build"], env },
      last: { command: "true", inputs: [], dependsOn: ["slow"], env },
    },
    files: {
      "controlled.mjs": readFileSync(new URL("../../support/controlled.mjs", import.meta.url), "utf8"),
      "in.txt": "1\n",
    },
  });
}

/** Lets the next run come to its end, and checks that nothing of the one before stands in its way. */
async function rightAfter(repository: TestRepository, control: Control): Promise<void> {
  repository.remove("dist");
  const next = run(repository, ["last"]);
  await (await control.next("slow")).exit(0);
  const { exitCode, ended, all } = await next;
  expect([exitCode, ended]).toEqual([0, { "root:build": "ok hit", "root:slow": "ok miss", "root:last": "ok miss" }]);
  expect(treeOf(join(repository.root, "dist"))).toEqual(WANTED);
  expect(all).not.toMatch(/SYM6\d\d\d/);
  expect(await run(repository, ["last"])).toMatchObject({
    exitCode: 0,
    ended: { "root:build": "ok hit", "root:slow": "ok hit", "root:last": "ok hit" },
  });
}

function locksOf(repository: TestRepository): readonly string[] {
  return readdirSync(join(cacheOf(repository), "locks"));
}

here.each<[signal: NodeJS.Signals, exitCode: number]>([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])("%s ends a run with %i: no process, no lock and nothing half done is left", async (signal, exitCode) => {
  const mark = `${signal}-${String(process.pid)}`;
  using repository = repositoryOf(mark);
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "last"]);
  const slow = await control.next("slow");
  const below = await slow.child("below");
  await below.beStubborn();
  const all = descendantsOf(running.pid);
  expect(marked(mark).length).toBeGreaterThan(1);
  running.kill(signal);
  const { exitCode: ended, stdout } = await running.ended;
  expect(ended).toBe(exitCode);
  expect(stdout).toContain("interrupted");
  await gone(all);
  expect(marked(mark)).toEqual([]);
  expect(locksOf(repository)).toEqual([]);
  expect(readdirSync(join(cacheOf(repository), "tmp"))).toEqual([]);
  await rightAfter(repository, control);
});

here("a second signal ends the run at once, and nothing is left then either", async () => {
  const mark = `twice-${String(process.pid)}`;
  using repository = repositoryOf(mark);
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "last"]);
  const slow = await control.next("slow");
  await slow.beStubborn();
  const all = descendantsOf(running.pid);
  running.kill("SIGINT");
  running.kill("SIGINT");
  await running.ended;
  await gone(all);
  expect(marked(mark)).toEqual([]);
  await rightAfter(repository, control);
});

here.each(["the process alone", "its whole group"])(
  "SIGKILL of %s leaves no process and no lock that anybody waits for",
  async (what) => {
    const mark = `${what.replaceAll(" ", "-")}-${String(process.pid)}`;
    using repository = repositoryOf(mark);
    await using control = await createControl(repository);
    const { env, root } = repository;
    const child = spawn(process.execPath, [BINARY, "run", "last"], { cwd: root, env, stdio: "ignore", detached: true });
    const pid = child.pid ?? 0;
    const slow = await control.next("slow");
    const below = await slow.child("below");
    await Promise.all([slow.beStubborn(), below.beStubborn()]);
    const all = descendantsOf(pid);
    expect(all).toContain(slow.pid);
    expect(all).toContain(below.pid);
    process.kill(what === "its whole group" ? -pid : pid, "SIGKILL");
    await gone([pid, ...all]);
    expect(marked(mark)).toEqual([]);
    await rightAfter(repository, control);
  },
);

here("a task that another run's kill left half made is made whole, and its part is not captured", async () => {
  using repository = commandRepository({
    atoms: {
      build: {
        command:
          "mkdir -p dist && echo $$ > dist/part && node controlled.mjs slow && rm dist/part && cp in.txt dist/out.txt",
        inputs: ["in.txt"],
        outputs: ["dist"],
      },
    },
    files: {
      "controlled.mjs": readFileSync(new URL("../../support/controlled.mjs", import.meta.url), "utf8"),
      "in.txt": "1\n",
    },
  });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "build"]);
  await control.next("slow");
  const all = descendantsOf(running.pid);
  running.kill("SIGKILL");
  await running.ended;
  await gone(all);
  repository.write({ "dist/late": "left\n" });
  const next = run(repository, ["build"]);
  await (await control.next("slow")).exit(0);
  expect((await next).ended).toEqual({ "root:build": "ok miss" });
  expect(treeOf(join(repository.root, "dist"))).toEqual(WANTED);
});
