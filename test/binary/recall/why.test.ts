import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { createRecallRepository, snapshotsOf, tell, type Told } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

/** Prints a line whenever it is evaluated. */
const CONFIG = `import { defineConfig } from "@symbiotic-build/engine";
import { local } from "./plugin.ts";

console.error("evaluated");
export default defineConfig({ plugins: [local({})], disable: ["python", "node", "ruff", "pytest"] });
`;

function why(repository: TestRepository, task: string): Promise<Told> {
  return tell(repository, { args: ["why", task] });
}

function withoutTimes({ stdout, exitCode }: Told): unknown {
  return { exitCode, stdout: stdout.replaceAll(/\(.* ago|\(just now/g, "(") };
}

test("why of a task is told out of the last run while nothing has changed since, and by a look at everything where it has", async () => {
  using repository = createRecallRepository({ "symbiotic.config.ts": CONFIG });
  await tell(repository);
  const first = await why(repository, "lib:make");
  expect(first.stdout).toContain("lib:make ran because it had never run here before");
  repository.write({ "lib/src/a.txt": "other\n" });
  await tell(repository);
  for (const task of ["lib:make", "app:check", "lib:note"]) {
    const known = await why(repository, task);
    expect(known.stderr, task).toBe("");
    const snapshots = snapshotsOf(repository);
    expect(snapshots).not.toEqual([]);
    for (const file of snapshots) rmSync(file);
    const whole = await why(repository, task);
    expect(whole.stderr).toContain("evaluated");
    expect(withoutTimes(known)).toEqual(withoutTimes(whole));
    await tell(repository);
    await tell(repository);
  }
  repository.write({ "lib/src/a.txt": "one more\n" });
  const next = await why(repository, "lib:make");
  expect(next.stderr).toContain("evaluated");
  expect(next.stdout).toContain("lib:make would run now because");
});

test("why of a task that no run knows, or under another name, is left to the whole way", async () => {
  using repository = createRecallRepository({ "symbiotic.config.ts": CONFIG });
  await tell(repository);
  const unknown = await why(repository, "lib:none");
  expect(unknown.stderr).toContain("evaluated");
  expect(unknown.exitCode).toBe(2);
});
