import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { normalise } from "../support/normalise.ts";
import { ROOT } from "../support/places.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { SHOP } from "../support/python-files.ts";
import { eventsOf, outcomes, summaryOf } from "../support/record.ts";
import { createRepository } from "../support/repository.ts";

const CHAIN = `{
  fails: step("fails", { command: () => ({ argv: ["node", "-e", "process.exit(1)"] }) }),
  waits: step("waits", { dependsOn: ["fails"], command: () => ({ argv: ["node", "-e", ""] }) }),
  alone: step("alone", { command: () => ({ argv: ["node", "-e", ""] }) }),
}`;

test.each([
  [
    "without a flag, what does not depend on it goes on",
    [],
    { "app:fails": "failed miss", "app:waits": "skipped off", "app:alone": "ok miss" },
  ],
  [
    "--continue goes on with everything",
    ["--continue"],
    { "app:fails": "failed miss", "app:waits": "ok miss", "app:alone": "ok miss" },
  ],
  [
    "--continue=always goes on with everything",
    ["--continue=always"],
    { "app:fails": "failed miss", "app:waits": "ok miss", "app:alone": "ok miss" },
  ],
  [
    "--continue=independent goes on with what does not depend on it",
    ["--continue=independent"],
    { "app:fails": "failed miss", "app:waits": "skipped off", "app:alone": "ok miss" },
  ],
  [
    "--continue=never starts nothing more",
    ["--continue=never"],
    { "app:fails": "failed miss", "app:waits": "skipped off", "app:alone": "skipped off" },
  ],
])("after a failure: %s", async (_title, flags, expected) => {
  using repository = createPluginRepository({ atoms: CHAIN });
  const { exitCode } = await symbiotic(repository, ["run", "all", "--concurrency", "1", ...flags]);
  expect(exitCode).toBe(1);
  expect(outcomes(repository)).toEqual(expected);
});

test("a task that is skipped says for whom it waited", async () => {
  using repository = createPluginRepository({ atoms: CHAIN });
  const { stdout } = await symbiotic(repository, ["run", "all", "--concurrency", "1"]);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · all: 3 tasks in 2 levels

      fails   <time>   failed: exit code 1   (never run here before)
      waits  skipped   app:fails failed
      alone   <time>   ok

    app:fails  failed: exit code 1
       log: .symbiotic/runs/<run>/logs/app~3afails.log

    1 task failed · 3 tasks: 2 run, 1 skipped · <time> · .symbiotic/runs/<run>"
  `);
});

test("--output-logs says whose logs are shown; full shows those of hits, too", async () => {
  using repository = createPluginRepository({
    atoms: `{
      good: step("good", { command: () => ({ argv: ["node", "-e", "console.log('all is well')"] }) }),
      bad: step("bad", { command: () => ({ argv: ["node", "-e", "console.log('all is lost'); process.exit(1)"] }) }),
    }`,
  });
  const shown = async (mode: string): Promise<string[]> => {
    const { stdout, stderr } = await symbiotic(repository, ["run", "all", "--output-logs", mode]);
    return ["all is well", "all is lost"].filter((line) => `${stdout}${stderr}`.includes(`| ${line}`));
  };
  expect(await shown("new-only")).toEqual(["all is well", "all is lost"]);
  expect(outcomes(repository)).toEqual({ "app:good": "ok miss", "app:bad": "failed miss" });
  expect(await shown("new-only")).toEqual(["all is lost"]);
  expect(await shown("full")).toEqual(["all is well", "all is lost"]);
  expect(outcomes(repository)).toEqual({ "app:good": "ok hit", "app:bad": "failed miss" });
  expect(await shown("failed")).toEqual(["all is lost"]);
  expect(await shown("none")).toEqual([]);
});

test("--json prints the summary alone: the same facts as the run's record", async () => {
  using repository = createRepository(SHOP);
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "gates", "--json"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(summaryOf(repository));
  expect(summaryOf(repository)).toMatchObject({
    exitCode: 1,
    counts: { total: 3, ok: 2, failed: 1, cached: 0 },
    findings: [{ rule: "F401" }],
    tests: [{ id: "tests/test_price.py::test_none", outcome: "failed" }],
  });
});

test("events.jsonl keeps to its published schema, and counts without a gap", async () => {
  using repository = createRepository(SHOP);
  await symbiotic(repository, ["run", "gates"]);
  await symbiotic(repository, ["run", "gates", "--affected", "--base", "HEAD"]);
  repository.write({ "src/shop/__init__.py": "import sys\n" });
  await symbiotic(repository, ["run", "gates", "--affected"]);
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync(join(ROOT, "docs/schemas/event.schema.json"), "utf8")) as object,
  );
  for (const index of [0, 1, 2]) {
    const events = eventsOf(repository, index);
    for (const event of events) expect(validate(event) ? [] : [event, validate.errors]).toEqual([]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, position) => position));
    expect([events.at(0)?.event.type, events.at(-1)?.event.type]).toEqual(["run-started", "run-finished"]);
  }
  expect(validate({ ...eventsOf(repository)[0], v: 2 })).toBe(false);
});

// Built from parts: what looks like a secret in a source file is one to whoever scans it.
const TOKEN = ["gh", "p_", "A1b2C3d4E5f6", "G7h8I9j0K1l2", "M3n4O5p6Q7r8"].join("");
const PASSWORD = ["correct", "horse", "battery"].join("-");

test("a secret that a task prints is in no log, event, summary, evidence or terminal", async () => {
  using repository = createPluginRepository({
    atoms: `{
      leaks: step("leaks", {
        inputs: () => ({ variables: ["ACME_PASSWORD"] }),
        command: () => ({ argv: ["node", "-e", "console.log('token ' + ['gh', 'p_', 'A1b2C3d4E5f6', 'G7h8I9j0K1l2', 'M3n4O5p6Q7r8'].join('')); console.error('with ' + process.env.ACME_PASSWORD)"] }),
        parse: ({ stdout, stderr }) => ({ ok: true, value: { status: "ok", summary: "said " + stdout.trim(), evidence: { tool: "leaks", data: { stdout, stderr }, findings: [{ tool: "leaks", rule: "R1", level: "error", message: stdout + stderr, file: "input.txt" }] } } }),
      }),
    }`,
  });
  const env = { ACME_PASSWORD: PASSWORD };
  const first = await symbiotic(repository, ["run", "leaks", "--output-logs", "full"], { env });
  const again = await symbiotic(repository, ["run", "leaks", "--output-logs", "full"], { env });
  expect(outcomes(repository)).toEqual({ "app:leaks": "ok hit" });
  expect(first.stdout).toContain("token ");
  const kept = [".symbiotic", ".git/symbiotic"].flatMap((folder) =>
    readdirSync(join(repository.root, folder), { recursive: true, withFileTypes: true }),
  );
  const texts = kept.flatMap((entry) =>
    entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), "latin1")] : [],
  );
  expect(texts.length).toBeGreaterThan(6);
  for (const text of [...texts, first.stdout, first.stderr, again.stdout, again.stderr]) {
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(PASSWORD);
  }
});

test("in GitHub Actions findings are annotations at their places", async () => {
  using repository = createRepository(SHOP);
  const { stdout } = await symbiotic(repository, ["run", "ruff"], { env: { CI: "true", GITHUB_ACTIONS: "true" } });
  expect(normalise(stdout, repository)).toMatch(/^::error .*file=src\/shop\/__init__\.py,line=1.*/m);
});

test("colour is asked for or refused by variable", async () => {
  using repository = createPluginRepository({ atoms: CHAIN });
  const coloured = await symbiotic(repository, ["run", "alone"], { env: { FORCE_COLOR: "1" } });
  const plain = await symbiotic(repository, ["run", "alone"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
  expect(coloured.stdout).toContain("\u001b[");
  expect(plain.stdout).not.toContain("\u001b[");
});
