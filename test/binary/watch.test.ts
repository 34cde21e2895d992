import { cpSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createControl, type Control } from "../support/control.ts";
import { createPluginRepository, pluginText } from "../support/plugin-repository.ts";
import { gone } from "../support/processes.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import type { Files, TestRepository } from "../support/repository.ts";
import { startWatching, type Watching } from "../support/watching.ts";

/** Each project's text files are checked by a command that the test controls; its name is the project's. */
const CHECK = `{ check: step("check", {
  inputs: () => ({ files: ["**/*.txt"] }),
  command: ({ project }) => ({ argv: ["node", "controlled.mjs", project.name], cwd: "." }),
}) }`;

const PROJECTS: Files = {
  ".gitignore": "node_modules/\nignored/\n*.log\n",
  "a/project.json": '{ "name": "a" }\n',
  "a/input.txt": "1\n",
  "b/project.json": '{ "name": "b" }\n',
  "b/input.txt": "1\n",
};

function twoProjects(files: Files = {}): TestRepository {
  return createPluginRepository({ atoms: CHECK, files: { ...PROJECTS, ...files } });
}

/** Lets these commands run to their end, in whichever order they start. */
async function pass(control: Control, ...names: readonly string[]): Promise<void> {
  await Promise.all(names.map(async (name) => (await control.next(name)).exit()));
}

/** Until it has nothing to do after its first run. */
async function first(watching: Watching, control: Control): Promise<string> {
  await pass(control, "a", "b");
  return watching.rest();
}

test("everything runs once, and then what a change reaches", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  expect(await first(watching, control)).toMatch(/watching \d+ files · passed · Enter/);
  repository.write({ "b/input.txt": "2\n" });
  await pass(control, "b");
  const told = await watching.rest();
  expect(told).toContain("b/input.txt changed\n");
  expect(told).toContain("· passed ·");
  expect([...control.started].sort()).toEqual(["a", "b", "b"]);
  expect(outcomes(repository)).toEqual({ "b:check": "ok miss" });
});

test("with --until-green it ends when all has passed, what failed before included", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository, ["all", "--until-green"]);
  const [a, b] = await Promise.all([control.next("a"), control.next("b")]);
  await Promise.all([a.exit(1), b.exit(1)]);
  expect(await watching.rest()).toContain("· not passed ·");
  repository.write({ "a/input.txt": "2\n" });
  await pass(control, "a");
  // Nothing of b changed, and it is owed.
  await pass(control, "b");
  expect(await watching.ended).toMatchObject({ exitCode: 0 });
});

test("without having passed its end is exit code 1", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository, ["all", "--until-green"]);
  const [a, b] = await Promise.all([control.next("a"), control.next("b")]);
  await Promise.all([a.exit(1), b.exit()]);
  await watching.rest();
  watching.type("q");
  expect(await watching.ended).toMatchObject({ exitCode: 1 });
});

test("what is edited while a run goes on, a thousand files of it, makes one further run that sees it", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  const [a, b] = await Promise.all([control.next("a"), control.next("b")]);
  for (let index = 0; index < 1000; index += 1) repository.write({ [`a/many/${String(index)}.txt`]: "1\n" });
  await Promise.all([a.exit(), b.exit()]);
  await watching.until("a/many/0.txt and 999 other files changed\n");
  await pass(control, "a");
  await watching.rest();
  expect(repository.runs()).toHaveLength(2);
  expect((await symbiotic(repository, ["run", "all"])).exitCode).toBe(0);
  expect(outcomes(repository)).toEqual({ "a:check": "ok hit", "b:check": "ok hit" });
});

type Edit = (repository: TestRepository) => void;

/** Steps, after each of which the project `a` is checked again. */
const EDITS: readonly (readonly [what: string, ...steps: readonly Edit[]])[] = [
  [
    "a new file",
    (repository) => repository.write({ "a/new.txt": "1\n" }),
    (repository) => repository.write({ "a/new.txt": "2\n" }),
  ],
  [
    "a file in new folders",
    (repository) => repository.write({ "a/new/folder/x.txt": "1\n" }),
    (repository) => repository.write({ "a/new/folder/x.txt": "2\n" }),
    (repository) => repository.write({ "a/new/folder/further/y.txt": "1\n" }),
  ],
  [
    "a file that is gone",
    (repository) => repository.remove("a/input.txt"),
    (repository) => repository.write({ "a/input.txt": "1\n\n" }),
  ],
  [
    "a folder that is removed and made anew at once",
    (repository) => repository.write({ "a/deep/x.txt": "1\n" }),
    (repository) => {
      repository.remove("a/deep");
      repository.write({ "a/deep/x.txt": "2\n" });
    },
    (repository) => repository.write({ "a/deep/x.txt": "3\n" }),
  ],
  [
    "a folder that is moved in and then away",
    (repository) => {
      mkdirSync(join(repository.home, "folder/inner"), { recursive: true });
      writeFileSync(join(repository.home, "folder/inner/x.txt"), "1\n");
      renameSync(join(repository.home, "folder"), join(repository.root, "a/folder"));
    },
    (repository) => repository.write({ "a/folder/inner/x.txt": "2\n" }),
    ({ root }) => renameSync(join(root, "a/folder"), join(root, "a/other")),
    (repository) => repository.write({ "a/other/inner/x.txt": "3\n", "a/other/y.txt": "1\n" }),
    (repository) => renameSync(join(repository.root, "a/other/inner"), join(repository.home, "folder")),
  ],
  [
    "a file that an editor saves by a rename",
    (repository) => {
      repository.write({ "a/.input.txt.swp": "2\n" });
      renameSync(join(repository.root, "a/.input.txt.swp"), join(repository.root, "a/input.txt"));
    },
    (repository) => {
      renameSync(join(repository.root, "a/input.txt"), join(repository.root, "a/input.txt~"));
      repository.write({ "a/input.txt": "3\n" });
      rmSync(join(repository.root, "a/input.txt~"));
    },
  ],
  [
    "a file behind a link to a folder",
    (repository) => {
      repository.write({ "shared/x.txt": "1\n" });
      symlinkSync("../shared", join(repository.root, "a/shared"), "junction");
    },
    (repository) => repository.write({ "shared/x.txt": "2\n" }),
  ],
  [
    "a folder with a name that is not UTF-8",
    ({ root }) => {
      const folder = Buffer.concat([Buffer.from(`${root}/a/`), Buffer.from([0xff, 0x64])]);
      mkdirSync(folder);
      writeFileSync(Buffer.concat([folder, Buffer.from("/x.txt")]), "1\n");
    },
    ({ root }) => {
      const folder = Buffer.concat([Buffer.from(`${root}/a/`), Buffer.from([0xff, 0x64])]);
      writeFileSync(Buffer.concat([folder, Buffer.from("/x.txt")]), "2\n");
    },
  ],
];

test.skipIf(process.platform === "win32").each(EDITS.map(([what, ...edits]) => ({ what, edits })))(
  "it notices $what",
  async ({ edits }) => {
    using repository = twoProjects();
    await using control = await createControl(repository);
    await using watching = startWatching(repository);
    await first(watching, control);
    for (const edit of edits) {
      edit(repository);
      await pass(control, "a");
      await watching.rest();
    }
    expect(repository.runs()).toHaveLength(1 + edits.length);
    expect(control.started.filter((name) => name === "b")).toHaveLength(1);
  },
);

test("a new project runs, and one that is gone does no longer", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  await first(watching, control);
  cpSync(join(repository.root, "a"), join(repository.home, "c"), { recursive: true });
  writeFileSync(join(repository.home, "c/project.json"), '{ "name": "c" }\n');
  renameSync(join(repository.home, "c"), join(repository.root, "c"));
  await pass(control, "c");
  await watching.rest();
  expect(outcomes(repository)).toMatchObject({ "a:check": "ok hit", "b:check": "ok hit", "c:check": "ok miss" });
  repository.remove("b");
  await watching.rest();
  expect(outcomes(repository)).toEqual({ "a:check": "ok hit", "c:check": "ok hit" });
});

test("a broken configuration is an error, and it goes on when that is mended", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  await first(watching, control);
  const whole = repository.read("symbiotic.config.ts");
  repository.write({ "symbiotic.config.ts": `${whole}\nexport const = 1;\n` });
  const broken = await watching.rest();
  expect(broken).toContain("SYM1101");
  expect(broken).toContain("could not run: everything runs at the next change");
  repository.write({ "symbiotic.config.ts": whole });
  expect(await watching.rest()).toContain("· passed ·");
  expect(outcomes(repository)).toEqual({ "a:check": "ok hit", "b:check": "ok hit" });
  // What it imports counts as well: another plugin, another key.
  repository.write({ "plugin.ts": `${pluginText({ atoms: CHECK })}\n// edited\n` });
  await first(watching, control);
  expect(outcomes(repository)).toEqual({ "a:check": "ok miss", "b:check": "ok miss" });
});

test("a configuration that is broken from the start is waited for", async () => {
  using repository = twoProjects();
  const whole = repository.read("symbiotic.config.ts");
  repository.write({ "symbiotic.config.ts": "export default {" });
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  expect(await watching.rest()).toContain("SYM1101");
  repository.write({ "symbiotic.config.ts": whole });
  expect(await first(watching, control)).toContain("· passed ·");
});

test("neither what tasks make nor what git ignores starts a run", async () => {
  const program = `const fs = require("fs"); fs.mkdirSync("out", { recursive: true }); fs.writeFileSync("out/x.txt", String(process.hrtime())); fs.writeFileSync("kept.txt", String(process.hrtime())); fs.writeFileSync("b.log", "x")`;
  using repository = createPluginRepository({
    atoms: `{ make: step("make", {
      kind: "build", inputs: () => ({ files: ["input.txt"] }), outputs: () => ["out"], scratch: ["kept.txt"],
      command: ({ project }) => ({ argv: ["node", "-e", ${JSON.stringify(program)}], cwd: project.root }),
    }) }`,
    files: PROJECTS,
  });
  await using watching = startWatching(repository);
  await watching.rest();
  // A run that is there would be told of before the one for the edit.
  repository.write({ "a.log": "1\n", "ignored/x.txt": "1\n", "a/out/x.txt": "1\n", "a/kept.txt": "1\n" });
  repository.write({ "a/input.txt": "2\n" });
  const told = await watching.rest();
  expect(told.match(/^\S+ changed$/gm)).toEqual(["a/input.txt changed"]);
  repository.write({ "b/input.txt": "2\n" });
  expect((await watching.rest()).match(/^\S+ changed$/gm)).toEqual(["b/input.txt changed"]);
  expect(repository.runs()).toHaveLength(3);
});

test("an ignored file counts where a task names it, and a folder once git ignores it no longer", async () => {
  using repository = createPluginRepository({
    atoms: `{ check: step("check", {
      inputs: () => ({ files: ["**/*.txt"], literal: ["ignored/version"] }),
      command: ({ project }) => ({ argv: ["node", "controlled.mjs", project.name], cwd: "." }),
    }) }`,
    files: PROJECTS,
  });
  repository.write({ "ignored/version": "1\n", "a/quiet/.gitignore": "*\n", "a/quiet/x.txt": "1\n" });
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  await first(watching, control);
  repository.write({ "ignored/version": "2\n" });
  await first(watching, control);
  repository.remove("a/quiet/.gitignore");
  // That it is gone is noticed only as far as the folder is watched: another edit says when it has been looked at.
  repository.write({ "b/input.txt": "2\n" });
  await pass(control, "a", "b");
  await watching.rest();
  repository.write({ "a/quiet/x.txt": "2\n" });
  await pass(control, "a");
  expect(await watching.rest()).toContain("a/quiet/x.txt changed");
});

test("runs that follow each other because a task edits its own input are put off, and q ends the wait", async () => {
  using repository = createPluginRepository({
    atoms: `{ restless: step("restless", { inputs: () => ({ files: ["*.txt"] }), command: () => ({ argv: ["node", "-e", "require('fs').appendFileSync('noise.txt', 'x')"], cwd: "." }) }) }`,
  });
  await using watching = startWatching(repository);
  await watching.until("SYM4051");
  expect(repository.runs()).toHaveLength(3);
  expect(await watching.until("waits 1 s")).toContain("noise.txt");
  await watching.until("SYM4051");
  watching.type("q");
  expect((await watching.ended).exitCode).toBe(0);
});

test("another branch runs what differs", async () => {
  using repository = twoProjects();
  repository.git("checkout", "--quiet", "-b", "other");
  repository.write({ "a/input.txt": "other\n", "a/only/there.txt": "1\n" });
  repository.commit();
  repository.git("checkout", "--quiet", "main");
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  await first(watching, control);
  repository.git("checkout", "--quiet", "other");
  await pass(control, "a");
  expect(await watching.rest()).toContain("a/input.txt and 1 other file changed");
  repository.git("checkout", "--quiet", "main");
  // What was there before is known.
  await watching.rest();
  expect(outcomes(repository)).toEqual({ "a:check": "ok hit" });
  repository.git("checkout", "--quiet", "other");
  await watching.rest();
  repository.write({ "a/only/there.txt": "2\n" });
  await pass(control, "a");
  await watching.rest();
});

test("it says where something that failed has not passed since; Enter runs everything", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  await (await control.next("a")).exit(1);
  await pass(control, "b");
  expect(await watching.rest()).toContain("· not passed ·");
  repository.write({ "b/input.txt": "2\n" });
  await pass(control, "b");
  expect(await watching.rest()).toContain("· passed, but not everything has since it failed ·");
  watching.type("");
  await pass(control, "a");
  const told = await watching.rest();
  expect(told).toContain("everything runs\n");
  expect(told).toContain("· passed ·");
  expect(outcomes(repository)).toEqual({ "a:check": "ok miss", "b:check": "ok hit" });
});

test("it takes filters and arguments for the one atom, and refuses what it does not know", async () => {
  using repository = createPluginRepository({
    atoms: `{ check: step("check", { arguments: true, command: ({ project, arguments: words }) => ({ argv: ["node", "controlled.mjs", project.name, ...(words ?? [])], cwd: "." }) }) }`,
    files: PROJECTS,
  });
  await using control = await createControl(repository);
  await using watching = startWatching(repository, ["all", "--filter", "a", "--", "-k", "one"]);
  const command = await control.next("a");
  expect(command.argv).toEqual(["-k", "one"]);
  await command.exit();
  await watching.rest();
  expect(control.started).toEqual(["a"]);
  expect((await symbiotic(repository, ["watch"])).exitCode).toBe(2);
  expect((await symbiotic(repository, ["watch", "all", "--cycle"])).stderr).toContain("SYM2004");
  expect((await symbiotic(repository, ["watch", "all", "--affected"])).stderr).toContain("SYM2004");
});

const ENDS = [
  ["SIGINT", "alone", 130],
  ["SIGINT", "group", 130],
  ["SIGTERM", "alone", 143],
  ["SIGTERM", "group", 143],
] as const;

test.skipIf(process.platform === "win32").each(ENDS)("%s (%s) ends it while it waits, with %i", async (...end) => {
  const [signal, whom, exitCode] = end;
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  await first(watching, control);
  watching.kill(signal, whom);
  expect((await watching.ended).exitCode).toBe(exitCode);
});

test.skipIf(process.platform === "win32").each(ENDS)("%s (%s) ends a run with its tasks, with %i", async (...end) => {
  const [signal, whom, exitCode] = end;
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  const [a, b] = await Promise.all([control.next("a"), control.next("b")]);
  const child = await a.child("child");
  watching.kill(signal, whom);
  expect((await watching.ended).exitCode).toBe(exitCode);
  await gone([a.pid, b.pid, child.pid, watching.pid]);
  expect(summaryOf(repository)).toMatchObject({ interrupted: signal });
});

test("q ends it while it waits and while a run goes on, with 0", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  {
    await using watching = startWatching(repository);
    const [a, b] = await Promise.all([control.next("a"), control.next("b")]);
    watching.type("q");
    expect((await watching.ended).exitCode).toBe(0);
    await gone([a.pid, b.pid]);
  }
  await using watching = startWatching(repository);
  await first(watching, control);
  watching.type("q");
  expect((await watching.ended).exitCode).toBe(0);
});

test.skipIf(process.platform !== "linux")("killed, it leaves no process", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository);
  const [a, b] = await Promise.all([control.next("a"), control.next("b")]);
  await a.beStubborn();
  watching.kill("SIGKILL");
  await watching.ended;
  await gone([a.pid, b.pid]);
});

test("--poll notices a change, and asks the system for nothing", async () => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  await using watching = startWatching(repository, ["all", "--poll"]);
  await first(watching, control);
  if (process.platform === "linux") expect(inotifyInstances(watching.pid)).toBe(0);
  repository.write({ "a/deep/x.txt": "2\n" });
  await pass(control, "a");
  expect(await watching.rest()).toContain("a/deep/x.txt changed");
});

test.skipIf(process.platform !== "linux").each([
  ["watches", "ENOSPC", 3],
  ["instances", "EMFILE", 0],
] as const)("where the system has no %s left it says so (%s) and looks every second", async (what, code, most) => {
  using repository = twoProjects();
  await using control = await createControl(repository);
  const limited = `echo ${String(most)} > /proc/sys/user/max_inotify_${what} && exec "$0" "$@"`;
  await using watching = startWatching(
    repository,
    ["all"],
    ["unshare", "--user", "--map-root-user", "sh", "-c", limited],
  );
  const told = await first(watching, control);
  expect(told.match(/SYM4050/g)).toHaveLength(1);
  expect(told).toContain(`(${code})`);
  repository.write({ "a/input.txt": "2\n" });
  await pass(control, "a");
  await watching.rest();
});

/** How many inotify instances a process has: Node makes one when the first watch is wanted. */
function inotifyInstances(pid: number): number {
  const folder = `/proc/${String(pid)}/fd`;
  return readdirSync(folder).filter((name) => linkOf(join(folder, name)) === "anon_inode:inotify").length;
}

function linkOf(place: string): string {
  try {
    return readlinkSync(place);
  } catch {
    return "";
  }
}
