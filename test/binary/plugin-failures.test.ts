import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { gone } from "../support/processes.ts";
import { outcomes, summaryOf } from "../support/record.ts";

// Each atom goes wrong in its own way; `fine` is there to show that nothing of it reaches another task.
const ATOMS = `{
  fine: step("fine", { command: () => ({ argv: ["node", "-e", "console.log('well')"] }) }),
  throws: work("throws", async () => { throw new Error("out of ideas"); }),
  throws_no_error: work("throws_no_error", async () => { throw "a string"; }),
  throws_in_parse: step("throws_in_parse", { command: () => ({ argv: ["node", "-e", ""] }), parse: () => { throw new Error("no such field"); } }),
  throws_in_command: step("throws_in_command", { command: () => { throw new Error("no command today"); } }),
  throws_in_inputs: step("throws_in_inputs", { inputs: () => { throw new Error("no inputs today"); } }),
  throws_in_tools: step("throws_in_tools", { tools: () => { throw new Error("no tools today"); } }),
  throws_in_applies: step("throws_in_applies", { applies: () => { throw new Error("no answer today"); } }),
  throws_in_when: step("throws_in_when", { when: () => { throw new Error("no time today"); } }),
  loops: work("loops", async () => { for (;;); }, { timeoutMs: 300 }),
  never_settles: work("never_settles", () => new Promise(() => {}), { timeoutMs: 300 }),
  exits: work("exits", async () => process.exit(0)),
  unparsable: step("unparsable", {
    command: () => ({ argv: ["node", "-e", "console.log('<html>')"] }),
    parse: ({ stdout }) => (stdout.startsWith("{") ? ok({}) : fail(errorOf("ACME0001", "the report is not JSON"))),
  }),
  killed: step("killed", { command: () => ({ argv: ["node", "-e", "process.kill(process.pid, 'SIGKILL')"] }) }),
  no_program: step("no_program", { command: () => ({ argv: ["no-such-program"] }) }),
  reads_undeclared: work("reads_undeclared", async (io) => { await io.read("plugin.ts"); }),
  writes_undeclared: work("writes_undeclared", async (io) => { await io.write("src/new.txt", "x"); }),
  returns_nothing: work("returns_nothing", async () => undefined),
}`;

test("an atom that goes wrong breaks its own task and no other, with a message that names the cause", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(1);
  expect(stderr).toBe("");
  const told = summaryOf(repository).tasks.map(({ id, status, diagnostics, reason }) => [
    `${id} ${status}`,
    ...(diagnostics.length === 0
      ? [`  ${reason ?? ""}`]
      : diagnostics.map(({ code, message }) => `  ${code} ${normalise(message, repository)}`)),
  ]);
  expect(told.flat().join("\n")).toMatchInlineSnapshot(`
    "app:exits broken
      SYM4008 the worker of exits ended before the task did: worker exited with code: 0
    app:fine ok
      
    app:killed broken
      SYM4003 the process of killed was ended by SIGKILL
    app:loops broken
      SYM4005 loops: it took longer than 0.3 s and was ended
    app:never_settles broken
      SYM4005 never_settles: it took longer than 0.3 s and was ended
    app:no_program broken
      SYM4002 no-such-program cannot be started: spawn no-such-program ENOENT
    app:reads_undeclared broken
      SYM4007 reads_undeclared: it read plugin.ts, which is none of its inputs
    app:returns_nothing broken
      SYM4015 returns_nothing of its plugin gave no outcome that can be used: it is no object
    app:throws broken
      SYM4006 the plugin local threw in throws: out of ideas
    app:throws_in_applies broken
      SYM4009 app:throws_in_applies: applies threw: no answer today
    app:throws_in_command broken
      SYM4009 app:throws_in_command: inputs or command threw: no command today
    app:throws_in_inputs broken
      SYM4009 app:throws_in_inputs: inputs or command threw: no inputs today
    app:throws_in_parse broken
      SYM4006 the plugin local threw in throws_in_parse: no such field
    app:throws_in_tools broken
      SYM4009 app:throws_in_tools: tools threw: no tools today
    app:throws_in_when broken
      SYM4009 app:throws_in_when: when threw: no time today
    app:throws_no_error broken
      SYM4006 the plugin local threw in throws_no_error: a string
    app:unparsable broken
      ACME0001 the report is not JSON
    app:writes_undeclared broken
      SYM4007 writes_undeclared: it wrote src/new.txt, which is none of its outputs"
  `);
});

test("what broke is shown with a code, a cause and a way out, and without a stack trace", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  const { stdout } = await symbiotic(repository, [
    "run",
    "throws",
    "unparsable",
    "reads_undeclared",
    "fine",
    "--concurrency",
    "1",
  ]);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · throws unparsable reads_undeclared fine: 4 tasks

      fine               <time>   ok   (never run here before)
      reads_undeclared   <time>   broken: reads_undeclared: it read plugin.ts, which is none of its inputs
      throws             <time>   broken: the plugin local threw in throws: out of ideas
      unparsable         <time>   broken: the report is not JSON

    app:reads_undeclared  broken: reads_undeclared: it read plugin.ts, which is none of its inputs
       error SYM4007  reads_undeclared: it read plugin.ts, which is none of its inputs
         declare it in the atom's \`inputs\` or \`outputs\`
       log: .symbiotic/runs/<run>/logs/app~3areads_undeclared.log

    app:throws  broken: the plugin local threw in throws: out of ideas
       error SYM4006  the plugin local threw in throws: out of ideas
         at file://<root>/plugin.ts:20:46
         this is an error of the plugin: tell its authors
       log: .symbiotic/runs/<run>/logs/app~3athrows.log

    app:unparsable  broken: the report is not JSON
       error ACME0001  the report is not JSON
       | <html>
       log: .symbiotic/runs/<run>/logs/app~3aunparsable.log

    3 tasks broke · 4 tasks: 4 run · <time> · .symbiotic/runs/<run>"
  `);
  expect(stdout).not.toMatch(/^\s+at .*node_modules/m);
});

test("what is broken is never kept: it runs again", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  await symbiotic(repository, ["run", "throws", "unparsable", "fine"]);
  await symbiotic(repository, ["run", "throws", "unparsable", "fine"]);
  expect(outcomes(repository)).toEqual({
    "app:throws": "broken miss",
    "app:unparsable": "broken miss",
    "app:fine": "ok hit",
  });
});

test("a process that takes longer than its atom allows is ended with all that it started", async () => {
  using repository = createPluginRepository({ atoms: `{ slow: step("slow", { timeoutMs: 1500 }) }` });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "slow"]);
  const slow = await control.next("slow");
  const grandchild = await slow.child("grandchild");
  const { exitCode, stdout } = await running;
  await Promise.all([slow.ended, grandchild.ended]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("SYM4005");
  expect(stdout).toContain("longer than 1.5 s");
  await gone([slow.pid, grandchild.pid]);
});

test("a process that ignores being asked to end is ended nevertheless", async () => {
  using repository = createPluginRepository({ atoms: `{ stubborn: step("stubborn", { timeoutMs: 1500 }) }` });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "stubborn"]);
  const stubborn = await control.next("stubborn");
  await stubborn.beStubborn();
  const { exitCode } = await running;
  await stubborn.ended;
  expect(exitCode).toBe(1);
  expect(summaryOf(repository).tasks).toMatchObject([{ id: "app:stubborn", status: "broken" }]);
});

test("a plugin that exits its worker leaves no process that it started", async () => {
  using repository = createPluginRepository({
    atoms: `{
      leaves: work("leaves", async (io) => {
        void io.exec({ argv: ["node", "controlled.mjs", "orphan"], cwd: "." });
        while (!existsSync("go")) await new Promise(setImmediate);
        process.exit(0);
      }),
    }`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "leaves"]);
  const orphan = await control.next("orphan");
  repository.write({ go: "" });
  const { exitCode, stdout } = await running;
  await orphan.ended;
  await gone([orphan.pid]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("its worker ended");
});

test("what a task leaves in its process group ends with the task", async () => {
  using repository = createPluginRepository({ atoms: `{ parent: step("parent") }` });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "parent"]);
  const parent = await control.next("parent");
  const daemon = await parent.child("daemon");
  await parent.exit(0);
  expect((await running).exitCode).toBe(0);
  await daemon.ended;
});

test("a failed task of a command atom names its exit code and shows its log", async () => {
  using repository = createPluginRepository({
    atoms: `{ bad: step("bad", { command: () => ({ argv: ["node", "-e", "console.log('before'); console.error('why'); process.exit(7)"] }) }) }`,
  });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "bad"]);
  expect(exitCode).toBe(1);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · bad: 1 task

      bad   <time>   failed: exit code 7: why   (never run here before)

    app:bad  failed: exit code 7: why
       | before
       | why
       log: .symbiotic/runs/<run>/logs/app~3abad.log

    1 task failed · 1 task: 1 run · <time> · .symbiotic/runs/<run>"
  `);
});

test.each([
  ["a list in the place of an outcome", "[]", "its status is neither `ok` nor `failed`"],
  ["nothing", "undefined", "it is no object"],
  ["evidence of no tool", '{ status: "ok", summary: "ok", evidence: {} }', "its evidence names no tool"],
  [
    "a finding without a file",
    '{ status: "ok", summary: "ok", evidence: { tool: "t", findings: [{ message: "m" }] } }',
    "findings[0] does not have the members that it must have",
  ],
])("an outcome that is none breaks its task: %s", async (_title, outcome, problem) => {
  using repository = createPluginRepository({
    atoms: `{ odd: step("odd", { command: () => ({ argv: ["node", "-e", ""] }), parse: () => ok(${outcome}) }) }`,
  });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "odd"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(summaryOf(repository).tasks).toMatchObject([
    { status: "broken", diagnostics: [{ code: "SYM4015", message: expect.stringContaining(problem) as string }] },
  ]);
});

test("a gate that goes wrong holds, and other gates stand", async () => {
  const gate = (more: string): string =>
    `{ title: "t", describe: "d", reads: ["fine"], required: () => true, decide: () => ({ verdict: "pass", measured: "1", wanted: "1" }), total: () => ({ measured: "1", wanted: "1" }), ${more} }`;
  using repository = createPluginRepository({
    atoms: `{ fine: step("fine", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
    gates: `{
      stands: ${gate("")},
      decides_nothing: ${gate("decide: () => undefined, title: 'decides nothing'")},
      throws: ${gate("decide: () => { throw new Error('no idea'); }, title: 'throws'")},
      throws_when_asked: ${gate("required: () => { throw new Error('who knows'); }, title: 'throws when asked'")},
      cannot_add: ${gate("total: () => { throw new Error('one and one'); }, title: 'cannot add'")},
    }`,
  });
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "fine"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · fine: 1 task

      fine   <time>   ok   (never run here before)

    gate                measured      wanted   verdict
    t                   1             1        pass
    decides nothing     no evidence            hold (the gate decides nothing threw: it gave no verdict)
    throws              no evidence            hold (the gate throws threw: no idea)
    throws when asked   no evidence            hold (the gate throws when asked threw: who knows)
    cannot add          1             1        pass

    3 of 5 gates hold · 1 task: 1 run · <time> · .symbiotic/runs/<run>"
  `);
});
