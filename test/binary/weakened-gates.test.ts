import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { summaryOf } from "../support/record.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";

const PYPROJECT = `[project]
name = "shop"
[tool.ruff]
lint.select = ["F"]
[tool.ruff.format]
quote-style = "double"
[tool.pytest.ini_options]
pythonpath = ["src"]
[tool.coverage.report]
fail_under = 90
`;
const CONFIG = "export default { gates: { coverage_of_change: { threshold: 100 } } };\n";
const SHOP = "def price(count):\n    if count > 3:\n        return 1\n    return 2\n";
const TESTS = `from shop import price


def test_few():
    assert price(1) == 2


def test_many():
    assert price(4) == 1
`;
const RUFF = 'lint.select = ["F"]\n';
const FILES: Files = {
  "pyproject.toml": PYPROJECT,
  "symbiotic.config.mjs": CONFIG,
  "src/shop/__init__.py": SHOP,
  "tests/test_shop.py": TESTS,
  "lint/ruff.toml": RUFF,
};

/** What every attempt tries to hide: an unused import, and lines that no test runs. */
const BAD = `import os\n\n\n${SHOP}\n\ndef unused():\n    return 1\n`;

const CI = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };

interface Judged {
  readonly exitCode: number | null;
  /** Of gates that count: by title the verdict. */
  readonly verdicts: Readonly<Record<string, string>>;
}

/** Commits a change on a branch of its own, beside those of changes before, and judges it as CI would. */
async function judged(repository: TestRepository, change: Files, gone: readonly string[] = []): Promise<Judged> {
  repository.git("checkout", "--quiet", "--force", "-B", "topic", "main");
  repository.write(change);
  if (gone.length > 0) repository.remove(...gone);
  repository.commit("a change");
  const { exitCode } = await symbiotic(repository, ["run", "gates", "--affected"], { env: CI });
  const counting = summaryOf(repository).gates.filter(({ required }) => required);
  return { exitCode, verdicts: Object.fromEntries(counting.map(({ gate, verdict }) => [gate, verdict])) };
}

const PASSES = {
  "lint clean": "pass",
  "format clean": "pass",
  "tests passed": "pass",
  coverage: "pass",
  "changed lines": "pass",
  "checks kept": "pass",
};

test("a good change passes every gate", async () => {
  const repository = shared();
  const good = { "src/shop/__init__.py": SHOP.replace("count", "number").replace("count", "number") };
  expect(await judged(repository, good)).toEqual({ exitCode: 0, verdicts: PASSES });
});

test.each<[gate: string, change: Files, verdicts: Readonly<Record<string, string>>]>([
  ["lint clean", { "src/shop/__init__.py": `import os\n\n\n${SHOP}` }, { "lint clean": "fail" }],
  ["format clean", { "src/shop/__init__.py": SHOP.replace("count > 3", "count>3") }, { "format clean": "fail" }],
  ["tests passed", { "src/shop/__init__.py": SHOP.replace("return 1", "return 3") }, { "tests passed": "fail" }],
  ["coverage", { "tests/test_shop.py": TESTS.replace("price(4) == 1", "price(3) == 2") }, { coverage: "fail" }],
  [
    "changed lines",
    {
      "src/shop/__init__.py": `${SHOP}\n\n${"def one():\n    return 1\n\n\n".repeat(1)}`.trimEnd().concat("\n"),
      "tests/test_shop.py": TESTS,
      "src/shop/more.py": Array.from({ length: 30 }, (_, at) => `x${String(at)} = ${String(at)}\n`).join(""),
      "tests/test_more.py": "import shop.more as more\n\n\ndef test_more():\n    assert more.x1 == 1\n",
    },
    { "changed lines": "fail" },
  ],
  [
    "checks kept",
    { "src/shop/__init__.py": SHOP.replace("return 2", "return 2  # type: ignore") },
    { "checks kept": "hold" },
  ],
])("a change that breaks %s alone breaks no other gate", async (_gate, change, verdicts) => {
  const repository = shared();
  expect(await judged(repository, change)).toEqual({ exitCode: 1, verdicts: { ...PASSES, ...verdicts } });
});

/** One repository for all attempts: each begins at its base, and what ran in one need not run in the next. */
let made: TestRepository | undefined;
const shared = (): TestRepository => (made ??= createRepository(FILES));
afterAll(() => made?.[Symbol.dispose]());

const LENIENT = PYPROJECT.replace("[tool.ruff]", '[tool.ruff]\nextend = "lint/rules.toml"');
let allowing: TestRepository | undefined;
const lenient = (): TestRepository =>
  (allowing ??= createRepository({
    ...FILES,
    "symbiotic.config.mjs": "export default { gates: { checks_kept: { threshold: 99 } } };\n",
    "pyproject.toml": LENIENT,
    "lint/rules.toml": "line-length = 88\n",
  }));
afterAll(() => allowing?.[Symbol.dispose]());

/** The code of a configuration that leaves a mark when it is run. */
const RUNS =
  'import { writeFileSync } from "node:fs";\nwriteFileSync(new URL("ran", import.meta.url), "");\nprocess.exit(0);\n';
const baselineOf = (findings: string): string => `{ "version": 1, "findings": [${findings}] }\n`;

test.each<[attempt: string, change: Files, gone?: readonly string[]]>([
  ["a moved threshold", { "symbiotic.config.mjs": "export default { gates: { coverage: { threshold: 1 } } };\n" }],
  [
    "gates that are no longer required",
    {
      "symbiotic.config.mjs":
        "const no = { required: false };\nexport default { gates: { lint_clean: no, tests_passed: no, coverage: no, coverage_of_change: no, checks_kept: no } };\n",
    },
  ],
  ["plugins that are disabled", { "symbiotic.config.mjs": 'export default { disable: ["ruff", "pytest"] };\n' }],
  ["a severity that is switched off", { "symbiotic.config.mjs": 'export default { severity: { ruff: "off" } };\n' }],
  ["projects that are left out", { "symbiotic.config.mjs": 'export default { projects: { exclude: ["**"] } };\n' }],
  ["a base that is the change itself", { "symbiotic.config.mjs": 'export default { base: "HEAD" };\n' }],
  ["a configuration that runs code", { "symbiotic.config.mjs": RUNS }],
  ["a configuration of another name that runs code", { "symbiotic.config.js": RUNS }, ["symbiotic.config.mjs"]],
  ["no configuration", {}, ["symbiotic.config.mjs"]],
  ["no rule of ruff", { "pyproject.toml": PYPROJECT.replace('["F"]', "[]") }],
  ["no ruff at all", { "pyproject.toml": PYPROJECT.replace(/\[tool\.ruff\][^]*(?=\[tool\.pytest)/, "") }],
  ["settings of ruff nearer to the code", { "src/ruff.toml": "lint.select = []\n" }],
  ["less coverage wanted", { "pyproject.toml": PYPROJECT.replace("90", "10") }],
  ["arguments of pytest", { "pyproject.toml": PYPROJECT.replace('["src"]', '["src"]\naddopts = "--deselect tests"') }],
  [
    "suppressions",
    {
      "src/shop/__init__.py": BAD.replace("import os", "import os  # noqa: F401").replace(
        "def unused():",
        "def unused():  # pragma: no cover",
      ),
    },
  ],
  ["a test that is deleted", { "tests/test_shop.py": TESTS.slice(0, TESTS.indexOf("\n\ndef test_many")) }],
  [
    "a test that is skipped",
    {
      "tests/test_shop.py": TESTS.replace("def test_many", "@pytest.mark.skip\ndef test_many").replace(
        "from",
        "import pytest\nfrom",
      ),
    },
  ],
  ["a test that asserts nothing", { "tests/test_shop.py": TESTS.replace("assert price(4) == 1", "price(4)") }],
  ["all tests deleted", {}, ["tests/test_shop.py"]],
  [
    "a conftest.py that lets nothing run",
    { "tests/conftest.py": "def pytest_collection_modifyitems(items):\n    items.clear()\n" },
  ],
  ["a conftest.py that ends pytest well", { "tests/conftest.py": "import os\n\nos._exit(0)\n" }],
  ["settings of ruff under another name", { "old.toml": RUFF }, ["lint/ruff.toml"]],
  ["a file that is ignored and committed", { ".gitignore": "src/shop/\n" }],
  [
    "a baseline with the new finding",
    {
      "symbiotic.baseline.json": baselineOf(
        '{ "fingerprint": "x", "tool": "ruff", "rule": "F401", "file": "src/shop/__init__.py", "message": "m" }',
      ),
    },
  ],
])("%s does not make a bad change pass", async (_attempt, change, gone = []) => {
  const repository = shared();
  const result = await judged(repository, { "src/shop/__init__.py": BAD, ...change }, gone);
  expect(result.exitCode).toBe(1);
  expect(result.verdicts["checks kept"]).toBe("hold");
  expect(Object.keys(result.verdicts)).toEqual(expect.arrayContaining(["lint clean", "checks kept"]));
  expect(existsSync(join(repository.root, "ran"))).toBe(false);
});

/** Even where a base lets signs pass, tools run with its settings: what is good passes, and what is bad fails as it would have. */
test.each<[attempt: string, change: Files]>([
  ["no rule of ruff", { "pyproject.toml": LENIENT.replace('["F"]', "[]") }],
  ["settings of ruff nearer to the code", { "src/ruff.toml": "lint.select = []\n" }],
  ["settings that others extend", { "lint/rules.toml": "lint.ignore = ['F']\n" }],
  ["arguments of pytest", { "pytest.ini": "[pytest]\npythonpath = src\naddopts = --deselect tests\n" }],
  ["what coverage leaves out", { ".coveragerc": "[run]\nomit = src/*\n" }],
  ["settings of another tool", { "pyproject.toml": `${LENIENT}[tool.isort]\nprofile = "black"\n` }],
])("of %s the gates do not hear", async (_attempt, change) => {
  expect(await judged(lenient(), change)).toMatchObject({ exitCode: 0 });
  const { exitCode, verdicts } = await judged(lenient(), { ...change, "src/shop/__init__.py": BAD });
  expect({ exitCode, verdicts }).toEqual({
    exitCode: 1,
    verdicts: { ...PASSES, "lint clean": "fail", coverage: "fail", "changed lines": "fail" },
  });
});

test("a base that says that nobody is to look is taken at its word", async () => {
  using repository = createRepository({
    ...FILES,
    "symbiotic.config.mjs": "export default { gates: { checks_kept: { required: false } } };\n",
  });
  const result = await judged(repository, { "pyproject.toml": PYPROJECT.replace('["F"]', '["F", "I"]') });
  expect(result.verdicts["lint clean"]).toBe("pass");
});

test("a change of the configuration alone does not pass, and does not judge itself", async () => {
  using repository = createRepository(FILES);
  const result = await judged(repository, { "symbiotic.config.mjs": RUNS });
  expect(result).toMatchObject({ exitCode: 1, verdicts: { "checks kept": "hold" } });
  expect(existsSync(join(repository.root, "ran"))).toBe(false);
});

test("what judges is the base's, however it is written: the baseline there counts and so do its thresholds", async () => {
  using repository = createRepository({ ...FILES, "src/shop/__init__.py": `import os\n\n\n${SHOP}` });
  await symbiotic(repository, ["baseline"]);
  repository.commit("what is known");
  const result = await judged(repository, { "src/shop/__init__.py": `# moved\nimport os\n\n\n${SHOP}` }, [
    "symbiotic.baseline.json",
  ]);
  expect(result.verdicts).toMatchObject({ "lint clean": "pass", "checks kept": "hold" });
});

test("where the base cannot be loaded no gate passes, and the change's own configuration is not run", async () => {
  using repository = createRepository({ ...FILES, "symbiotic.config.mjs": "export default { gatez: {} };\n" });
  const result = await judged(repository, { "symbiotic.config.mjs": RUNS });
  expect(result.exitCode).toBe(1);
  expect(Object.values(result.verdicts).filter((verdict) => verdict === "pass")).toEqual([]);
  expect(summaryOf(repository).gates[0]?.note).toContain("the base cannot judge: SYM");
  expect(existsSync(join(repository.root, "ran"))).toBe(false);
});

test("at a terminal the work tree judges, and says so where something is less", async () => {
  using repository = createRepository(FILES);
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({ "symbiotic.config.mjs": "export default { gates: { coverage: { threshold: 1 } } };\n" });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "gates", "--affected"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("here the work tree's own settings count; in CI those of the base");
  const strict = await symbiotic(repository, ["run", "gates", "--affected", "--gates-from", "base"]);
  expect(strict.exitCode).toBe(1);
});
