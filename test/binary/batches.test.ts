import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { createPluginRepository, type PluginRepository } from "../support/plugin-repository.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import type { TestRepository } from "../support/repository.ts";

const NAMES = ["a", "b", "c", "d", "e"];

/** A batch that prints a line for each of its projects, with the number in the project's own file; `boom` ends it badly. */
const ATOMS = `{
  count: step("count", {
    inputs: () => ({ files: ["input.txt"] }),
    command: ({ project }) => ({ argv: ["node", "count.mjs", project.root], cwd: "." }),
    parse: (result) => result.exitCode === 0 ? ok({ ...found(), summary: result.stdout.trim() }) : fail(errorOf("LOCAL1", "it broke")),
    batch: {
      max: 10,
      key: ({ project }) => project.name === "e" ? undefined : "all",
      command: (contexts) => ({ argv: ["node", "count.mjs", ...contexts.map(({ project }) => project.root)] }),
      parse: ({ stdout, exitCode }) => exitCode === 0
        ? ok(stdout.split("\\n").slice(0, -1).map((line) => ({ ...found(), summary: line })))
        : fail(errorOf("LOCAL1", "it broke")),
    },
  }),
}`;

const COUNT = `import { appendFileSync, readFileSync } from "node:fs";
appendFileSync(process.env.HOME + "/starts.txt", process.argv.slice(2).join("") + "\\n");
for (const root of process.argv.slice(2)) {
  const text = readFileSync(root + "/input.txt", "utf8").trim();
  if (text === "boom") process.kill(process.pid, "SIGKILL");
  console.log(root + "=" + text);
}
`;

test("tasks of one batch share a process; each has its own result, and its own hit", async () => {
  using repository = batchRepository();
  expect(await symbiotic(repository, ["run", "count", "--concurrency", "1"])).toMatchObject({ exitCode: 0 });
  expect(starts(repository)).toEqual(["abcd", "e"]);
  expect(saidBy(repository)).toEqual(["a=1", "b=1", "c=1", "d=1", "e=1"]);

  repository.write({ "c/input.txt": "2\n" });
  await symbiotic(repository, ["run", "count"]);
  expect(outcomes(repository)).toEqual({
    "a:count": "ok hit",
    "b:count": "ok hit",
    "c:count": "ok miss",
    "d:count": "ok hit",
    "e:count": "ok hit",
  });
  expect(starts(repository).at(-1)).toBe("c");
});

test("what a task gives in a batch is what it gives alone, and is known to it alone", async () => {
  using together = batchRepository();
  using alone = batchRepository();
  await symbiotic(together, ["run", "count", "--concurrency", "1"]);
  for (const name of NAMES) await symbiotic(alone, ["run", `${name}:count`]);
  expect(starts(alone)).toEqual(NAMES);
  await symbiotic(alone, ["run", "count"]);
  expect(saidBy(alone)).toEqual(saidBy(together));
  await symbiotic(together, ["run", "b:count"]);
  expect(outcomes(together)).toEqual({ "b:count": "ok hit" });
});

test("a batch that crashes is halved until the one that did it is alone; all others have their results", async () => {
  using repository = batchRepository({ "c/input.txt": "boom\n" });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "count", "--concurrency", "1"]);
  expect(exitCode).toBe(1);
  expect(starts(repository)).toEqual(["abcd", "ab", "cd", "c", "d", "e"]);
  expect(outcomes(repository)).toMatchObject({ "b:count": "ok miss", "c:count": "broken miss", "d:count": "ok miss" });
  expect(stdout).not.toContain("a:count  broken");
  await symbiotic(repository, ["run", "count"]);
  expect(outcomes(repository)).toMatchObject({ "a:count": "ok hit", "c:count": "broken miss", "e:count": "ok hit" });
});

test("a batch is divided among the slots that are free", async () => {
  using repository = batchRepository();
  await symbiotic(repository, ["run", "count", "--concurrency", "2"]);
  expect(starts(repository).toSorted()).toEqual(["ab", "cd", "e"]);
});

test("words behind `--` go to a command, so its tasks do not share one", async () => {
  using repository = batchRepository();
  await symbiotic(repository, ["run", "a:count", "b:count", "--", "a"]);
  expect(starts(repository).toSorted()).toEqual(["aa", "ba"]);
});

test("an interruption ends the process of a batch, and nothing of it is kept", async () => {
  using repository = createPluginRepository({
    atoms: `{ wait: step("wait", { batch: {
      max: 10,
      key: () => "all",
      command: () => ({ argv: ["node", "controlled.mjs", "together"] }),
      parse: (_, contexts) => ok(contexts.map(() => found())),
    } }) }`,
    files: projectFiles(),
  });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "wait", "--concurrency", "1"]);
  const together = await control.next("together");
  running.kill("SIGINT");
  await together.ended;
  expect((await running.ended).exitCode).toBe(130);
  expect(control.started).toEqual(["together"]);
});

function batchRepository(files: PluginRepository["files"] = {}): TestRepository {
  return createPluginRepository({ atoms: ATOMS, files: { ...projectFiles(), "count.mjs": COUNT, ...files } });
}

function projectFiles(): Record<string, string> {
  const files = NAMES.flatMap((name) => [
    [`${name}/project.json`, `{ "name": "${name}" }\n`],
    [`${name}/input.txt`, "1\n"],
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** The projects of each process that was started, in order. */
function starts({ home }: TestRepository): readonly string[] {
  return readFileSync(join(home, "starts.txt"), "utf8").trim().split("\n");
}

function saidBy(repository: TestRepository): readonly string[] {
  return summaryOf(repository).tasks.map(({ summary }) => summary);
}
