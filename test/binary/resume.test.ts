import { readFileSync, truncateSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic, type Ran } from "../support/binary.ts";
import { createControl, type Control } from "../support/control.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { killed } from "../support/processes.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import type { TestRepository } from "../support/repository.ts";

/** Where a process can be killed. */
const here = test.skipIf(process.platform === "win32");

here("a run that was killed goes on at the task that was running", async () => {
  using repository = createPluginRepository({
    atoms: `{ first: step("first"), second: step("second", { dependsOn: ["first"] }), third: step("third", { dependsOn: ["second"] }) }`,
  });
  await using control = await createControl(repository);
  await killAt("second", ["all"], { repository, control, ends: ["first"] });
  const resumed = await resume({ repository, control, ends: ["second", "third"] });
  expect(normalise(resumed.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · resumes <run> · all: 3 tasks in 3 levels

      first   resumed   ok (<time> saved)
      second   <time>   ok   (it had not ended in <run>)
      third    <time>   ok   (never run here before)

    3 tasks: 2 run, 1 resumed · <time> · .symbiotic/runs/<run>"
  `);
  expect(resumed.exitCode).toBe(0);
  expect(control.started).toEqual(["first", "second", "second", "third"]);
  expect(summaryOf(repository)).toMatchObject({ counts: { total: 3, ok: 3, cached: 1, resumed: 1 } });
});

here("an effect that took place is not repeated, though the cache does not keep it", async () => {
  using repository = createPluginRepository({
    atoms: `{ push: step("push", { kind: "effect" }), tell: step("tell", { dependsOn: ["push"] }) }`,
  });
  await using control = await createControl(repository);
  await killAt("tell", ["all"], { repository, control, ends: ["push"] });
  const resumed = await resume({ repository, control, ends: ["tell"] });
  expect(normalise(resumed.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · resumes <run> · all: 2 tasks in 2 levels

      push  resumed   ok (<time> saved)
      tell   <time>   ok   (it had not ended in <run>)

    2 tasks: 1 run, 1 resumed · <time> · .symbiotic/runs/<run>"
  `);
  expect(control.started).toEqual(["push", "tell", "tell"]);
});

here("an effect whose end is not known is held, until --force does it again", async () => {
  using repository = createPluginRepository({
    atoms: `{ push: step("push", { kind: "effect" }), tell: step("tell", { dependsOn: ["push"] }) }`,
  });
  await using control = await createControl(repository);
  await killAt("push", ["all"], { repository, control });
  const held = await resume({ repository, control });
  expect(normalise(held.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · resumes <run> · all: 2 tasks in 2 levels

      push   <time>   broken: how it ended in <run> is not known: held
      tell  skipped   app:push failed

    app:push  broken: how it ended in <run> is not known: held
       error SYM4033  app:push may have been done in <run>: it was started, and its end was not written down
         look whether it took place; then \`symbiotic run --resume --force\` does it again

    1 task broke · 2 tasks: 1 run, 1 skipped · <time> · .symbiotic/runs/<run>"
  `);
  expect(held.exitCode).toBe(1);
  // Who resumes the resumed run still does not know.
  expect((await resume({ repository, control })).exitCode).toBe(1);
  expect(control.started).toEqual(["push"]);
  const forced = await resume({ repository, control, args: ["--force"], ends: ["push", "tell"] });
  expect(forced.exitCode).toBe(0);
  expect(control.started).toEqual(["push", "push", "tell"]);
});

test("an effect that was not even started is not held", async () => {
  using repository = createPluginRepository({
    atoms: `{ push: step("push", { kind: "effect", timeoutMs: "soon" }) }`,
  });
  for (const args of [["all"], ["--resume"]]) {
    expect((await symbiotic(repository, ["run", ...args])).exitCode).toBe(1);
    const [push] = summaryOf(repository).tasks;
    expect(push?.diagnostics[0]?.code).not.toBe("SYM4033");
    expect(push).toMatchObject({ status: "broken" });
  }
});

here("a task whose inputs changed since runs again and says why; one that failed runs again, too", async () => {
  using repository = createPluginRepository({
    atoms: `{
      one: step("one", { inputs: () => ({ files: ["one.txt"] }) }),
      two: step("two", { kind: "effect", inputs: () => ({ files: ["two.txt"] }) }),
      fails: step("fails"),
      last: step("last", { dependsOn: ["one", "two"] }),
    }`,
    files: { "project.json": '{ "name": "app" }\n', "input.txt": "1\n", "one.txt": "1\n", "two.txt": "1\n" },
  });
  await using control = await createControl(repository);
  // With one slot all others have ended when the last one starts.
  await killAt("last", ["all", "-c", "1"], { repository, control, ends: ["one", "two"], fails: ["fails"] });
  repository.write({ "two.txt": "2\n" });
  await resume({ repository, control, args: ["-c", "3"], ends: ["two", "last", "fails"] });
  const { tasks } = summaryOf(repository);
  const run = basename(repository.runs()[0] ?? "");
  expect(tasks.map(({ id, cache, missed }) => [id, cache, missed])).toEqual([
    ["app:fails", "miss", `it failed in ${run}`],
    ["app:last", "miss", `it had not ended in ${run}`],
    ["app:one", "hit", null],
    ["app:two", "miss", "two.txt changed"],
  ]);
});

here("a journal whose last line is torn tells what the lines before it say", async () => {
  using repository = createPluginRepository({
    atoms: `{ first: step("first"), push: step("push", { kind: "effect", dependsOn: ["first"] }), last: step("last", { dependsOn: ["push"] }) }`,
  });
  await using control = await createControl(repository);
  await killAt("last", ["all"], { repository, control, ends: ["first", "push"] });
  const journal = join(repository.runs()[0] ?? "", "journal.jsonl");
  const text = readFileSync(journal, "utf8");
  // The end of `push` is the line before the last one.
  truncateSync(journal, text.lastIndexOf('{"sum"') - 10);
  const held = await resume({ repository, control });
  expect(held.exitCode).toBe(1);
  expect(summaryOf(repository).tasks.map(({ id, status, diagnostics }) => [id, status, diagnostics[0]?.code])).toEqual([
    ["app:first", "ok", undefined],
    ["app:last", "skipped", undefined],
    ["app:push", "broken", "SYM4033"],
  ]);
  expect(control.started).toEqual(["first", "push", "last"]);
});

here("what a first run did is known to the third, though the second was killed before it came there", async () => {
  using repository = createPluginRepository({
    atoms: `{
      a: step("a"),
      push: step("push", { kind: "effect", dependsOn: ["a"], inputs: () => ({ files: ["other.txt"] }) }),
      last: step("last", { dependsOn: ["push"] }),
    }`,
    files: { "project.json": '{ "name": "app" }\n', "input.txt": "1\n", "other.txt": "1\n" },
  });
  await using control = await createControl(repository);
  await killAt("last", ["all"], { repository, control, ends: ["a", "push"] });
  repository.write({ "input.txt": "2\n" });
  await killAt("a", ["--resume"], { repository, control });
  await resume({ repository, control, ends: ["a", "last"] });
  expect(outcomes(repository)).toEqual({ "app:a": "ok miss", "app:last": "ok miss", "app:push": "ok hit" });
  expect(control.started).toEqual(["a", "push", "last", "a", "a", "last"]);
});

here("edits that are made are not made again, and what came before them stands", async () => {
  using repository = createPluginRepository({
    atoms: `{
      review: step("review"),
      fix: step("fix", { kind: "edit", dependsOn: ["review"] }),
      test: step("test", { dependsOn: ["fix"] }),
    }`,
  });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "all"]);
  await (await control.next("review")).exit();
  const fix = await control.next("fix");
  repository.write({ "input.txt": "edited\n" });
  await fix.exit();
  const test = await control.next("test");
  running.kill("SIGKILL");
  await running.ended;
  await killed(test);
  const resumed = await resume({ repository, control, ends: ["test"] });
  expect(normalise(resumed.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · resumes <run> · all: 3 tasks in 3 levels

      review  resumed   ok (<time> saved)
      fix     resumed   ok (<time> saved)
      test     <time>   ok   (it had not ended in <run>)

    3 tasks: 1 run, 2 resumed · <time> · .symbiotic/runs/<run>"
  `);
  expect(control.started).toEqual(["review", "fix", "test", "test"]);
});

here.each([
  ["--force", ["last", "made"]],
  ["--no-cache", ["last", "made", "made"]],
])("a run with %s is resumed with it, and does not do again what it did", async (flag, started) => {
  using repository = createPluginRepository({
    atoms: `{
      looked: step("looked"),
      made: step("made", { kind: "build", outputs: () => ["dist"], command: () => ({ argv: ["node", "make.mjs"], cwd: "." }) }),
      last: step("last", { dependsOn: ["looked", "made"] }),
    }`,
    files: {
      "project.json": '{ "name": "app" }\n',
      "input.txt": "1\n",
      ".gitignore": "node_modules/\ndist/\nmade.log\n",
      "make.mjs": `import { appendFileSync, mkdirSync, writeFileSync } from "node:fs"; mkdirSync("dist", { recursive: true }); writeFileSync("dist/a", "1"); appendFileSync("made.log", "made\\n");`,
    },
  });
  await using control = await createControl(repository);
  await killAt("last", ["all", flag], { repository, control, ends: ["looked"] });
  expect((await resume({ repository, control, ends: ["last"] })).exitCode).toBe(0);
  expect(control.started).toEqual(["looked", "last", "last"]);
  const made = repository.read("made.log").trimEnd().split("\n");
  expect(["last", ...made]).toEqual(started);
  expect(outcomes(repository)).toMatchObject({ "app:looked": "ok hit" });
});

test("a run that still goes on cannot be resumed", async () => {
  using repository = createPluginRepository({ atoms: `{ long: step("long") }` });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "all"]);
  const long = await control.next("long");
  const refused = await symbiotic(repository, ["run", "--resume"]);
  expect(
    refused.stderr.replace(String(running.pid), "<pid>").replace(/\d{8}-\d{6}-[0-9a-f]{4}/g, "<run>"),
  ).toMatchInlineSnapshot(`
    "error SYM4030  <run> still goes on, in process <pid>
      wait for its end, or end it; then resume it
    "
  `);
  expect(refused.exitCode).toBe(2);
  await long.exit();
  expect((await running.ended).exitCode).toBe(0);
});

test("a run that is over can be resumed once; what failed runs again", async () => {
  using repository = createPluginRepository({
    atoms: `{ fine: step("fine", { command: () => ({ argv: ["node", "-e", ""] }) }), fails: step("fails", { command: () => ({ argv: ["node", "-e", "process.exit(1)"] }) }) }`,
  });
  expect((await symbiotic(repository, ["run", "all"])).exitCode).toBe(1);
  const id = basename(repository.runs()[0] ?? "");
  expect((await symbiotic(repository, ["run", "--resume", id])).exitCode).toBe(1);
  expect(outcomes(repository)).toEqual({ "app:fine": "ok hit", "app:fails": "failed miss" });
  const next = basename(repository.runs()[1] ?? "");
  const again = await symbiotic(repository, ["run", "--resume", id]);
  expect(again.stderr).toContain(`error SYM4032  ${id} was resumed already, as ${next}`);
  expect(again.exitCode).toBe(2);
});

test("--resume goes on with the same request and no other", async () => {
  using repository = createPluginRepository({
    atoms: `{ fine: step("fine", { command: () => ({ argv: ["node", "-e", ""] }) }), other: step("other", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
  });
  const said = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await symbiotic(repository, ["run", ...args]);
    return normalise(`${stdout}${stderr}`, repository);
  };
  expect(await said()).toMatchInlineSnapshot(`
    "error SYM2006  \`symbiotic run\` needs at least one target
      \`symbiotic run --help\` explains it"
  `);
  expect(await said("--resume")).toMatchInlineSnapshot(`
    "error SYM2021  no run is kept here
      \`symbiotic run gates\` makes one"
  `);
  await said("fine", "--filter", "app", "--", "quietly");
  expect(await said("--resume", "20200101-000000-0000")).toMatchInlineSnapshot(`
    "error SYM2021  there is no run \`<run>\`
      \`symbiotic runs list\` shows those that are kept"
  `);
  expect(await said("other", "--resume")).toMatchInlineSnapshot(`
    "error SYM2020  \`other\` is not what <run> was asked for: symbiotic run fine --filter=app -- quietly
      \`--resume\` goes on with the same request; leave it out, or start another run without \`--resume\`"
  `);
  expect(await said("--resume", "--filter", "lib")).toMatchInlineSnapshot(`
    "error SYM2020  --filter lib is not what <run> was asked for: symbiotic run fine --filter=app -- quietly
      \`--resume\` goes on with the same request; leave it out, or start another run without \`--resume\`"
  `);
  expect(await said("--resume", "--no-cache")).toContain("error SYM2020  --no-cache is not what");
  expect(await said("--resume", "--dry-run")).toContain("error SYM2020  --dry-run text is not what");
  const before = repository.runs().length;
  expect(await said("fine", "--resume", "--json", "--concurrency", "1")).toContain('"resumed": true');
  expect(repository.runs()).toHaveLength(before + 1);
});

test("a command line with a secret in it is not kept, and such a run cannot be resumed", async () => {
  using repository = createPluginRepository({
    atoms: `{ fine: step("fine", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
  });
  const secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  await symbiotic(repository, ["run", "fine", "--", "--token", secret]);
  expect(readFileSync(join(repository.runs()[0] ?? "", "journal.jsonl"), "utf8")).not.toContain(secret);
  const { stderr } = await symbiotic(repository, ["run", "--resume"]);
  expect(normalise(stderr, repository)).toMatchInlineSnapshot(`
    "error SYM4031  <run> cannot be resumed: its command line held a secret, which is not kept
      run its targets again: what is in the cache is served"
  `);
});

interface Rig {
  readonly repository: TestRepository;
  readonly control: Control;
  /** The commands that end well, in the order in which they are waited for. */
  readonly ends?: readonly string[];
  readonly fails?: readonly string[];
}

/** Starts a run, ends some of its commands, and kills it when the named one runs. */
async function killAt(name: string, args: readonly string[], rig: Rig): Promise<void> {
  const running = startSymbiotic(rig.repository, ["run", ...args]);
  await endAll(rig);
  const last = await rig.control.next(name);
  running.kill("SIGKILL");
  await running.ended;
  await killed(last);
}

/** Resumes the latest run and ends these of its commands. */
async function resume({ args = [], ...rig }: Rig & { readonly args?: readonly string[] }): Promise<Ran> {
  const running = symbiotic(rig.repository, ["run", "--resume", ...args]);
  await endAll(rig);
  return running;
}

async function endAll({ control, ends = [], fails = [] }: Rig): Promise<void> {
  for (const name of ends) await (await control.next(name)).exit();
  for (const name of fails) await (await control.next(name)).exit(1);
}
