import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../../support/binary.ts";
import { createIsolatedParts, createPartsRepository, ranParts, toldOf } from "../../support/parts-repository.ts";
import { eventsOf, eventsOfType, outcomes, summaryOf } from "../../support/record.ts";
import type { TestRepository } from "../../support/repository.ts";

const run = (repository: TestRepository, ...more: readonly string[]): ReturnType<typeof symbiotic> =>
  symbiotic(repository, ["run", "suite", ...more]);

test("a task that must run leaves out the parts of which nothing changed, and says how many", async () => {
  using repository = createPartsRepository();
  await run(repository);
  repository.write({ "t/b.txt": "other\n" });
  const { exitCode, stdout } = await run(repository);
  expect(exitCode).toBe(0);
  expect(ranParts(repository)).toEqual(["a b c", "b"]);
  expect(stdout).toContain("3 passed · 2 of 3 files from records");
  const served = { served: 2, ran: 1, what: "files" };
  expect(summaryOf(repository).tasks).toMatchObject([{ cache: "miss", summary: "3 passed", served }]);
  expect(eventsOfType(eventsOf(repository), "task-finished")).toMatchObject([{ served }]);
});

test("the task's own key comes first: where nothing changed no process starts, and no parts are told of", async () => {
  using repository = createPartsRepository();
  await run(repository);
  const { stdout } = await run(repository);
  expect(outcomes(repository)).toEqual({ "app:suite": "ok hit" });
  expect(ranParts(repository)).toEqual(["a b c"]);
  expect(stdout).not.toContain("from records");
  expect(summaryOf(repository).tasks).toMatchObject([{ served: null }]);
});

test("what the task leaves is the same, whether its parts ran or were left out", async () => {
  using repository = createPartsRepository();
  await run(repository);
  repository.write({ "t/b.txt": "other\n" });
  await run(repository);
  const served = eventsOfType(eventsOf(repository), "measured");
  await run(repository, "--force");
  expect(eventsOfType(eventsOf(repository), "measured")).toEqual(served);
  expect(served).toMatchObject([{ tests: { passed: ["t/a.txt", "t/b.txt", "t/c.txt"] } }]);
});

test("of a task that failed the parts that passed are kept, and the one that failed runs again", async () => {
  using repository = createPartsRepository({ files: { "t/b.txt": "fail\n" } });
  expect((await run(repository)).exitCode).toBe(1);
  const { stdout } = await run(repository);
  expect(stdout).toContain("2 passed, 1 failed · 2 of 3 files from records");
  expect(outcomes(repository)).toEqual({ "app:suite": "failed miss" });
  expect(ranParts(repository)).toEqual(["a b c", "b"]);
});

test("a part that was here before is known again: records of one part live beside each other", async () => {
  using repository = createPartsRepository();
  for (const text of ["one", "two", "one more", "one", "two"]) {
    repository.write({ "t/a.txt": text, "t/b.txt": `b for ${text}` });
    await run(repository);
  }
  repository.write({ "t/b.txt": "new", "t/a.txt": "one" });
  await run(repository);
  // The fourth and the fifth time all was as it had been: the task itself was known.
  expect(ranParts(repository)).toEqual(["a b c", "a b", "a b", "b"]);
});

test("of more records than the atom asks for it is told the newest", async () => {
  using repository = createPartsRepository({
    more: 'parts: { known: "known.json", names: (_, paths) => paths, max: 2 },',
  });
  for (const text of ["one", "two", "three"]) {
    repository.write({ "t/a.txt": text });
    await run(repository);
  }
  repository.write({ "t/b.txt": "new", "t/a.txt": "one" });
  await run(repository);
  expect(ranParts(repository).at(-1)).toBe("a b");
  expect(toldOf(repository)["t/a.txt"]?.map(({ message }) => message)).toEqual(["three", "two"]);
});

test("a record is served to the same command, options, tool and variables only", async () => {
  using repository = createPartsRepository();
  await run(repository);
  const touch = (): void => repository.write({ "t/c.txt": `c ${String(ranParts(repository).length)}` });

  touch();
  await symbiotic(repository, ["run", "suite"], { env: { MODE: "other" } });
  expect(ranParts(repository).at(-1)).toBe("a b c");

  touch();
  await symbiotic(repository, ["run", "suite", "--", "more"]);
  expect(ranParts(repository).at(-1)).toBe("a b c");

  touch();
  const config = repository.read("symbiotic.config.ts");
  repository.write({ "symbiotic.config.ts": config.replace("local()", 'local({ word: "other" })') });
  await run(repository);
  expect(ranParts(repository).at(-1)).toBe("a b c");

  touch();
  repository.write({ "symbiotic.config.ts": config, "plugin.ts": `${repository.read("plugin.ts")}// edited\n` });
  await run(repository);
  expect(ranParts(repository).at(-1)).toBe("a b c");

  touch();
  await run(repository);
  expect(ranParts(repository).at(-1)).toBe("c");
});

test("--force and --no-cache run all parts; what --force ran is known afterwards, what --no-cache ran is not", async () => {
  using repository = createPartsRepository();
  await run(repository, "--no-cache");
  await run(repository);
  repository.write({ "t/a.txt": "forced" });
  await run(repository, "--force");
  repository.write({ "t/b.txt": "new" });
  await run(repository);
  repository.write({ "t/b.txt": "newer" });
  await run(repository, "--no-cache");
  repository.write({ "t/c.txt": "new" });
  await run(repository);
  expect(ranParts(repository)).toEqual(["a b c", "a b c", "a b c", "b", "a b c", "b c"]);
});

test("where the results of an atom are not to be kept, nothing is known of its parts either", async () => {
  using repository = createPartsRepository({ more: "cache: false," });
  await run(repository);
  await run(repository);
  expect(ranParts(repository)).toEqual(["a b c", "a b c"]);
});

test("nothing is kept of a run during which an input changed", async () => {
  using repository = createPartsRepository({ files: { "t/b.txt": "touch t/c.txt\n" } });
  expect((await run(repository)).stdout).toContain("SYM4012");
  repository.write({ "t/b.txt": "calm\n" });
  await run(repository);
  expect(ranParts(repository)).toEqual(["a b c", "a b c"]);
});

test("parts that were kept elsewhere serve a checkout that never ran anything", async () => {
  using repository = createPartsRepository({ files: { "t/b.txt": "fail\n" } });
  repository.commit();
  await run(repository);
  const file = join(repository.home, "parts.cache");
  const exported = await symbiotic(repository, ["cache", "export", file, "--last-run", "--json"]);
  expect(JSON.parse(exported.stdout)).toMatchObject({ records: 2, problems: [] });

  using elsewhere = repository.copy();
  await symbiotic(elsewhere, ["cache", "clear"]);
  expect((await symbiotic(elsewhere, ["cache", "import", file])).exitCode).toBe(0);
  await run(elsewhere);
  expect(ranParts(repository)).toEqual(["a b c", "b"]);
});

test("`cache export --last-run` takes of each part what the last run was served, and nothing of other runs", async () => {
  using repository = createPartsRepository();
  await run(repository);
  await symbiotic(repository, ["run", "suite"], { env: { MODE: "other" } });
  repository.write({ "t/b.txt": "two\n" });
  await run(repository);
  repository.write({ "t/b.txt": "b\n", "t/c.txt": "two\n" });
  await run(repository);
  const file = join(repository.home, "parts.cache");
  const exported = await symbiotic(repository, ["cache", "export", file, "--last-run", "--json"]);
  expect(JSON.parse(exported.stdout)).toMatchObject({ records: 4 });
  await symbiotic(repository, ["cache", "clear"]);
  await symbiotic(repository, ["cache", "import", file]);
  repository.write({ "t/a.txt": "new\n" });
  await run(repository);
  expect(ranParts(repository)).toEqual(["a b c", "a b c", "b", "c", "a"]);
});

test("records of parts are as good as any to `cache prune` and `cache verify`", async () => {
  using repository = createPartsRepository();
  await run(repository);
  expect((await symbiotic(repository, ["cache", "prune"])).exitCode).toBe(0);
  expect((await symbiotic(repository, ["cache", "verify"])).exitCode).toBe(0);
  repository.write({ "t/c.txt": "new" });
  await run(repository);
  expect(ranParts(repository)).toEqual(["a b c", "c"]);
});

test("an isolated plugin has parts as an imported one has", async () => {
  using repository = createIsolatedParts();
  await run(repository);
  repository.write({ "t/b.txt": "other\n" });
  expect((await run(repository)).stdout).toContain("2 of 3 files from records");
  expect(ranParts(repository)).toEqual(["a b c", "b"]);
});

test("two runs at once over one cache keep what each of them ran", async () => {
  using one = createPartsRepository();
  using two = one.copy();
  two.write({ "t/a.txt": "other a" });
  const env = { SYMBIOTIC_CACHE_DIR: join(one.home, "cache") };
  await Promise.all([one, two].map((each) => symbiotic(each, ["run", "suite"], { env })));
  one.write({ "t/a.txt": "other a", "t/c.txt": "new" });
  two.write({ "t/a.txt": "a", "t/c.txt": "newer" });
  await symbiotic(one, ["run", "suite"], { env });
  await symbiotic(two, ["run", "suite"], { env });
  expect(ranParts(one).slice(2)).toEqual(["c", "c"]);
});

test("secrets are taken out of a record before it is kept", async () => {
  using repository = createPartsRepository({
    more: 'inputs: () => ({ files: ["t/*.txt"], variables: ["API_TOKEN"] }),',
  });
  repository.write({ "t/a.txt": "says hunter2-is-long-enough\n" });
  const env = { API_TOKEN: "hunter2-is-long-enough" };
  await symbiotic(repository, ["run", "suite"], { env });
  repository.write({ "t/b.txt": "new\n" });
  await symbiotic(repository, ["run", "suite"], { env });
  expect(toldOf(repository)["t/a.txt"]).toMatchObject([{ message: expect.stringContaining("says [redacted:") }]);
  expect(JSON.stringify(toldOf(repository))).not.toContain("hunter2");
});

test("`why` names a file of the plugin that changed, and keeps none of its text", async () => {
  using repository = createPartsRepository();
  await run(repository);
  repository.write({ "plugin.ts": repository.read("plugin.ts").replace("A program whose", "The program whose") });
  const { stdout } = await symbiotic(repository, ["why", "app:suite"]);
  expect(stdout).toContain("the plugin's file lib/suite.mjs");
  expect(stdout).not.toContain("whose work");
});
