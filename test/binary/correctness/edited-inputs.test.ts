import { chmodSync, lstatSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createControl, type Control } from "../../support/control.ts";
import type { TestRepository } from "../../support/repository.ts";
import { commandRepository, run, type CommandAtom } from "./support/commands.ts";

/** A command that does what the test tells it. */
function controlled(name: string, atom: Omit<CommandAtom, "command"> = {}): CommandAtom {
  return { command: `node controlled.mjs ${name}`, inputs: ["in/**"], ...atom };
}

function repositoryOf(atoms: Readonly<Record<string, CommandAtom>>): TestRepository {
  return commandRepository({
    atoms,
    files: {
      "controlled.mjs": readFileSync(new URL("../../support/controlled.mjs", import.meta.url), "utf8"),
      "in/a.txt": "1\n",
      "in/b.txt": "1\n",
    },
  });
}

/** Runs a target whose one command is `name`, which ends well after `meanwhile` was done. */
async function runWith(
  { repository, control, name = "slow" }: Rig,
  meanwhile: (repository: TestRepository) => void = () => undefined,
): Promise<Awaited<ReturnType<typeof run>>> {
  const running = run(repository, [name]);
  const command = await control.next(name);
  meanwhile(repository);
  await command.exit(0);
  return running;
}

interface Rig {
  readonly repository: TestRepository;
  readonly control: Control;
  readonly name?: string;
}

function fileOf(repository: TestRepository, path = "in/a.txt"): string {
  return join(repository.root, path);
}

/** What happens to inputs while the task runs; all but the first two leave them as they were before. */
const EDITS: readonly (readonly [name: string, edit: (repository: TestRepository) => void])[] = [
  ["edited", (repository) => repository.write({ "in/a.txt": "2\n" })],
  ["deleted", (repository) => repository.remove("in/a.txt")],
  ["a new one", (repository) => repository.write({ "in/new.txt": "1\n" })],
  [
    "edited and undone",
    (repository) => {
      repository.write({ "in/a.txt": "2\n" });
      repository.write({ "in/a.txt": "1\n" });
    },
  ],
  [
    "edited and undone, with its time put back",
    (repository) => {
      const { atime, mtime } = lstatSync(fileOf(repository));
      repository.write({ "in/a.txt": "2\n" });
      repository.write({ "in/a.txt": "1\n" });
      utimesSync(fileOf(repository), atime, mtime);
    },
  ],
  [
    "replaced by another file and put back",
    (repository) => {
      renameSync(fileOf(repository), fileOf(repository, "aside"));
      repository.write({ "in/a.txt": "2\n" });
      renameSync(fileOf(repository, "aside"), fileOf(repository));
    },
  ],
  [
    "replaced by a copy of itself",
    (repository) => {
      writeFileSync(fileOf(repository, "copy"), "1\n");
      renameSync(fileOf(repository, "copy"), fileOf(repository));
    },
  ],
  [
    "deleted and made again",
    (repository) => {
      rmSync(fileOf(repository));
      repository.write({ "in/a.txt": "1\n" });
    },
  ],
  [
    "made a program and no longer",
    (repository) => {
      chmodSync(fileOf(repository), 0o755);
      chmodSync(fileOf(repository), 0o644);
    },
  ],
];

test.each(EDITS)("the result of a task of which an input is %s while it runs is not kept", async (_name, edit) => {
  using repository = repositoryOf({ slow: controlled("slow") });
  await using control = await createControl(repository);
  const first = await runWith({ repository, control }, edit);
  expect(first).toMatchObject({ exitCode: 0, ended: { "root:slow": "ok miss" } });
  expect(first.all).toContain("SYM4012");
  // Neither what is there now nor what was there before is known.
  expect((await runWith({ repository, control })).ended).toEqual({ "root:slow": "ok miss" });
  expect((await run(repository, ["slow"])).ended).toEqual({ "root:slow": "ok hit" });
  repository.git("checkout", "--quiet", "--", "in");
  repository.git("clean", "--quiet", "--force", "in");
  const before = control.started.length;
  const last = run(repository, ["slow"]);
  const known = await Promise.race([last, control.next("slow")]);
  if ("exit" in known) await known.exit(0);
  // A hit only where the second run was of the same files.
  const isSame = !["edited", "deleted", "a new one"].includes(_name);
  expect((await last).ended).toEqual({ "root:slow": isSame ? "ok hit" : "ok miss" });
  expect(control.started.length - before).toBe(isSame ? 0 : 1);
});

test("an input that is edited while its task waits for another is read as it was, or not kept", async () => {
  using repository = repositoryOf({
    first: controlled("first", { inputs: [] }),
    slow: controlled("slow", { dependsOn: ["first"] }),
    beside: controlled("beside", { inputs: ["in/b.txt"] }),
  });
  await using control = await createControl(repository);
  const running = run(repository, ["slow", "beside", "--concurrency", "1"]);
  for (let left = 3; left > 0; left -= 1) {
    const command = await control.any();
    // Each command is told from what was there when it ran: its input is edited when the one before it ends.
    repository.write({ "in/a.txt": `${String(left)}\n`, "in/b.txt": `${String(left)}\n` });
    await command.exit(0);
  }
  await running;
  repository.write({ "in/a.txt": "1\n", "in/b.txt": "1\n" });
  const again = run(repository, ["slow", "beside", "--concurrency", "1"]);
  for (let left = 2; left > 0; left -= 1) await (await control.any()).exit(0);
  // The one that has no inputs is known; the others were edited while they ran, or after they were looked at.
  expect((await again).ended).toEqual({ "root:first": "ok hit", "root:slow": "ok miss", "root:beside": "ok miss" });
});

test("what a task reads of the one before it, edited while it runs: its result is not kept", async () => {
  using repository = repositoryOf({
    build: { command: "mkdir -p dist && cp in/a.txt dist/a.txt", inputs: ["in/**"], outputs: ["dist"] },
    slow: controlled("slow", { inputs: [], dependsOn: ["build"] }),
  });
  await using control = await createControl(repository);
  const first = await runWith({ repository, control }, () => repository.write({ "dist/a.txt": "edited\n" }));
  expect(first.all).toContain("SYM4012");
  const second = await runWith({ repository, control });
  expect(second.ended).toEqual({ "root:build": "ok hit", "root:slow": "ok miss" });
  expect(repository.read("dist/a.txt")).toBe("1\n");
});

test("what a tool keeps for itself while another task runs does not keep that one's result from being kept", async () => {
  using repository = repositoryOf({
    tool: controlled("tool", { inputs: [], scratch: [".tool_cache"] }),
    slow: controlled("slow", { inputs: ["**/*"] }),
  });
  await using control = await createControl(repository);
  const running = run(repository, ["tool", "slow"]);
  const [tool, slow] = [await control.next("tool"), await control.next("slow")];
  repository.write({ ".tool_cache/x": "1\n" });
  await tool.exit(0);
  await slow.exit(0);
  expect((await running).all).not.toContain("SYM4012");
});

test("a task that edits its own input is not kept until it leaves it as it is", async () => {
  using repository = repositoryOf({
    tidy: { command: `grep -q tidy in/a.txt || echo tidy >> in/a.txt`, inputs: ["in/**"] },
  });
  const first = await run(repository, ["tidy"]);
  expect(first.all).toContain("SYM4012");
  expect((await run(repository, ["tidy"])).ended).toEqual({ "root:tidy": "ok miss" });
  expect((await run(repository, ["tidy"])).ended).toEqual({ "root:tidy": "ok hit" });
});
