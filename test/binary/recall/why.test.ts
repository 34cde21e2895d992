import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
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

/** A third project, which nothing depends on, and in which most files of the repository are. */
const FAR = Object.fromEntries(
  ["project.json", ...Array.from({ length: 200 }, (_, at) => `src/${String(at)}.txt`)].map((path) => [
    `far/${path}`,
    path === "project.json" ? '{ "name": "far" }\n' : "far\n",
  ]),
);

/** Edits a source of `app` and runs; leaves of the run only what the tasks that it ran stand on. */
async function runApp(repository: TestRepository, text: string): Promise<void> {
  repository.write({ "app/src/main.txt": text });
  await tell(repository);
  for (const file of snapshotsOf(repository)) rmSync(file);
}

test("why of a task that was run looks at what the task stands on and at nothing else", async () => {
  using repository = createRecallRepository({ ...FAR, "symbiotic.config.ts": CONFIG });
  await tell(repository);
  const changes: readonly (readonly [name: string, change: () => void])[] = [
    ["a new input", () => repository.write({ "app/src/more.txt": "more\n" })],
    ["an input of a task before it", () => repository.write({ "lib/src/a.txt": "other\n" })],
    ["a setting that was not there", () => repository.write({ "app/settings.json": '{ "a": 1 }\n' })],
    ["a setting of a project below", () => repository.write({ "lib/settings.json": '{ "a": 1 }\n' })],
    ["a new project", () => repository.write({ "new/project.json": '{ "name": "new" }\n' })],
  ];
  for (const [name, change] of changes) {
    await runApp(repository, `before ${name}\n`);
    repository.write({ "far/src/0.txt": `${name}\n`, [`far/src/${name}.txt`]: "new\n" });
    const known = await why(repository, "app:check");
    expect(known.stderr, `before: ${name}`).toBe("");
    expect(known.stdout, `before: ${name}`).toMatch(/^app:check ran in \S+ because\n.* app\/src\/main\.txt /);
    change();
    const after = await why(repository, "app:check");
    expect(after.stderr, name).toContain("evaluated");
    await tell(repository);
  }
});

test("why of a task that was run asks git for new files where there are too many folders to look at", async () => {
  using repository = createRecallRepository({ ...FAR, "symbiotic.config.ts": CONFIG });
  for (let at = 0; at < 501; at += 1) mkdirSync(join(repository.root, `app/empty/${String(at)}`), { recursive: true });
  await tell(repository);
  await runApp(repository, "other\n");
  repository.write({ "far/src/more.txt": "more\n" });
  expect((await why(repository, "app:make")).stderr).toBe("");
  repository.write({ "app/empty/7/more.txt": "more\n" });
  expect((await why(repository, "app:make")).stderr).toContain("evaluated");
});
