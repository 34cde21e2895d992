import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { killed } from "../support/processes.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";
import { stateOf } from "../support/staged-trees.ts";

const UGLY = "import os\nx = {  'a':1 }\n";
const MENDED = 'x = {"a": 1}\n';
const SHOP: Files = {
  ".gitignore": ".ruff_cache/\n",
  "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n[tool.ruff.lint]\nselect = ["E", "F", "I"]\n',
  "a.py": UGLY,
  "b.py": "y = 1\n",
};

/** What `fix --json` says, as far as tests look at it. */
interface Told {
  readonly files: readonly {
    readonly path: string;
    readonly by: readonly string[];
    readonly rules: readonly string[];
  }[];
  readonly left: readonly { readonly rule: string; readonly file: string }[];
  readonly gone: number;
  readonly diff: string;
  readonly apart: readonly string[];
}

async function fixed(
  repository: TestRepository,
  ...args: readonly string[]
): Promise<Told & { exitCode: number | null }> {
  const { stdout, exitCode } = await symbiotic(repository, ["fix", "--json", ...args]);
  return { ...(JSON.parse(stdout) as Told), exitCode };
}

test("what linters and formatters can mend is mended, shown, and can be taken back with the patch", async () => {
  using repository = createRepository({ ...SHOP, "c.py": "print(missing)\n" });
  const { stdout, exitCode } = await symbiotic(repository, ["fix"]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("-import os\n-x = {  'a':1 }\n+x = {\"a\": 1}\n");
  expect(stdout).toContain("c.py:1:7  F821");
  expect(stdout).toContain("1 file mended · 3 findings gone, 1 left");
  expect(repository.read("a.py")).toBe(MENDED);
  expect(repository.git("status", "--short")).toBe(" M a.py");
  repository.git("apply", "-R", /git apply -R (\S+)/.exec(stdout)?.[1] ?? "");
  expect(repository.read("a.py")).toBe(UGLY);
});

test("a repository that is clean stays as it is, and one that is clean afterwards ends with 0", async () => {
  using repository = createRepository(SHOP);
  expect(await fixed(repository)).toMatchObject({
    exitCode: 0,
    files: [{ path: "a.py", by: ["shop:fix_ruff_lint", "shop:fix_ruff_format"], rules: ["F401", "I001", "format"] }],
    left: [],
  });
  const before = stateOf(repository);
  expect(await fixed(repository)).toMatchObject({ exitCode: 0, files: [], diff: "" });
  expect(stateOf(repository)).toEqual(before);
});

test("what it checked is known to the next run", async () => {
  using repository = createRepository(SHOP);
  await symbiotic(repository, ["fix"]);
  const { stdout } = await symbiotic(repository, ["run", "ruff", "ruff-format"]);
  expect(stdout).toContain("2 tasks, 2 cached");
});

test("--dry-run shows the same difference and touches nothing, in CI too", async () => {
  using repository = createRepository(SHOP);
  repository.write({ "b.py": "y  =  1\n", "new.py": "z  = 2\n" });
  const before = stateOf(repository);
  const dry = await symbiotic(repository, ["fix", "--dry-run", "--json"], { env: { CI: "true" } });
  expect(stateOf(repository)).toEqual(before);
  const wet = await fixed(repository);
  expect(wet.diff).toBe((JSON.parse(dry.stdout) as Told).diff);
  expect(wet.files.map(({ path }) => path)).toEqual(["a.py", "b.py", "new.py"]);
});

test.each([
  ["in CI", ["fix"], { CI: "true" }, "SYM2080"],
  ["by a run", ["run", "fix"], {}, "SYM2081"],
  ["by a run that names the atom", ["run", "shop:ruff-fix"], {}, "SYM2081"],
  ["what no tool can mend", ["fix", "pytest"], {}, "SYM2082"],
  ["an unknown name", ["fix", "rust"], {}, "SYM2001"],
])("nothing is mended %s", async (_, args, env, code) => {
  using repository = createRepository(SHOP);
  const before = stateOf(repository);
  const { exitCode, stderr } = await symbiotic(repository, args, { env });
  expect([exitCode, stderr.includes(code)]).toEqual([2, true]);
  expect(stateOf(repository)).toEqual(before);
});

test("only what is named is mended: a tool, a project, a file", async () => {
  using repository = createRepository({
    ...SHOP,
    "lib/pyproject.toml": '[project]\nname = "lib"\nversion = "1"\n[tool.ruff]\n',
    "lib/l.py": UGLY,
    "b.py": UGLY,
  });
  expect((await fixed(repository, "--dry-run", "ruff")).diff).toContain("+++ b/lib/l.py");
  expect((await fixed(repository, "--dry-run", "ruff")).diff).toContain("x = {  'a':1 }");
  const ofLib = await fixed(repository, "--dry-run", "--filter", "lib");
  expect(ofLib.files.map(({ path }) => path)).toEqual(["lib/l.py"]);
  // Ruff walks into lib too: what is another project's stays.
  const ofShop = await fixed(repository, "--dry-run", "--filter", "shop");
  expect(ofShop.files.map(({ path }) => path)).toEqual(["a.py", "b.py"]);
  const ofFile = await fixed(repository, "--files", "b.py");
  expect(ofFile.files.map(({ path }) => path)).toEqual(["b.py"]);
  expect(repository.git("status", "--short")).toBe(" M b.py");
});

test("--affected mends what a change reaches", async () => {
  using repository = createRepository({
    ...SHOP,
    "a.py": "a = 1\n",
    "lib/pyproject.toml": '[project]\nname = "lib"\nversion = "1"\n[tool.ruff]\n',
    "lib/l.py": UGLY,
  });
  repository.write({ "b.py": UGLY });
  const { files } = await fixed(repository, "--affected", "--base", "HEAD");
  expect(files.map(({ path }) => path)).toEqual(["b.py"]);
});

test("--staged mends the index, and edits that are not staged survive in the work tree", async () => {
  using repository = createRepository({ ...SHOP, "b.py": `${MENDED}\n\ndef f():\n    return 1\n` });
  repository.write({ "b.py": `${UGLY}\n\ndef f():\n    return 1\n`, "c.py": UGLY });
  repository.git("add", "b.py", "c.py");
  repository.write({ "b.py": `${UGLY}\n\ndef f():\n    return 2\n`, "untracked.py": UGLY });
  const told = await fixed(repository, "--staged");
  expect(told).toMatchObject({ exitCode: 0, left: [], apart: [] });
  // What is not staged is not mended, though the same project has it.
  expect(told.files.map(({ path }) => path)).toEqual(["b.py", "c.py"]);
  expect(repository.git("show", ":b.py")).toBe(`${MENDED}\n\ndef f():\n    return 1`);
  expect(repository.git("show", ":c.py")).toBe(MENDED.trimEnd());
  expect(repository.read("b.py")).toBe(`${MENDED}\n\ndef f():\n    return 2\n`);
  expect(repository.read("c.py")).toBe(MENDED);
  expect([repository.read("a.py"), repository.read("untracked.py")]).toEqual([UGLY, UGLY]);
});

test("where what is not staged touches the same lines, the index is mended and the work tree stays", async () => {
  using repository = createRepository(SHOP);
  repository.write({ "b.py": UGLY });
  repository.git("add", "b.py");
  repository.write({ "b.py": "import os\nx = {  'a':2 }\n" });
  expect(await fixed(repository, "--staged")).toMatchObject({ exitCode: 0, apart: ["b.py"] });
  expect(repository.git("show", ":b.py")).toBe(MENDED.trimEnd());
  expect(repository.read("b.py")).toBe("import os\nx = {  'a':2 }\n");
});

test("a hook with an index of its own is refused, and nothing staged is no error", async () => {
  using repository = createRepository(SHOP);
  expect(await symbiotic(repository, ["fix", "--staged"])).toMatchObject({
    exitCode: 0,
    stdout: "nothing is staged\n",
  });
  const env = { GIT_INDEX_FILE: join(repository.root, ".git/next-index-1.lock") };
  const { exitCode, stderr } = await symbiotic(repository, ["fix", "--staged"], { env });
  expect([exitCode, stderr.includes("SYM7040")]).toEqual([2, true]);
});

test("line ends, modes and links of what is mended stay", async () => {
  using repository = createRepository({
    ...SHOP,
    "crlf.py": "import os\r\nx = 1\r\n",
    "run.py": "#!/usr/bin/env python\nimport os\n",
  });
  repository.git("update-index", "--chmod=+x", "run.py");
  repository.git("checkout-index", "--force", "run.py");
  await fixed(repository);
  expect(repository.read("crlf.py")).toBe("x = 1\r\n");
  expect(repository.git("diff", "--summary")).toBe("");
});

const FINDING =
  '{ tool: "local", rule: "r", level: "error", message: "m", file: "input.txt", fix: { applicability: "safe" } }';

/** A plugin whose check finds `1` in input.txt, and whose edit runs a script. */
function mending(script: string): TestRepository {
  return createPluginRepository({
    atoms: `{
      look: step("look", { command: () => ({ argv: ["node", "-e", "process.exitCode = require('fs').readFileSync('input.txt', 'utf8').includes('1') ? 1 : 0"] }), parse: ({ exitCode }) => ok(found({ findings: exitCode === 1 ? [${FINDING}] : [] })) }),
      mend: { kind: "edit", title: "mend", describe: "m", lane: "lint", fixes: ["look"], inputs: () => ({ files: ["input.txt"] }), edits: () => ["input.txt"], command: () => ({ argv: ${script} }) },
    }`,
  });
}

test.each([
  ["makes another file", "fs.writeFileSync('other.txt', '')", "other.txt"],
  ["changes another file", "fs.appendFileSync('project.json', ' ')", "project.json"],
  ["removes a file", "fs.rmSync('input.txt')", "input.txt"],
  ["changes a mode", "fs.chmodSync('input.txt', 0o755)", "input.txt"],
])("nothing is written where a tool %s, which it may not", async (_, act, path) => {
  using repository = mending(
    JSON.stringify(["node", "-e", `const fs = require("fs"); fs.writeFileSync("input.txt", "2"); ${act}`]),
  );
  const before = stateOf(repository);
  const { exitCode, stderr } = await symbiotic(repository, ["fix"]);
  expect([exitCode, stderr.includes("SYM4095") && stderr.includes(path)]).toEqual([2, true]);
  expect(stateOf(repository)).toEqual(before);
});

test("a tool that fails mends nothing, and the reason is told", async () => {
  using repository = mending(JSON.stringify(["node", "-e", "process.exit(3)"]));
  const { exitCode, stdout } = await symbiotic(repository, ["fix"]);
  expect([exitCode, repository.read("input.txt")]).toEqual([1, "1\n"]);
  expect(stdout).toMatch(/lint {2}app {2}mend {2}\S+/);
});

const CONTROLLED = JSON.stringify(["node", "controlled.mjs", "mend"]);

test("a fix that is killed or interrupted leaves the tree as it was, and the next one works", async () => {
  using repository = mending(CONTROLLED);
  await using control = await createControl(repository);
  const before = stateOf(repository);
  for (const signal of ["SIGKILL", "SIGINT"] as const) {
    const running = startSymbiotic(repository, ["fix"]);
    const mend = await control.next("mend");
    running.kill(signal);
    const { exitCode } = await running.ended;
    expect(exitCode).toBe(signal === "SIGINT" ? 130 : null);
    await killed(mend);
    expect(stateOf(repository)).toEqual(before);
  }
  const last = startSymbiotic(repository, ["fix"]);
  await (await control.next("mend")).exit(0);
  expect((await last.ended).stdout).toContain("nothing that it can mend");
});

const KILLER = pathToFileURL(join(import.meta.dirname, "../support/kill-at.mjs")).href;

test("a fix that is killed anywhere while it writes leaves each file as it was or as it is to be, and the next one ends it and says so", async () => {
  using repository = createRepository({ ...SHOP, "b.py": UGLY });
  await symbiotic(repository, ["fix", "--dry-run"]);
  const texts = (): readonly string[] => ["a.py", "b.py"].map((path) => repository.read(path));
  const told: string[] = [];
  for (let moment = 0; ; moment += 1) {
    repository.write({ "a.py": UGLY, "b.py": UGLY });
    const env = { NODE_OPTIONS: `--import=${KILLER}`, KILL_OF: "fix", KILL_AT: String(moment) };
    const { signal } = await symbiotic(repository, ["fix"], { env });
    if (signal === null) break;
    const [a, b] = texts();
    expect([UGLY, MENDED]).toEqual(expect.arrayContaining([a, b]));
    const next = await symbiotic(repository, ["fix"]);
    expect([next.exitCode, ...texts()]).toEqual([0, MENDED, MENDED]);
    expect(existsSync(join(repository.root, ".symbiotic/applying"))).toBe(false);
    const state = [a, b].map((text) => (text === UGLY ? "before" : "after")).join(" ");
    told.push(`${state}  ${/SYM\d+/.exec(next.stderr)?.[0] ?? "nothing to tell"}`);
  }
  expect([...new Set(told)]).toEqual([
    "before before  nothing to tell",
    "before before  SYM5063",
    "after before  SYM5064",
    "after after  SYM5064",
    "after after  nothing to tell",
  ]);
});

test("an edit that is made meanwhile is not lost, and nothing is written", async () => {
  using repository = mending(CONTROLLED);
  using other = mending(
    `[ "node", "-e", 'const fs = require("fs"); fs.writeFileSync("input.txt", "2"); fs.writeFileSync(${JSON.stringify(join(repository.root, "input.txt"))}, "mine")' ]`,
  );
  repository.write({ "plugin.ts": readFileSync(join(other.root, "plugin.ts"), "utf8") });
  const { exitCode, stderr } = await symbiotic(repository, ["fix"]);
  expect([exitCode, stderr.includes("SYM4096")]).toEqual([2, true]);
  expect(repository.read("input.txt")).toBe("mine");
});

test("rounds are bounded: a tool that never ends changing is stopped", async () => {
  using repository = mending(JSON.stringify(["node", "-e", 'require("fs").appendFileSync("input.txt", "1")']));
  expect(await fixed(repository, "--rounds", "2")).toMatchObject({ exitCode: 1, rounds: 2 });
  expect(repository.read("input.txt")).toBe("1\n11");
});
