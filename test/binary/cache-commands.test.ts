import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { outcomes } from "../support/record.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

function repositoryOfTwo(): TestRepository {
  return createPluginRepository({
    atoms: `{
      builds: step("builds", {
        kind: "build",
        outputs: () => ["dist"],
        command: () => ({ argv: ["node", "-e", "const fs = require('node:fs'); fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('dist/out.txt', fs.readFileSync('input.txt'))"] }),
      }),
      reads: step("reads", { inputs: () => ({ files: ["other.txt"] }), command: () => ({ argv: ["node", "-e", ""] }) }),
    }`,
    files: {
      ".gitignore": "node_modules/\ndist/\n",
      "project.json": '{ "name": "app" }\n',
      "input.txt": "made of this\n",
      "other.txt": "1\n",
    },
  });
}

async function cache(repository: TestRepository, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await symbiotic(repository, ["cache", ...args, "--json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

function blobFiles(repository: TestRepository): string[] {
  const folder = join(repository.root, ".git/symbiotic/blobs");
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

test("verify finds what was damaged, removes it and exits with 1; a second one finds nothing", async () => {
  using repository = repositoryOfTwo();
  await symbiotic(repository, ["run", "all"]);
  const whole = await symbiotic(repository, ["cache", "verify"]);
  expect(whole).toMatchObject({ exitCode: 0, stderr: "" });
  expect(whole.stdout).toMatch(/^2 records and \d+ blobs \(.+\) looked at; removed 0 records and 0 blobs\n$/);
  const [output] = blobFiles(repository).filter((file) => readFileSync(file, "utf8") === "made of this\n");
  writeFileSync(output ?? "", "made of thaT\n");
  const damaged = await symbiotic(repository, ["cache", "verify"]);
  expect(damaged.exitCode).toBe(1);
  expect(damaged.stdout).toContain("removed 1 record and 1 blob");
  expect(damaged.stderr).toContain("SYM6002");
  expect(damaged.stderr).toContain("SYM6013");
  expect((await symbiotic(repository, ["cache", "verify"])).exitCode).toBe(0);
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok miss", "app:reads": "ok hit" });
});

test("prune keeps the limits that are asked for, and says what went and what stays", async () => {
  using repository = repositoryOfTwo();
  await symbiotic(repository, ["run", "all"]);
  expect(await cache(repository, "prune", "--max-age", "1d")).toMatchObject({ records: 0, left: { records: 2 } });
  const { stdout } = await symbiotic(repository, ["cache", "prune", "--max-bytes", "0"]);
  expect(stdout).toMatch(/^removed 2 records and 0 blobs \(0 B\); 0 records and \d+ blobs \(.+\) left\n$/);
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok miss", "app:reads": "ok miss" });
});

test("clear asks nothing, says what it removed, and leaves a cache that works", async () => {
  using repository = repositoryOfTwo();
  await symbiotic(repository, ["run", "all"]);
  const { exitCode, stdout } = await symbiotic(repository, ["cache", "clear"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^removed 2 records and \d+ blobs \(.+\) from .+\n$/);
  expect(await cache(repository, "status")).toMatchObject({ records: 0, blobs: 0, bytes: 0 });
  await symbiotic(repository, ["run", "all"]);
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok hit", "app:reads": "ok hit" });
});

test("--last-run exports what that run was served and made, and nothing of the state before", async () => {
  using repository = repositoryOfTwo();
  await symbiotic(repository, ["run", "all"]);
  const [first = ""] = repository.runs().map((folder) => basename(folder));
  repository.write({ "input.txt": "made of that\n" });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok miss", "app:reads": "ok hit" });
  expect(await cache(repository, "export", "all.cache")).toMatchObject({ records: 3 });
  expect(await cache(repository, "export", "first.cache", "--run", first)).toMatchObject({ records: 2 });
  expect(await cache(repository, "export", ".symbiotic/last.cache", "--last-run")).toMatchObject({ records: 2 });

  // The newest record of a task is not always the one that a run was served.
  repository.write({ "input.txt": "made of this\n" });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok hit", "app:reads": "ok hit" });
  expect(await cache(repository, "export", "again.cache", "--last-run")).toMatchObject({ records: 2 });
  repository.remove("dist");
  await cache(repository, "clear");
  expect(await cache(repository, "import", "again.cache")).toMatchObject({ taken: true, records: 2, known: 0 });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:builds": "ok hit", "app:reads": "ok hit" });
  expect(repository.read("dist/out.txt")).toBe("made of this\n");
});

test("a damaged archive takes nothing in: an error with a code, or a warning with --optional", async () => {
  using repository = repositoryOfTwo();
  await symbiotic(repository, ["run", "all"]);
  await cache(repository, "export", "ci.cache");
  await cache(repository, "clear");
  const file = join(repository.root, "ci.cache");
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 16, middle);
  writeFileSync(file, bytes);
  const refused = await symbiotic(repository, ["cache", "import", "ci.cache"]);
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^error SYM6033 {2}.+ is damaged: /);
  const optional = await symbiotic(repository, ["cache", "import", "ci.cache", "--optional"]);
  expect(optional).toMatchObject({ exitCode: 0, stdout: "imported nothing\n" });
  expect(optional.stderr).toMatch(/^warning SYM6033 /);
  expect(await cache(repository, "import", "none.cache", "--optional")).toMatchObject({
    taken: false,
    problems: [{ code: "SYM6030" }],
  });
  expect(await cache(repository, "status")).toMatchObject({ records: 0, blobs: 0 });
});

test("an import keeps to the bound of the cache: an archive that holds more is refused", async () => {
  using repository = repositoryOfTwo();
  await symbiotic(repository, ["run", "all"]);
  await cache(repository, "export", "ci.cache");
  await cache(repository, "clear");
  const config = repository.read("symbiotic.config.ts").replace("disable:", "cache: { maxBytes: 100 },\n  disable:");
  repository.write({ "symbiotic.config.ts": config });
  const refused = await symbiotic(repository, ["cache", "import", "ci.cache"]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("SYM6034");
  expect(await cache(repository, "status")).toMatchObject({ records: 0, blobs: 0, maxBytes: 100 });
});

test("dir prints where the cache lies, and nothing else; a broken project keeps nobody from clearing it", async () => {
  using repository = createRepository({ "pyproject.toml": "this is [not toml\n" });
  const env = { SYMBIOTIC_CACHE_DIR: join(repository.home, "elsewhere") };
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["cache", "dir"], { env });
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${env.SYMBIOTIC_CACHE_DIR}\n`, stderr: "" });
  expect((await symbiotic(repository, ["cache", "clear"], { env })).exitCode).toBe(0);
});

test("what the command line asks in vain is refused before anything is done", async () => {
  using repository = createRepository({ "README.md": "" });
  const codes = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { exitCode, stdout, stderr } = await symbiotic(repository, ["cache", ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    return stderr.match(/SYM\d{4}/g) ?? [];
  };
  expect(await codes()).toEqual(["SYM2006"]);
  expect(await codes("prnue")).toEqual(["SYM2007"]);
  expect(await codes("export")).toEqual(["SYM2006"]);
  expect(await codes("clear", "everything")).toEqual(["SYM2006"]);
  expect(await codes("clear", "--max-age", "7d")).toEqual(["SYM2004"]);
  expect(await codes("prune", "--max-bytes", "much", "--max-age", "7 years")).toEqual(["SYM2005", "SYM2005"]);
  expect(await codes("export", "ci.cache", "--last-run")).toEqual(["SYM2021"]);
  expect(existsSync(join(repository.root, "ci.cache"))).toBe(false);
});
