import { expect, test } from "vitest";
import { symbiotic, type RunOptions } from "../support/binary.ts";
import { normalise } from "../support/normalise.ts";
import { MONOREPO } from "../support/python-files.ts";
import { outcomes } from "../support/record.ts";
import { createRepository, linkPackages, type TestRepository } from "../support/repository.ts";

const LINT = "run_ruff_lint";
const FORMAT = "run_ruff_format_check";
const PYTEST = "run_pytest_unit_with_coverage";

test("a change of a project's sources runs its tasks and the tests of what depends on it, and nothing else", async () => {
  using repository = createRepository(MONOREPO);
  repository.git("switch", "--quiet", "--create", "topic");
  repository.write({ "core/src/core/__init__.py": "def double(number: int) -> int:\n    return number + number\n" });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "gates", "--affected", "--concurrency", "1"]);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 3 projects · base main (merge-base <sha>) · 1 file changed
    affected  api      depends on core
              core     core/src/core/__init__.py changed

      api    pytest        <time>   1 passed   (never run here before)
      core   pytest        <time>   1 passed
      core   ruff format   <time>   ok
      core   ruff lint     <time>   ok

    gate               measured   wanted    verdict
    lint clean         0          0         pass (advisory)
    format clean       0 files    0 files   pass (advisory)
    tests passed       2/2        all       pass
    coverage           100.0 %    85 %      pass (advisory)
    changed lines      100.0 %    85 %      pass (advisory)

    all 5 gates pass · 4 tasks: 4 run · <time> · .symbiotic/runs/<run>"
  `);
  expect(exitCode).toBe(0);
  expect(Object.keys(outcomes(repository))).toEqual([
    `api:${PYTEST}`,
    `core:${PYTEST}`,
    `core:${FORMAT}`,
    `core:${LINT}`,
  ]);
});

test("a README starts no test and no linter; in a project its code is formatted, so that is checked", async () => {
  using repository = createRepository(MONOREPO);
  repository.write({ "README.md": "# Edited\n" });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "gates", "--affected"]);
  expect(stdout).toBe("nothing is affected: the file that changed is no input of any task\n");
  expect(exitCode).toBe(0);
  repository.write({ "core/README.md": "# Edited\n" });
  expect(await affected(repository)).toEqual({ [`core:${FORMAT}`]: "core/README.md changed" });
});

test.each<[string, (repository: TestRepository) => void, Record<string, string>]>([
  [
    "a new file that git does not know",
    (repository) => repository.write({ "docs/src/docs/more.py": "X = 1\n" }),
    all("docs", "docs/src/docs/more.py changed"),
  ],
  [
    "a new file that is staged",
    (repository) => {
      repository.write({ "docs/src/docs/more.py": "X = 1\n" });
      repository.git("add", "docs/src/docs/more.py");
    },
    all("docs", "docs/src/docs/more.py changed"),
  ],
  [
    "nothing where what is staged is not in the work tree: the work tree is what is checked",
    (repository) => {
      repository.write({ "docs/src/docs/more.py": "X = 1\n" });
      repository.git("add", "docs/src/docs/more.py");
      repository.remove("docs/src/docs/more.py");
    },
    {},
  ],
  [
    "a file that was deleted",
    (repository) => repository.remove("docs/src/docs/__init__.py"),
    all("docs", "docs/src/docs/__init__.py changed"),
  ],
  [
    "a file that moved from one project to another: both",
    (repository) => {
      repository.git("mv", "docs/src/docs/__init__.py", "api/src/api/title.py");
    },
    { ...all("api", "api/src/api/title.py changed"), ...all("docs", "docs/src/docs/__init__.py changed") },
  ],
  [
    "a project's manifest: what depends on it, too",
    (repository) =>
      repository.write({ "core/pyproject.toml": `${repository.read("core/pyproject.toml")}\n# edited\n` }),
    { ...all("core", "core/pyproject.toml changed"), [`api:${PYTEST}`]: "depends on core" },
  ],
  [
    "the lockfile: everything that runs what it locks",
    (repository) => repository.write({ "uv.lock": "version = 2\n" }),
    { ...all("api", "uv.lock changed"), ...all("core", "uv.lock changed"), ...all("docs", "uv.lock changed") },
  ],
])("affected by %s", async (_title, change, expected) => {
  using repository = createRepository(MONOREPO);
  change(repository);
  expect(await affected(repository)).toEqual(expected);
});

test("a change of the configuration, or of a module that it imports, affects everything", async () => {
  using repository = createRepository({
    ...MONOREPO,
    ".gitignore": "node_modules/\n",
    "symbiotic.config.ts": 'import { timeout } from "./settings.ts";\nexport default { timeout };\n',
    "settings.ts": "export const timeout = 60;\n",
  });
  linkPackages(repository.root);
  repository.write({ "settings.ts": "export const timeout = 61;\n" });
  const everything = await affected(repository);
  expect(Object.keys(everything)).toHaveLength(9);
  expect(new Set(Object.values(everything))).toEqual(new Set(["settings.ts changed"]));
  repository.git("checkout", "--quiet", "settings.ts");
  repository.write({ "symbiotic.config.ts": `${repository.read("symbiotic.config.ts")}// edited\n` });
  expect(new Set(Object.values(await affected(repository)))).toEqual(new Set(["symbiotic.config.ts changed"]));
});

test("--base and --head compare two commits, whatever the work tree holds", async () => {
  using repository = createRepository(MONOREPO);
  repository.git("tag", "v1");
  repository.write({ "docs/src/docs/__init__.py": 'def title() -> str:\n    return "Docs"\n' });
  repository.commit();
  repository.git("tag", "v2");
  repository.write({ "api/src/api/__init__.py": 'def name() -> str:\n    return "API"\n' });
  expect(await affected(repository, ["--base", "v1", "--head", "v2"])).toEqual(
    all("docs", "docs/src/docs/__init__.py changed"),
  );
  expect(await affected(repository, ["--base", "v2"])).toEqual(all("api", "api/src/api/__init__.py changed"));
  expect(await affected(repository, [], { env: { SYMBIOTIC_BASE: "v2" } })).toEqual(
    all("api", "api/src/api/__init__.py changed"),
  );

  const unknown = await symbiotic(repository, ["run", "gates", "--affected", "--base", "v3"]);
  expect(unknown.exitCode).toBe(2);
  expect(normalise(unknown.stderr, repository)).toMatchInlineSnapshot(`
    "error SYM7011  --base names v3, which is no commit in this repository
      nearest: v1, v2
      did you mean \`v1\` or \`v2\`?"
  `);
  const alone = await symbiotic(repository, ["run", "gates", "--base", "v1"]);
  expect(alone.exitCode).toBe(2);
  expect(normalise(alone.stderr, repository)).toMatchInlineSnapshot(`
    "error SYM2009  --base says what --affected compares, and --affected is not there
      add --affected"
  `);
});

test("a clone that is too shallow to know the base is an error that says what to do", async () => {
  using repository = createRepository(MONOREPO);
  repository.git("switch", "--quiet", "--create", "topic");
  repository.write({ "docs/src/docs/__init__.py": "X = 1\n" });
  repository.commit();
  using clone = repository.clone("--depth", "1", "--branch", "topic");
  const env = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };
  const { exitCode, stdout, stderr } = await symbiotic(clone, ["run", "gates", "--affected"], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(normalise(stderr, clone)).toMatchInlineSnapshot(`
    "error SYM7011  GITHUB_BASE_REF names main, which is no commit in this repository
      there is: topic
      there is: origin/HEAD
      there is: origin/topic
      fetch it: set \`fetch-depth: 0\` on actions/checkout, or \`git fetch origin +refs/heads/main:refs/remotes/origin/main\`"
  `);

  repository.git("switch", "--quiet", "main");
  repository.commit("second");
  using pushed = repository.clone("--depth", "1", "--branch", "main");
  const push = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_REF_NAME: "main" };
  const previous = await symbiotic(pushed, ["affected"], { env: push });
  expect(previous.exitCode).toBe(2);
  expect(normalise(previous.stderr, pushed)).toMatchInlineSnapshot(`
    "error SYM7010  this clone is shallow: its history does not reach the commit before this one
      fetch more of it: set \`fetch-depth: 0\` on actions/checkout, or run \`git fetch --deepen=1000 origin main\`, or \`git fetch --unshallow origin\` for all of it"
  `);
});

test("on the base branch in CI the last commit counts, and the first line says so", async () => {
  using repository = createRepository(MONOREPO);
  repository.write({ "docs/src/docs/__init__.py": "X = 1\n" });
  repository.commit();
  repository.write({ "api/src/api/__init__.py": 'def name() -> str:\n    return "api"\n\n\nX = 1\n' });
  repository.commit();
  using clone = repository.clone();
  clone.git("checkout", "--quiet", "--detach");
  const env = {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_REF: "refs/heads/main",
    GITHUB_REF_NAME: "main",
    GITHUB_EVENT_NAME: "push",
  };
  expect(await affected(clone, [], { env })).toEqual(all("api", "api/src/api/__init__.py changed"));
  const { stdout } = await symbiotic(clone, ["affected", "--files"], { env });
  expect(normalise(stdout, clone)).toMatchInlineSnapshot(`
    "base origin/main (previous commit (on the base branch in CI), <sha>) · 1 file changed
      modified  api/src/api/__init__.py
    api:run_pytest_unit_with_coverage  api/src/api/__init__.py changed
    api:run_ruff_format_check          api/src/api/__init__.py changed
    api:run_ruff_lint                  api/src/api/__init__.py changed"
  `);
  const run = await symbiotic(clone, ["run", "ruff", "--affected"], { env });
  expect(run.exitCode).toBe(0);
  expect(run.stdout.split("\n")[0]).toContain("previous commit (on the base branch in CI)");
});

test("a pull request in CI is compared with where it left its target", async () => {
  using repository = createRepository(MONOREPO);
  repository.git("switch", "--quiet", "--create", "topic");
  repository.write({ "api/src/api/__init__.py": "X = 1\n" });
  repository.commit();
  repository.git("switch", "--quiet", "main");
  repository.write({ "docs/src/docs/__init__.py": "X = 1\n" });
  repository.commit();
  using clone = repository.clone();
  clone.git("checkout", "--quiet", "--detach", "origin/topic");
  const env = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };
  expect(await affected(clone, [], { env })).toEqual(all("api", "api/src/api/__init__.py changed"));
});

test("before the first commit every file counts", async () => {
  using repository = createRepository({});
  repository.git("update-ref", "-d", "HEAD");
  repository.write(MONOREPO);
  expect(Object.keys(await affected(repository))).toHaveLength(9);
});

interface Affected {
  readonly tasks: readonly { readonly task: string; readonly because: string }[];
}

/** Why each affected task of the gates is affected. */
async function affected(
  repository: TestRepository,
  flags: readonly string[] = [],
  options: RunOptions = {},
): Promise<Record<string, string>> {
  const { stdout, stderr } = await symbiotic(repository, ["affected", "--json", ...flags], options);
  expect(stderr).toBe("");
  return Object.fromEntries((JSON.parse(stdout) as Affected).tasks.map(({ task, because }) => [task, because]));
}

function all(project: string, because: string): Record<string, string> {
  return Object.fromEntries([PYTEST, FORMAT, LINT].map((atom) => [`${project}:${atom}`, because]));
}
