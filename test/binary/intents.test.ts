import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { createRepository } from "../support/repository.ts";

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\n[tool.ruff]\nlint.select = ["F"]\n',
  "src/api/users.py": "x = 1\n",
  "symbiotic.config.ts": 'export default { disable: ["pytest"] };\n',
};

interface Summary {
  readonly tasks: readonly { readonly id: string; readonly status: string; readonly reason: string | null }[];
}

async function tasksOf(repository: ReturnType<typeof createRepository>, argv: readonly string[]): Promise<string[]> {
  const { stdout } = await symbiotic(repository, ["run", ...argv, "--json"]);
  return (JSON.parse(stdout) as Summary).tasks.map(({ id }) => id);
}

const RUFF = ["app:run_ruff_format_check", "app:run_ruff_lint"];

test("a validator is there where the repository, the configuration or the command line mentions it, and nowhere else", async () => {
  using repository = createRepository(FILES);
  expect(await tasksOf(repository, ["validate"])).toEqual(RUFF);
  expect(await tasksOf(repository, ["bandit"])).toEqual(["app:run_bandit"]);

  using mentioning = createRepository({ ...FILES, ".bandit": "[bandit]\n" });
  expect(await tasksOf(mentioning, ["validate"])).toEqual(["app:run_bandit", ...RUFF]);

  const off = 'export default { disable: ["pytest", "bandit"] };\n';
  using without = createRepository({ ...FILES, ".bandit": "[bandit]\n", "symbiotic.config.ts": off });
  expect(await tasksOf(without, ["validate"])).toEqual(RUFF);
});

test("what appears in or goes from the repository counts in the next run of the same command", async () => {
  using repository = createRepository(FILES);
  const run = async (): Promise<string[]> => tasksOf(repository, ["validate"]);
  expect([await run(), await run()]).toEqual([RUFF, RUFF]);
  repository.write({ "pyproject.toml": `${FILES["pyproject.toml"]}[tool.bandit]\n` });
  expect(await run()).toEqual(["app:run_bandit", ...RUFF]);
});

test("a repository without any manifest is one project for a validator that somebody asks for", async () => {
  using repository = createRepository({ "models/a.sql": "select 1\n" });
  expect(await tasksOf(repository, ["validate"])).toEqual([]);
  expect(await tasksOf(repository, ["gitleaks"])).toEqual(["root:run_gitleaks"]);
  repository.write({ ".gitleaks.toml": 'title = "own"\n' });
  expect(await tasksOf(repository, ["validate"])).toEqual(["root:run_gitleaks"]);
});

test("a tool in Python on PATH is found for a project that is none of Python's", async () => {
  const tool = '{ name: "ruff", kind: "python-executable", bin: "ruff", version: ["--version"] }';
  const command = '({ tool }) => ({ argv: [...tool.argv, "--version"], cwd: "." })';
  using repository = createPluginRepository({
    atoms: `{ judge: step("judge", { tools: () => [${tool}], command: ${command} }) }`,
  });
  const { stdout } = await symbiotic(repository, ["run", "all", "--json"]);
  expect((JSON.parse(stdout) as Summary).tasks).toMatchObject([{ id: "app:judge", status: "ok", reason: null }]);
});

test("labels, words of the request and changed paths add validators, and the header says why", async () => {
  using repository = createRepository(FILES);
  const labelled = await symbiotic(repository, ["run", "ruff", "--label", "auth"]);
  expect(labelled.stdout).toContain("added     bandit, semgrep, gitleaks   api: label auth\n");
  expect(await tasksOf(repository, ["ruff", "--request", "the login page"])).toContain("app:run_bandit");

  repository.write({ "src/api/users.py": "x = 2\n" });
  expect(await tasksOf(repository, ["ruff", "--affected", "--base", "HEAD"])).toEqual(["app:run_ruff_lint"]);
  repository.write({ "symbiotic.config.ts": 'export default { disable: ["pytest"], intents: {} };\n' });
  expect(await tasksOf(repository, ["ruff", "--affected", "--base", "HEAD"])).toContain("app:run_bandit");
});

test("files and folders that are named as the change count, from wherever they are named", async () => {
  using repository = createRepository({ ...FILES, "src/auth/login.py": "x = 1\n" });
  const from = async (folder: string, name: string): Promise<string> =>
    (await symbiotic(repository, ["run", "ruff", "--explain", "--files", name], { cwd: join(repository.root, folder) }))
      .stdout;
  expect(await from("src", "api")).toContain("src/api/users.py changed");
  expect(await from("src/auth", "login.py")).toContain("src/auth/login.py changed");
  expect(await from(".", "pyproject.toml")).not.toContain("changed");
});

test("--explain names each rule and its signs, and runs nothing", async () => {
  const intents = 'intents: { frontend: false, billing: { words: ["invoice"], add: ["bandit", "nothing"] } }';
  using repository = createRepository({
    ...FILES,
    "symbiotic.config.ts": `export default { disable: ["pytest"], ${intents} };\n`,
  });
  const explained = await symbiotic(repository, ["run", "ruff", "--request", "print the invoice", "--explain"]);
  expect(explained).toMatchObject({ exitCode: 0, stderr: "" });
  expect(explained.stdout).toMatchInlineSnapshot(`
    "api       no sign of it
    billing   "invoice" in the request  adds bandit  no plugin offers nothing
    data      no sign of it
    frontend  turned off
    "
  `);
});

test("a rule that is none is refused with its place", async () => {
  using repository = createRepository({
    ...FILES,
    "symbiotic.config.ts": 'export default { intents: { api: { paths: "src/**" } } };\n',
  });
  const refused = await symbiotic(repository, ["run", "ruff"]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("symbiotic.config.ts:1:");
});
