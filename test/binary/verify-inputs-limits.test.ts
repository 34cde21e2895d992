import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { gone } from "../support/processes.ts";
import { temporaryFolder, type TestRepository } from "../support/repository.ts";
import { isBound, missedBy, OWN, reading, repositoryOf, running, told, verify, WAYS } from "../support/verifying.ts";

const isWindows = process.platform === "win32";

test.runIf(!isWindows).for(WAYS)(
  "paths with quotes, line breaks and bytes that are no text are found and printed in one line (%s)",
  async (way) => {
    using repository = repositoryOf({
      odd: running(
        "const f = require('node:fs'); for (const n of f.readdirSync(Buffer.from('../odd'), { encoding: 'buffer' })) f.readFileSync(Buffer.concat([Buffer.from('../odd/'), n])).length && console.log(n.toString('hex'))",
      ),
      link: reading("src/link/core.txt"),
    });
    mkdirSync(join(repository.root, "odd"));
    for (const name of ['it\'s "one".txt', "two\nlines.txt"]) writeFileSync(join(repository.root, "odd", name), "1");
    if (process.platform === "linux")
      writeFileSync(Buffer.concat([Buffer.from(join(repository.root, "odd/")), Buffer.from([0x78, 0xff])]), "1");
    symlinkSync("../../core/src", join(repository.root, "web/src/link"));
    repository.commit();
    const { stdout } = await verify(repository, way, "odd", "link");
    const wanted = [
      'odd/it\'s "one".txt',
      "odd/two lines.txt",
      ...(process.platform === "linux" ? ["odd/x\\xff"] : []),
    ];
    expect(stdout.split("\n").filter((line) => line.startsWith("    "))).toEqual(
      wanted.map((path) => `    ${path} is read and not declared`),
    );
    expect(stdout).toContain("web:link  same");
  },
);

test.for(WAYS)("when it is interrupted no process and no tree is left (%s)", async (way) => {
  using repository = repositoryOf(
    { slow: { command: "node ../controlled.mjs slow", ...OWN, inputs: ["src/**", "/controlled.mjs"] } },
    { "controlled.mjs": readFileSync(new URL("../support/controlled.mjs", import.meta.url), "utf8") },
  );
  await using control = await createControl(repository);
  const temporary = temporaryFolder();
  const words = ["verify-inputs", "slow", ...(way === "copied" ? ["--copied"] : [])];
  const running = startSymbiotic(repository, words, { env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary } });
  const { pid } = await control.next("slow");
  expect(left(temporary)).toHaveLength(1);
  running.kill("SIGINT");
  expect((await running.ended).exitCode).toBe(130);
  expect(left(temporary)).toEqual([]);
  await gone([pid]);
});

test("a tree that a killed process left is removed after a day, and not before", async () => {
  using repository = repositoryOf({ declared: reading("src/a.txt") });
  const temporary = temporaryFolder();
  for (const name of ["symbiotic-verify-old", "symbiotic-verify-new"]) mkdirSync(join(temporary, name));
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
  utimesSync(join(temporary, "symbiotic-verify-old"), twoDaysAgo, twoDaysAgo);
  const env = { TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  expect((await symbiotic(repository, ["verify-inputs", "declared"], { env })).exitCode).toBe(0);
  expect(left(temporary)).toEqual(["symbiotic-verify-new"]);
});

test.runIf(!isWindows)("without bubblewrap a copy is used, and a note says why", async () => {
  using repository = repositoryOf({ shared: reading("../shared/rates.json") });
  const folder = temporaryFolder();
  for (const name of ["git", "node", "sh"]) symlinkSync(whereIs(name, repository), join(folder, name));
  const { exitCode, stdout } = await symbiotic(repository, ["verify-inputs", "shared"], { env: { PATH: folder } });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("shared/rates.json is read and not declared");
  const why = process.platform === "linux" ? "bubblewrap (bwrap) is not installed" : "bubblewrap is for Linux only";
  expect(stdout).toContain(`note: run in copies, since ${why}`);
});

test("a command that names the repository by its absolute path is not called verified in a copy", async () => {
  using repository = repositoryOf({ absolute: {} });
  const path = join(repository.root, "shared/rates.json");
  const config = { atoms: { absolute: reading(path) } };
  repository.write({ "symbiotic.config.ts": `export default ${JSON.stringify(config)};\n` });
  const [task] = await told(repository, "copied", "absolute");
  expect(task).toMatchObject({
    verdict: "unverified",
    reason: "its command names shared/rates.json of the repository itself, which a copy cannot prevent",
  });
  if (isBound)
    expect(await missedBy(repository, "bubblewrap", "absolute")).toEqual({ "web:absolute": ["shared/rates.json"] });
});

test("words behind -- reach the task, and what cannot be meant is refused with a way out", async () => {
  using repository = repositoryOf({ words: reading("src/a.txt"), other: reading("src/a.txt") });
  const { stdout } = await symbiotic(repository, ["verify-inputs", "words", "--", "../shared/rates.json"]);
  expect(stdout).toContain("shared/rates.json is read and not declared");
  const codes: [args: readonly string[], code: string][] = [
    [["words", "other", "--", "x"], "SYM2010"],
    [["nothing"], "SYM2001"],
    [[], "SYM2006"],
  ];
  for (const [args, code] of codes) {
    const { exitCode, stderr } = await symbiotic(repository, ["verify-inputs", ...args]);
    expect([exitCode, stderr.match(/SYM\d+/)?.[0]]).toEqual([2, code]);
  }
});

test("a folder for temporary files that lies in the repository, or is none, is refused", async () => {
  using repository = repositoryOf({ words: reading("src/a.txt") });
  repository.write({ "tmp/keep": "", plain: "" });
  const codes = { tmp: "SYM2060", "plain/x": "SYM2061" };
  for (const [folder, code] of Object.entries(codes)) {
    const place = join(repository.root, ...folder.split("/"));
    const env = { TMPDIR: place, TEMP: place, TMP: place };
    const { exitCode, stderr } = await symbiotic(repository, ["verify-inputs", "words"], { env });
    expect([exitCode, stderr.match(/SYM\d+/)?.[0]]).toEqual([2, code]);
  }
});

function left(temporary: string): readonly string[] {
  return readdirSync(temporary).filter((name) => name.startsWith("symbiotic-verify-"));
}

function whereIs(name: string, { env }: TestRepository): string {
  const found = (env["PATH"] ?? "").split(delimiter).find((folder) => existsSync(join(folder, name)));
  return join(found ?? "", name);
}
