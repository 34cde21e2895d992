import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../../support/binary.ts";
import { createPartsRepository, ranParts } from "../../support/parts-repository.ts";
import { summaryOf } from "../../support/record.ts";
import type { TestRepository } from "../../support/repository.ts";

const LONG = "long ".repeat(1000);

const run = (repository: TestRepository): ReturnType<typeof symbiotic> => symbiotic(repository, ["run", "suite"]);

/** The files below a folder of the cache, absolute. */
function kept({ root }: TestRepository, folder: "blobs" | "records"): readonly string[] {
  const place = join(root, ".git/symbiotic", folder);
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("a record of which the text is damaged or gone is not told of, and is there again when the part has run", async () => {
  using repository = createPartsRepository({ files: { "t/a.txt": LONG, "t/b.txt": `${LONG}b` } });
  await run(repository);
  const texts = kept(repository, "blobs").filter((file) => readFileSync(file, "utf8").includes("long long"));
  expect(texts).toHaveLength(2);
  writeFileSync(texts[0] ?? "", "damaged");
  rmSync(texts[1] ?? "");
  for (const text of ["2", "3"]) {
    repository.write({ "t/c.txt": text });
    expect((await run(repository)).exitCode).toBe(0);
  }
  expect(ranParts(repository)).toEqual(["a b c", "a b c", "c"]);
});

test("lines of records that are cut off or altered are misses", async () => {
  using repository = createPartsRepository();
  await run(repository);
  for (const file of kept(repository, "records"))
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("t/a.txt", "t/x.txt").slice(0, -5));
  repository.write({ "t/c.txt": "2" });
  expect((await run(repository)).exitCode).toBe(0);
  expect(ranParts(repository)).toEqual(["a b c", "a b c"]);
});

test("with a cache that cannot be written all is as without one", async () => {
  using repository = createPartsRepository();
  const env = { SYMBIOTIC_CACHE_DIR: join(repository.root, "project.json") };
  for (const text of ["1", "2"]) {
    repository.write({ "t/c.txt": text });
    expect((await symbiotic(repository, ["run", "suite"], { env })).exitCode).toBe(0);
  }
  expect(ranParts(repository)).toEqual(["a b c", "a b c"]);
});

test("a plugin that throws when it is asked for names breaks its own task", async () => {
  using repository = createPartsRepository({
    more: 'parts: { known: "known.json", names: () => { throw new Error("no names today"); } },',
  });
  expect((await run(repository)).exitCode).toBe(1);
  expect(summaryOf(repository).tasks).toMatchObject([
    { status: "broken", diagnostics: [{ code: "SYM4009", message: "app:suite: parts.names threw: no names today" }] },
  ]);
});

test.each(["7", "[1]", '"t/a.txt"'])("names that are %s break the task, too", async (names) => {
  using repository = createPartsRepository({ more: `parts: { known: "known.json", names: () => ${names} },` });
  await run(repository);
  expect(summaryOf(repository).tasks).toMatchObject([
    { status: "broken", diagnostics: [{ message: "app:suite: parts.names gave no list of texts" }] },
  ]);
});

test.each([
  ["../../../escaped.json", "it is not the path of a file below the task's folder"],
  ["/etc/escaped.json", "it is not the path of a file below the task's folder"],
  ["C:/escaped.json", "it is not a path everywhere"],
  ["", "it is not the path of a file below the task's folder"],
])("a plugin that has %s told of its parts is refused", async (known, why) => {
  using repository = createPartsRepository({ more: `parts: { known: ${JSON.stringify(known)}, names: () => [] },` });
  const { exitCode, stdout, stderr } = await run(repository);
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toContain("SYM1302");
  expect(stdout + stderr).toContain(why);
});

test.each([
  ['{ "../../../escaped.txt": "" }', "SYM4060"],
  ['{ "/tmp/escaped.txt": "" }', "SYM4060"],
  ['{ "KNOWN.json": "" }', "SYM4060"],
  ['{ "a": "", "a/b": "" }', "SYM4061"],
])("files that are %s break the task, and nothing is written elsewhere", async (files, code) => {
  using repository = createPartsRepository({
    more: `command: () => ({ argv: ["node", "--version"], cwd: ".", files: ${files} }),`,
  });
  await run(repository);
  expect(summaryOf(repository).tasks).toMatchObject([{ status: "broken", diagnostics: [{ code }] }]);
  expect(repository.git("status", "--porcelain", "--untracked-files=all")).not.toContain("escaped");
});

test.each([
  ['{ parts: [{ name: "t/a.txt" }] }', "parts[0] has no name or no record"],
  ["{ parts: {} }", "its parts are no list"],
  ["{ served: { served: -1, ran: 0, what: 'files' } }", "`served` does not have the members that it must have"],
])("an outcome with %s cannot be used", async (outcome, why) => {
  using repository = createPartsRepository({ more: `parse: () => ok({ ...found(), ...${outcome} }),` });
  await run(repository);
  expect(summaryOf(repository).tasks).toMatchObject([
    { status: "broken", diagnostics: [{ code: "SYM4015", message: expect.stringContaining(why) as string }] },
  ]);
});
