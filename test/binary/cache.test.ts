import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository, pluginText } from "../support/plugin-repository.ts";
import { MENDED, SHOP } from "../support/python-files.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import { createRepository, linkPackages, type TestRepository } from "../support/repository.ts";

test("`ok` is served, `failed` and `broken` are not", async () => {
  using repository = createPluginRepository({
    atoms: `{
      good: step("good", { command: () => ({ argv: ["node", "-e", ""] }) }),
      bad: step("bad", { command: () => ({ argv: ["node", "-e", "process.exit(1)"] }) }),
      crashes: step("crashes", { command: () => ({ argv: ["node", "-e", "process.kill(process.pid, 'SIGKILL')"] }) }),
    }`,
  });
  const first = await symbiotic(repository, ["run", "all"]);
  expect(first.exitCode).toBe(1);
  expect(outcomes(repository)).toEqual({
    "app:good": "ok miss",
    "app:bad": "failed miss",
    "app:crashes": "broken miss",
  });
  const second = await symbiotic(repository, ["run", "all"]);
  expect(second.exitCode).toBe(1);
  expect(outcomes(repository)).toEqual({
    "app:good": "ok hit",
    "app:bad": "failed miss",
    "app:crashes": "broken miss",
  });
  expect(missed(repository)).toEqual({
    "app:good": null,
    "app:bad": "it failed last time",
    "app:crashes": "it did not finish last time",
  });
});

test("an input that is edited while its task runs: the result is not kept, and the run says so", async () => {
  using repository = createPluginRepository({ atoms: `{ slow: step("slow") }` });
  await using control = await createControl(repository);
  const first = symbiotic(repository, ["run", "slow"]);
  const slow = await control.next("slow");
  repository.write({ "input.txt": "edited meanwhile\n" });
  await slow.exit(0);
  const { exitCode, stdout } = await first;
  expect(exitCode).toBe(0);
  expect(stdout).toContain("SYM4012");
  expect(stdout).toContain("input.txt changed while the task ran, so its result was not kept");

  // Neither what is there now nor what was there before is known.
  for (const text of ["edited meanwhile\n", "1\n"]) {
    repository.write({ "input.txt": text });
    const again = symbiotic(repository, ["run", "slow"]);
    await (await control.next("slow")).exit(0);
    await again;
    expect(outcomes(repository)).toEqual({ "app:slow": "ok miss" });
  }
  await symbiotic(repository, ["run", "slow"]);
  expect(outcomes(repository)).toEqual({ "app:slow": "ok hit" });
});

test("a copy and a clone at other places are full hits of a shared cache, with the same findings", async () => {
  using repository = createRepository({ ...SHOP, "tests/test_price.py": MENDED["tests/test_price.py"] ?? "" });
  const env = { SYMBIOTIC_CACHE_DIR: join(repository.home, "cache") };
  await symbiotic(repository, ["run", "gates"], { env });
  using copy = repository.copy();
  using clone = repository.clone();
  for (const other of [copy, clone]) {
    await symbiotic(other, ["run", "gates"], { env });
    expect(summaryOf(other).counts).toMatchObject({ total: 3, cached: 3 });
    expect(summaryOf(other).findings).toEqual(summaryOf(repository).findings);
  }
});

test("whatever the result depends on makes a miss that names it, and nothing else does", async () => {
  const parts = {
    options: "z.strictObject({ level: z.number().default(1) }).default({ level: 1 })",
    atoms: `{
      watched: step("watched", {
        inputs: () => ({ files: ["input.txt"], variables: ["MODE"] }),
        tools: () => [{ kind: "node-module", name: "acme", url: new URL("./acme.mjs", import.meta.url).href, version: "1" }],
        command: ({ tool }) => ({ argv: tool.argv }),
      }),
    }`,
    files: { "acme.mjs": "", "project.json": '{ "name": "app" }\n', "input.txt": "1\n", "other.txt": "" },
  };
  using repository = createPluginRepository(parts);
  const run = async (env: Record<string, string> = {}): Promise<string> => {
    await symbiotic(repository, ["run", "watched"], { env });
    return `${outcomes(repository)["app:watched"] ?? ""}: ${missed(repository)["app:watched"] ?? ""}`;
  };
  expect(await run()).toBe("ok miss: never run here before");
  expect(await run()).toBe("ok hit: ");
  repository.write({ "other.txt": "edited" });
  expect(await run({ UNDECLARED: "1" })).toBe("ok hit: ");
  expect(await run({ MODE: "1" })).toBe("ok miss: variable MODE is set");
  repository.write({ "input.txt": "2\n" });
  expect(await run()).toBe("ok miss: input.txt changed and 1 more");
  repository.write({ "acme.mjs": "// a newer one" });
  expect(await run()).toBe("ok miss: acme changed");
  repository.write({
    "symbiotic.config.ts": repository.read("symbiotic.config.ts").replace("local()", "local({ level: 2 })"),
  });
  expect(await run()).toBe("ok miss: options changed");
  repository.write({ "plugin.ts": `${pluginText(parts)}// edited in place\n` });
  expect(await run()).toBe("ok miss: plugin changed");
  repository.write({
    "plugin.ts": pluginText({ ...parts, atoms: parts.atoms.replace("tool.argv }", 'tool.argv.concat("--fast") }') }),
  });
  expect(await run()).toMatch(/^ok miss: plugin changed and 1 more$/);
  expect(await run()).toBe("ok hit: ");
});

test("a variable that is not declared is not given to the task, and a failure that mentions it says so", async () => {
  using repository = createPluginRepository({
    atoms: `{ curious: step("curious", { inputs: () => ({ variables: ["DECLARED"] }) }) }`,
    settings: `environment: { pass: ["PASSED"] },`,
  });
  await using control = await createControl(repository);
  const running = symbiotic(repository, ["run", "curious"], { env: { DECLARED: "d", PASSED: "p", WITHHELD: "w" } });
  const { env, ...curious } = await control.next("curious");
  await curious.print("KeyError: 'WITHHELD'\n", "stderr");
  await curious.exit(1);
  const { stdout } = await running;
  expect(env).toMatchObject({ DECLARED: "d", PASSED: "p" });
  expect(Object.keys(env)).not.toContain("WITHHELD");
  expect(stdout).toContain("it may miss WITHHELD: set in your environment, withheld from the task");
});

test("a task before it that runs again and gives the same result leaves a task a hit", async () => {
  const count = `"const { readFileSync } = require('node:fs'); console.log(readFileSync('words.txt', 'utf8').trim().split(' ').length)"`;
  using repository = createPluginRepository({
    atoms: `{
      counts: step("counts", {
        inputs: () => ({ files: ["words.txt"] }),
        command: () => ({ argv: ["node", "-e", ${count}] }),
        parse: ({ stdout }) => ok(found({ data: { words: Number(stdout) } })),
      }),
      uses: step("uses", { dependsOn: ["counts"], command: () => ({ argv: ["node", "-e", ""] }) }),
    }`,
    files: { "project.json": '{ "name": "app" }\n', "input.txt": "", "words.txt": "one two\n" },
  });
  await symbiotic(repository, ["run", "uses"]);
  repository.write({ "words.txt": "three four\n" });
  await symbiotic(repository, ["run", "uses"]);
  expect(outcomes(repository)).toEqual({ "app:counts": "ok miss", "app:uses": "ok hit" });
  repository.write({ "words.txt": "five six seven\n" });
  await symbiotic(repository, ["run", "uses"]);
  expect(outcomes(repository)).toEqual({ "app:counts": "ok miss", "app:uses": "ok miss" });
  expect(missed(repository)["app:uses"]).toBe("app:counts gave another result");
});

test("an output that was deleted is put back without running the task", async () => {
  using repository = createPluginRepository({
    atoms: `{ builds: { ...work("builds", async (io) => { await io.write("dist/out.txt", await io.read("input.txt")); return found(); }), kind: "build", outputs: () => ["dist"] } }`,
    files: {
      ".gitignore": "node_modules/\ndist/\n",
      "project.json": '{ "name": "app" }\n',
      "input.txt": "made of this\n",
    },
  });
  await symbiotic(repository, ["run", "builds"]);
  expect(repository.read("dist/out.txt")).toBe("made of this\n");
  repository.remove("dist");
  await symbiotic(repository, ["run", "builds"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok hit" });
  expect(repository.read("dist/out.txt")).toBe("made of this\n");
});

test("--force runs everything and keeps it; --no-cache neither reads nor keeps", async () => {
  using repository = createPluginRepository({
    atoms: `{ quick: step("quick", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
  });
  const run = async (...flags: readonly string[]): Promise<string | undefined> => {
    await symbiotic(repository, ["run", "quick", ...flags]);
    return outcomes(repository)["app:quick"];
  };
  expect(await run("--no-cache")).toBe("ok off");
  expect(await run("--force")).toBe("ok miss");
  expect(missed(repository)["app:quick"]).toBe("asked for by --force");
  expect(await run()).toBe("ok hit");
  expect(await run("--no-cache")).toBe("ok off");
  const both = await symbiotic(repository, ["run", "quick", "--force", "--no-cache"]);
  expect(both).toMatchObject({ exitCode: 2, stdout: "" });
  expect(both.stderr).toMatchInlineSnapshot(`
    "error SYM2008  --force and --no-cache exclude each other
      --force runs and keeps, --no-cache does not keep
    "
  `);
});

test("--dry-run says hit, miss or what a task depends on, and runs nothing", async () => {
  using repository = createPluginRepository({
    atoms: `{
      first: step("first"),
      second: step("second", { dependsOn: ["first"], inputs: () => ({}) }),
      known: step("known", { command: () => ({ argv: ["node", "-e", ""] }) }),
      tool_less: step("tool_less", { tools: () => [] }),
    }`,
  });
  await using control = await createControl(repository);
  await symbiotic(repository, ["run", "known"]);
  const text = await symbiotic(repository, ["run", "all", "--dry-run"]);
  expect(text).toMatchObject({ exitCode: 0, stderr: "" });
  expect(normalise(text.stdout, repository)).toMatchInlineSnapshot(`
    "app:first      miss     never run here before
    app:known      hit      ok
    app:tool_less  skipped  not installed ()
    app:second     depends  depends on app:first"
  `);
  const json = await symbiotic(repository, ["run", "all", "--dry-run=json"]);
  expect(JSON.parse(json.stdout)).toMatchInlineSnapshot(`
    {
      "tasks": [
        {
          "atom": "first",
          "because": "never run here before",
          "dependsOn": [],
          "id": "app:first",
          "project": "app",
          "state": "miss",
        },
        {
          "atom": "known",
          "because": "ok",
          "dependsOn": [],
          "id": "app:known",
          "project": "app",
          "state": "hit",
        },
        {
          "atom": "tool_less",
          "because": "not installed ()",
          "dependsOn": [],
          "id": "app:tool_less",
          "project": "app",
          "state": "skipped",
        },
        {
          "atom": "second",
          "because": "depends on app:first",
          "dependsOn": [
            "app:first",
          ],
          "id": "app:second",
          "project": "app",
          "state": "depends",
        },
      ],
    }
  `);
  expect(control.started).toEqual([]);
  expect(repository.runs()).toHaveLength(1);
});

test("two runs at once compute a key once: the second waits and is served", async () => {
  using repository = createPluginRepository({ atoms: `{ shared: step("shared") }` });
  await using control = await createControl(repository);
  const first = symbiotic(repository, ["run", "shared"]);
  const shared = await control.next("shared");
  const second = symbiotic(repository, ["run", "shared", "--json"]);
  await shared.print("slowly\n");
  await shared.exit(0);
  const [one, two] = await Promise.all([first, second]);
  expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
  expect(control.started).toEqual(["shared"]);
  expect(
    repository
      .runs()
      .map((_, index) => summaryOf(repository, index).tasks[0]?.cache)
      .sort(),
  ).toEqual(["hit", "miss"]);
});

test("nothing of the cache that is damaged is served: it is made again, and the run passes", async () => {
  using repository = createPluginRepository({
    atoms: `{ quick: step("quick", { command: () => ({ argv: ["node", "-e", ""] }), parse: () => ok(found({ data: { answer: 42 } })) }) }`,
  });
  await symbiotic(repository, ["run", "quick"]);
  const directory = join(repository.root, ".git/symbiotic");
  const blobs = filesBelow(directory).filter((file) => readFileSync(file, "utf8").includes("answer"));
  expect(blobs.length).toBeGreaterThan(0);
  for (const file of blobs)
    repository.write({ [file.slice(repository.root.length + 1)]: readFileSync(file, "utf8").replace("42", "43") });
  const again = await symbiotic(repository, ["run", "quick"]);
  expect(again.exitCode).toBe(0);
  expect(outcomes(repository)).toEqual({ "app:quick": "ok miss" });
  await symbiotic(repository, ["run", "quick"]);
  expect(outcomes(repository)).toEqual({ "app:quick": "ok hit" });
});

test("another checkout of a repository with a local plugin has the same keys", async () => {
  using repository = createPluginRepository({
    atoms: `{ quick: step("quick", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
  });
  const env = { SYMBIOTIC_CACHE_DIR: join(repository.home, "cache") };
  await symbiotic(repository, ["run", "quick"], { env });
  using clone = repository.clone();
  linkPackages(clone.root);
  await symbiotic(clone, ["run", "quick"], { env });
  expect(outcomes(clone)).toEqual({ "app:quick": "ok hit" });
});

function missed(repository: TestRepository): Record<string, string | null> {
  return Object.fromEntries(summaryOf(repository).tasks.map(({ id, missed: why }) => [id, why]));
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}
