import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { outcomes, summaryOf } from "../support/record.ts";

// Each atom goes wrong in its own way; `fine` is there to show that nothing of it reaches another task.
const ATOMS = `{
  fine: step("fine", { command: () => ({ argv: ["node", "-e", "console.log('well')"] }) }),
  throws: { ...step("throws"), command: undefined, run: async () => { throw new Error("out of ideas"); } },
  throws_no_error: { ...step("throws_no_error"), command: undefined, run: async () => { throw "a string"; } },
  throws_in_parse: step("throws_in_parse", { command: () => ({ argv: ["node", "-e", ""] }), parse: () => { throw new Error("no such field"); } }),
  throws_in_command: step("throws_in_command", { command: () => { throw new Error("no command today"); } }),
  throws_in_inputs: step("throws_in_inputs", { inputs: () => { throw new Error("no inputs today"); } }),
  throws_in_tools: step("throws_in_tools", { tools: () => { throw new Error("no tools today"); } }),
  throws_in_applies: step("throws_in_applies", { applies: () => { throw new Error("no answer today"); } }),
  throws_in_when: step("throws_in_when", { when: () => { throw new Error("no time today"); } }),
  loops: { ...step("loops", { timeoutMs: 300 }), command: undefined, run: async () => { for (;;); } },
  never_settles: { ...step("never_settles", { timeoutMs: 300 }), command: undefined, run: () => new Promise(() => {}) },
  exits: { ...step("exits"), command: undefined, run: async () => process.exit(0) },
  unparsable: step("unparsable", {
    command: () => ({ argv: ["node", "-e", "console.log('<html>')"] }),
    parse: ({ stdout }) => (stdout.startsWith("{") ? ok({}) : fail(errorOf("ACME0001", "the report is not JSON"))),
  }),
  killed: step("killed", { command: () => ({ argv: ["node", "-e", "process.kill(process.pid, 'SIGKILL')"] }) }),
  no_program: step("no_program", { command: () => ({ argv: ["no-such-program"] }) }),
  reads_undeclared: { ...step("reads_undeclared"), command: undefined, run: async (io) => { await io.read("plugin.ts"); } },
  writes_undeclared: { ...step("writes_undeclared"), command: undefined, run: async (io) => { await io.write("src/new.txt", "x"); } },
  returns_nothing: { ...step("returns_nothing"), command: undefined, run: async () => undefined },
}`;

test("an atom that goes wrong breaks its own task and no other, with a message that names the cause", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(1);
  expect(stderr).toBe("");
  const told = summaryOf(repository).tasks.map(({ id, status, diagnostics, reason }) => [
    `${id} ${status}`,
    ...(diagnostics.length === 0 ? [`  ${reason ?? ""}`] : diagnostics.map(({ code, message }) => `  ${code} ${normalise(message, repository)}`)),
  ]);
  expect(told.flat().join("\n")).toMatchInlineSnapshot();
});

test("what broke is shown with a code, a cause and a way out, and without a stack trace", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  const { stdout } = await symbiotic(repository, ["run", "throws", "unparsable", "reads_undeclared", "fine", "--concurrency", "1"]);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot();
  expect(stdout).not.toMatch(/^\s+at .*node_modules/m);
});

test("what is broken is never kept: it runs again", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  await symbiotic(repository, ["run", "throws", "unparsable", "fine"]);
  await symbiotic(repository, ["run", "throws", "unparsable", "fine"]);
  expect(outcomes(repository)).toEqual({ "app:throws": "broken miss", "app:unparsable": "broken miss", "app:fine": "ok hit" });
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
  expect([slow.pid, grandchild.pid].filter(isAlive)).toEqual([]);
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
      leaves: { ...step("leaves"), command: undefined, run: async (io) => {
        void io.exec({ argv: ["node", "controlled.mjs", "orphan"], cwd: "." });
        while (!existsSync("go")) await new Promise(setImmediate);
        process.exit(0);
      } },
    }; import { existsSync } from "node:fs"`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "leaves"]);
  const orphan = await control.next("orphan");
  repository.write({ go: "" });
  const { exitCode, stdout } = await running;
  await orphan.ended;
  expect(exitCode).toBe(1);
  expect(stdout).toContain("its worker ended");
  expect(existsSync(`/proc/${String(orphan.pid)}`)).toBe(false);
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
  using repository = createPluginRepository({ atoms: `{ bad: step("bad", { command: () => ({ argv: ["node", "-e", "console.log('before'); console.error('why'); process.exit(7)"] }) }) }` });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "bad"]);
  expect(exitCode).toBe(1);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot();
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
