import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createRepository } from "../support/repository.ts";

const FILES = {
  ".gitignore": ".ruff_cache/\n.pytest_cache/\n__pycache__/\nartifacts/\n",
  "pyproject.toml":
    '[project]\nname = "shop"\nversion = "1"\n[tool.ruff.lint]\nselect = ["F"]\n[tool.pytest.ini_options]\n',
  "shop.py": "import os\nx = {  'a':1 }\nprint(missing)\n",
  "test_shop.py": "def test_sum():\n    assert 1 + 1 == 3\n",
};

interface Triaged {
  readonly lanes: readonly {
    readonly lane: string;
    readonly fixable: number;
    readonly next: string;
    readonly tests: readonly unknown[];
  }[];
}

test("what a run found is sorted by who can mend it", async () => {
  using repository = createRepository(FILES);
  await symbiotic(repository, ["run", "gates"]);
  const { stdout, exitCode } = await symbiotic(repository, ["triage", "--json"]);
  const { lanes } = JSON.parse(stdout) as Triaged;
  expect(exitCode).toBe(0);
  expect(lanes.map(({ lane, fixable }) => [lane, fixable])).toEqual([
    ["lint", 1],
    ["format", 1],
    ["behaviour", 0],
  ]);
  expect(lanes[0]?.next).toBe("`symbiotic fix` mends 1; the rest takes a person, or `symbiotic fix --agent auto`");
  expect(lanes[2]?.next).toBe("takes a person, or `symbiotic fix --agent auto`");
  const text = (await symbiotic(repository, ["triage"])).stdout;
  expect(text).toContain("lint       2 findings");
  expect(text).toContain("test_shop.py::test_sum");
  expect(text).toMatch(/· `symbiotic fix` mends 2 findings\n$/);
});

test("after the fix what is left is what takes a person, and a repository without runs says so", async () => {
  using repository = createRepository(FILES);
  expect((await symbiotic(repository, ["triage"])).stderr).toContain("SYM2021");
  await symbiotic(repository, ["fix"]);
  const { stdout } = await symbiotic(repository, ["triage"]);
  expect(stdout).toContain("shop.py:2:7  F821");
  expect(stdout).toContain("nothing here is mended by a tool");
});

test("local-ci stops at the first stage that fails, goes on with --continue, and has one exit code", async () => {
  using repository = createRepository(FILES);
  const state = async (...args: readonly string[]): Promise<unknown> => {
    const { stdout, exitCode } = await symbiotic(repository, ["local-ci", "--json", ...args]);
    const { stages } = JSON.parse(stdout) as { readonly stages: readonly { readonly state: string }[] };
    return [exitCode, ...stages.map((stage) => stage.state)];
  };
  expect(await state()).toEqual([1, "failed", "not run"]);
  expect(await state("--continue")).toEqual([1, "failed", "failed"]);
  repository.write({ "shop.py": 'x = {"a": 1}\n' });
  expect(await state()).toEqual([1, "passed", "failed"]);
  repository.write({ "test_shop.py": "def test_sum():\n    assert 1 + 1 == 2\n" });
  expect(await state()).toEqual([0, "passed", "passed"]);
  expect(await state("--affected", "--base", "HEAD")).toEqual([0, "passed", "passed"]);
  const { stdout } = await symbiotic(repository, ["local-ci"]);
  expect(stdout).toMatch(/^stage 1 {2}lint and types of what changed\n/);
  expect(stdout).toMatch(/local-ci passed · stage 1 passed · stage 2 passed · .*\n$/);
});

test("the catalogue says of each entry what does it, and what nothing does yet", async () => {
  using repository = createRepository(FILES);
  const all = JSON.parse((await symbiotic(repository, ["atoms", "list", "--json"])).stdout) as {
    readonly entries: readonly {
      readonly number: string;
      readonly state: string;
      readonly command: string | null;
      readonly atoms: readonly { readonly id: string }[];
    }[];
  };
  const by = new Map(all.entries.map((entry) => [entry.number, entry]));
  expect(by.size).toBe(119);
  expect(by.get("031")?.atoms.map(({ id }) => id)).toEqual(["run_ruff_lint"]);
  expect(by.get("033")?.atoms.map(({ id }) => id)).toContain("run_mypy_typecheck");
  expect(by.get("042")).toMatchObject({ state: "implemented", command: "symbiotic fix" });
  expect(by.get("009")).toMatchObject({ state: "not implemented", command: null });
  const commands = new Set(
    (await symbiotic(repository, ["--help"])).stdout.match(/^ {2}[a-z-]+/gm)?.map((line) => line.trim()),
  );
  const named = all.entries.flatMap(({ command }) => /^symbiotic ([a-z-]+)/.exec(command ?? "")?.[1] ?? []);
  expect(named.filter((name) => !commands.has(name))).toEqual([]);
});

test("one entry is shown, drawn with all that comes before it, and run", async () => {
  using repository = createRepository(FILES);
  const say = async (...args: readonly string[]): Promise<string> =>
    (await symbiotic(repository, ["atoms", ...args])).stdout;
  expect(await say("show", "run_black_check")).toBe(await say("show", "32"));
  expect(await say("show", "run_ruff_format_check")).toContain("032 run_black_check");
  expect(await say("graph", "011")).toMatch(
    /^000 {2}detect_host_os_and_shell[^]*011 {2}compile_lockfile_and_sync +after 009 010\n$/,
  );
  expect(await say("graph", "011", "--format", "dot")).toContain('"011" -> "009";');
  expect(await say("graph", "011", "--format", "mermaid")).toContain("a011 --> a009");
  const ran = await symbiotic(repository, ["atoms", "run", "031"]);
  expect([ran.exitCode, ran.stdout.includes("F401")]).toEqual([1, true]);
  expect((await symbiotic(repository, ["atoms", "run", "042"])).stderr).toContain("symbiotic fix does it");
  expect((await symbiotic(repository, ["atoms", "run", "009"])).stderr).toContain("nothing does it yet");
  expect((await symbiotic(repository, ["atoms", "show", "run_ruf_lint"])).stderr).toContain(
    "did you mean `run_ruff_lint`?",
  );
});
