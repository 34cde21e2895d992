import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { summaryOf } from "../support/record.ts";

const NODE = (code: string): string => `command: () => ({ argv: ["node", "-e", ${JSON.stringify(code)}] })`;

// `first` goes wrong before the others may start: one slot, and it has the longest chain behind it.
const atoms = (first: string): string => `{
  first: step("first", { ${NODE(first)} }),
  waits: step("waits", { ${NODE("")}, dependsOn: ["first"] }),
  waits_longer: step("waits_longer", { ${NODE("")}, dependsOn: ["waits"] }),
  apart: step("apart", { ${NODE("")} }),
}`;

const FAILS = "process.exit(1)";
const BREAKS = "process.kill(process.pid, 'SIGKILL')";

test.each<[name: string, flags: string[], code: string, expected: Record<string, string>]>([
  [
    "a task that breaks is like one that fails",
    [],
    BREAKS,
    { first: "broken", waits: "skipped", waits_longer: "skipped", apart: "ok" },
  ],
  [
    "with --continue=never a task that breaks stops the rest too",
    ["--continue=never"],
    BREAKS,
    { first: "broken", waits: "skipped", waits_longer: "skipped", apart: "skipped" },
  ],
])("%s", async (_name, flags, code, expected) => {
  using repository = createPluginRepository({ atoms: atoms(code) });
  const { exitCode } = await symbiotic(repository, ["run", "all", "--concurrency", "1", ...flags]);
  const { tasks } = summaryOf(repository);
  expect(Object.fromEntries(tasks.map(({ id, status }) => [id.slice("app:".length), status]))).toEqual(expected);
  expect(exitCode).toBe(1);
});

test("what is skipped for a failure says for which, and how far it is", async () => {
  using repository = createPluginRepository({ atoms: atoms(FAILS) });
  await symbiotic(repository, ["run", "all", "--concurrency", "1"]);
  const reasons = summaryOf(repository).tasks.map(({ id, reason }) => [id, reason]);
  expect(Object.fromEntries(reasons)).toEqual({
    "app:apart": null,
    "app:first": "exit code 1",
    "app:waits": "app:first failed",
    "app:waits_longer": "app:waits was skipped",
  });
});

test("a task that is tried again stops nothing until its last attempt has failed", async () => {
  using repository = createPluginRepository({
    atoms: `{
      first: step("first", { retries: 1, ${NODE("const fs = require('node:fs'); if (!fs.existsSync('.symbiotic/tried')) { fs.writeFileSync('.symbiotic/tried', ''); process.exit(1); }")} }),
      waits: step("waits", { ${NODE("")}, dependsOn: ["first"] }),
    }`,
  });
  const { exitCode } = await symbiotic(repository, ["run", "all", "--continue=never"]);
  expect(summaryOf(repository).tasks.map(({ id, status, attempts }) => [id, status, attempts])).toEqual([
    ["app:first", "ok", 2],
    ["app:waits", "ok", 1],
  ]);
  expect(exitCode).toBe(0);
});
