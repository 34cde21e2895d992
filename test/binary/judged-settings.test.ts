import { readdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { ROOT, TEST_PATH } from "../support/places.ts";
import { eventsOf, eventsOfType, outcomes, summaryOf } from "../support/record.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";
import { stateOf } from "../support/staged-trees.ts";

// Where the base judges, tools run with the settings that they have there: on the sources of the change, in a copy of it.

const TOOLS = join(ROOT, ".cache/validators");
const CI = {
  ...{ CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" },
  PATH: [TEST_PATH, join(TOOLS, "bin")].join(delimiter),
};
/** With Python's further tools. */
const VALIDATORS = { ...CI, PATH: [join(TOOLS, "tools/bin"), CI.PATH].join(delimiter) };

interface Judged extends Ran {
  /** By title: `pass`, `fail`, or `hold` with why. */
  readonly gates: Readonly<Record<string, string>>;
  /** Where findings of tools lie, with their rules. */
  readonly found: readonly string[];
}

/** Commits a change on a branch and judges it as CI would. */
async function judge(
  repository: TestRepository,
  change: Files,
  { gone = [], env = CI }: { readonly gone?: readonly string[]; readonly env?: typeof CI } = {},
): Promise<Judged> {
  repository.git("checkout", "--quiet", "--force", "-B", "topic", "main");
  repository.write(change);
  if (gone.length > 0) repository.remove(...gone);
  repository.commit("a change");
  const ran = await symbiotic(repository, ["run", "gates", "--affected"], { env });
  const gates = summaryOf(repository).gates.map(({ gate, verdict, note }) => [
    gate,
    verdict === "hold" ? `hold: ${note ?? ""}` : verdict,
  ]);
  const findings = eventsOfType(eventsOf(repository), "finding").map(({ finding }) => finding);
  const found = findings.filter(({ tool }) => tool !== "symbiotic").map(({ file, rule }) => `${file} ${rule}`);
  return { ...ran, gates: Object.fromEntries(gates) as Record<string, string>, found };
}

const KEPT = { "checks kept": "hold: 1 setting changed" };
const RUFF = '[project]\nname = "shop"\n[tool.ruff]\nlint.select = ["F"]\n';
const SHOP = "def price():\n    return 1\n";
const UNUSED = `import os\n\n\n${SHOP}`;
const LINTED: Files = { "pyproject.toml": RUFF, "src/shop.py": SHOP };

test.each<[what: string, change: Files]>([
  ["rules taken away", { "pyproject.toml": RUFF.replace('["F"]', "[]") }],
  [
    "rules taken away in a dotted key",
    { "pyproject.toml": '[project]\nname = "shop"\n[tool]\nruff.lint.select = []\n' },
  ],
  ["all settings taken away", { "pyproject.toml": '[project]\nname = "shop"\n' }],
  ["a file of its own, nearer to the code", { "src/ruff.toml": "lint.select = []\n" }],
  ["a file that is left out", { "pyproject.toml": `${RUFF}exclude = ["src"]\n` }],
])("with %s, ruff finds what it found at the base, and the gate fails", async (_what, change) => {
  using repository = createRepository(LINTED);
  const { gates, found, exitCode, stdout, stderr } = await judge(repository, { "src/shop.py": UNUSED, ...change });
  expect(gates).toMatchObject({ "lint clean": "fail", ...KEPT });
  expect(found).toEqual(["src/shop.py F401"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /SYM7570 {2}ruff runs with the base's settings: the change alters (\[tool\.ruff\] of pyproject\.toml|src\/ruff\.toml)/,
  );
  expect(stdout + stderr).not.toContain(repository.home);
});

test("a file of settings that is gone is put back", async () => {
  using repository = createRepository({
    ...LINTED,
    "pyproject.toml": '[project]\nname = "x"\n',
    "ruff.toml": 'lint.select = ["F"]\n',
  });
  const { gates, found } = await judge(repository, { "src/shop.py": UNUSED }, { gone: ["ruff.toml"] });
  expect(gates).toMatchObject({ "lint clean": "fail", ...KEPT });
  expect(found).toEqual(["src/shop.py F401"]);
});

test("what the base's settings extend is the base's too, and a sign where it has changed", async () => {
  const settings = {
    "pyproject.toml": '[project]\nname = "shop"\n[tool.ruff]\nextend = "lint/rules.toml"\n',
    "lint/rules.toml": 'lint.select = ["F"]\n',
  };
  using repository = createRepository({ ...LINTED, ...settings });
  const bad = await judge(repository, { "src/shop.py": UNUSED, "lint/rules.toml": "lint.select = []\n" });
  expect(bad.gates).toMatchObject({ "lint clean": "fail", ...KEPT });
  const good = await judge(repository, { "lint/rules.toml": "lint.select = []\n" });
  expect(good.gates).toMatchObject({ "lint clean": "pass", ...KEPT });
});

test("settings that change for good reasons on clean code: their gate passes, and a person looks at them", async () => {
  using repository = createRepository(LINTED);
  const { gates, exitCode } = await judge(repository, { "pyproject.toml": RUFF.replace('["F"]', '["F", "I"]') });
  expect(gates).toMatchObject({ "lint clean": "pass", "format clean": "pass", ...KEPT });
  expect(exitCode).toBe(1);
});

test("what ran at the base is known, and is not run again where only settings change", async () => {
  using repository = createRepository(LINTED);
  await symbiotic(repository, ["run", "gates"], { env: CI });
  await judge(repository, { "pyproject.toml": RUFF.replace('["F"]', '["F", "I"]') });
  expect(outcomes(repository)).toEqual({ "shop:run_ruff_format_check": "ok hit", "shop:run_ruff_lint": "ok hit" });
});

const AFTER = `export default { atoms: { publish: {
  effect: true, command: "touch published", dependsOn: ["run_ruff_lint"], targets: ["gates"],
} } };
`;

test("what does more than look is not done beside the work tree: the gates hold, and say why", async () => {
  using repository = createRepository({ ...LINTED, "symbiotic.config.mjs": AFTER });
  const { gates, stderr } = await judge(repository, { "pyproject.toml": RUFF.replace('["F"]', "[]") });
  expect(gates["lint clean"]).toMatch(
    /^hold: .*\(ruff cannot run with the base's settings: .*publish does more than look\)$/,
  );
  expect(stderr).toContain("SYM7573");
  expect(readdirSync(repository.root)).toContain("published");
});

test("what the rest of the manifest says is the change's, and a comment is no setting", async () => {
  using repository = createRepository(LINTED);
  const { gates, stderr } = await judge(repository, {
    "pyproject.toml": `# ours\n${RUFF.replace("[tool", 'version = "2"\n[tool')}`,
    "src/shop.py": `# more\n${SHOP}`,
  });
  expect(gates).toMatchObject({ "lint clean": "pass", "checks kept": "pass" });
  expect(stderr).toBe("");
  expect(readdirSync(join(repository.home, ".cache/symbiotic"))).not.toContain("judged");
});

test("a section that cannot be put back: the gate holds, and says why", async () => {
  using repository = createRepository(LINTED);
  const inline = 'project = { name = "shop" }\ntool = { ruff = { lint = { select = [] } } }\n';
  const { gates, exitCode } = await judge(repository, { "pyproject.toml": inline, "src/shop.py": UNUSED });
  expect(gates["lint clean"]).toBe(
    "hold: it ran with settings that the change alters: [tool.ruff] of pyproject.toml ([tool.ruff] of pyproject.toml cannot be put back to what the base says)",
  );
  expect(gates).toMatchObject(KEPT);
  expect(exitCode).toBe(1);
});

test("a project that is new has no other settings than its own: a person looks at them", async () => {
  using repository = createRepository(LINTED);
  const { gates } = await judge(repository, {
    "lib/pyproject.toml": RUFF.replace("shop", "lib"),
    "lib/a.py": "A = 1\n",
  });
  expect(gates["lint clean"]).toBe(
    "hold: it ran with settings that the change alters: [tool.ruff] of lib/pyproject.toml",
  );
});

test("at a terminal the work tree's settings are gone by", async () => {
  using repository = createRepository(LINTED);
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({ "pyproject.toml": RUFF.replace('["F"]', "[]"), "src/shop.py": UNUSED });
  const here = await symbiotic(repository, ["run", "run_ruff_lint", "--affected"]);
  expect(here.exitCode).toBe(0);
  expect(here.stderr).toBe("");
  const before = stateOf(repository);
  const strict = await symbiotic(repository, ["run", "run_ruff_lint", "--affected", "--gates-from", "base"]);
  expect(strict.exitCode).toBe(1);
  expect(strict.stdout).toContain("F401");
  expect(stateOf(repository)).toEqual(before);
});

const COVERED = `[project]
name = "shop"
[tool.pytest.ini_options]
pythonpath = ["src"]
[tool.coverage.report]
fail_under = 90
`;
const TESTED: Files = {
  "pyproject.toml": COVERED,
  "src/shop.py": SHOP,
  "tests/test_shop.py": "from shop import price\n\n\ndef test_price():\n    assert price() == 1\n",
};
const UNTESTED = `${SHOP}\n\ndef cost(count):\n    if count:\n        return 2\n    return 3\n`;

test.each([
  ["less is wanted", COVERED.replace("90", "10")],
  ["a file is left out", `${COVERED}omit = ["src/*"]\n`],
  ["lines are left out", `${COVERED}exclude_also = ["def "]\n`],
])("where %s, coverage is what it is with the base's settings", async (_what, manifest) => {
  using repository = createRepository(TESTED);
  const { gates } = await judge(repository, { "pyproject.toml": manifest, "src/shop.py": UNTESTED });
  expect(gates).toMatchObject({ "tests passed": "pass", coverage: "fail", ...KEPT });
});

test("tests that the change's settings leave out run, and fail", async () => {
  using repository = createRepository(TESTED);
  const { gates } = await judge(repository, {
    "pytest.ini": "[pytest]\npythonpath = src\naddopts = --deselect tests/test_shop.py\n",
    "src/shop.py": SHOP.replace("1", "2"),
  });
  expect(gates).toMatchObject({ "tests passed": "fail", ...KEPT });
});

test("settings of several tools: each runs with its own of the base, on all else of the change", async () => {
  using repository = createRepository({ ...TESTED, "pyproject.toml": `${COVERED}[tool.ruff]\nlint.select = ["F"]\n` });
  const { gates, found, stderr } = await judge(repository, {
    "pyproject.toml": COVERED.replace("90", "10"),
    "src/shop.py": `import os\n\n\n${UNTESTED}`,
  });
  expect(gates).toMatchObject({ "lint clean": "fail", "tests passed": "pass", coverage: "fail" });
  expect(found).toEqual(["src/shop.py F401"]);
  expect(stderr).toContain("pytest runs with the base's settings");
  expect(stderr).toContain("ruff runs with the base's settings");
});

test.each<[gate: string, base: Files, change: Files, finding: string]>([
  [
    "mypy clean",
    {
      "mypy.ini": "[mypy]\nstrict = true\n",
      "pyproject.toml": '[project]\nname = "shop"\n',
      "shop.py": "A: int = 1\n",
    },
    { "mypy.ini": "[mypy]\nignore_errors = true\n", "shop.py": 'A: int = "1"\n' },
    "shop.py assignment",
  ],
  [
    "mypy clean",
    { "setup.cfg": "[metadata]\nname = shop\n[mypy]\nstrict = true\n", "setup.py": "", "shop.py": "A: int = 1\n" },
    { "setup.cfg": "[metadata]\nname = shop\n[mypy]\nignore_errors = true\n", "shop.py": 'A: int = "1"\n' },
    "shop.py assignment",
  ],
  [
    "bandit clean",
    { "pyproject.toml": '[project]\nname = "shop"\n[tool.bandit]\nexclude_dirs = ["docs"]\n', "shop.py": "A = 1\n" },
    {
      "pyproject.toml": '[project]\nname = "shop"\n[tool.bandit]\nskips = ["B307"]\n',
      "shop.py": 'A = eval(input("?"))\n',
    },
    "shop.py B307",
  ],
])(
  "%s: with the base's settings the tool finds what the change's settings hide",
  async (gate, base, change, finding) => {
    using repository = createRepository(base);
    const { gates, found, stdout } = await judge(repository, change, { env: VALIDATORS });
    expect(gates, stdout).toMatchObject({ [gate]: "fail", ...KEPT });
    expect(found).toEqual([finding]);
  },
);

test("a tool that the change takes away runs as at the base, and its gate judges", async () => {
  const manifest = '[project]\nname = "shop"\n';
  using repository = createRepository({ "pyproject.toml": `${manifest}[tool.mypy]\n`, "shop.py": "A: int = 1\n" });
  const change = { "pyproject.toml": manifest, "shop.py": 'A: int = "1"\n' };
  const { gates, found } = await judge(repository, change, { env: VALIDATORS });
  expect(gates).toMatchObject({
    "mypy clean": "fail",
    ...KEPT,
  });
  expect(found).toEqual(["shop.py assignment"]);
});

const ESLINT = 'export default [{ rules: { "no-debugger": "error" } }];\n';
const PACKAGE = '{\n  "name": "shop",\n  "type": "module",\n  "prettier": { "semi": true }\n}\n';

test("settings of Node's tools: a program of settings, and a key of package.json", async () => {
  using repository = createRepository({
    ".gitignore": "node_modules\n",
    "package.json": PACKAGE,
    "eslint.config.js": ESLINT,
    "a.js": "const a = 1;\nexport default a;\n",
  });
  symlinkSync(join(TOOLS, "node/node_modules"), join(repository.root, "node_modules"), "junction");
  const { gates, found, stdout } = await judge(repository, {
    "package.json": PACKAGE.replace("true", "false").replace("shop", "store"),
    "eslint.config.js": ESLINT.replace("error", "off"),
    "a.js": "debugger\nexport default 1\n",
  });
  expect(gates, stdout).toMatchObject({ "eslint clean": "fail" });
  expect(found).toEqual(expect.arrayContaining(["a.js no-debugger"]));
});

test("secrets that the change's own settings allow are found", async () => {
  using repository = createRepository({
    "pyproject.toml": '[project]\nname = "shop"\n',
    ".gitleaks.toml": "[extend]\nuseDefault = true\n",
    "a.py": "A = 1\n",
  });
  const key = `AKIA${"Q3EGYUSDNVKZ7WXM".split("").reverse().join("")}`;
  const { gates, stdout, found } = await judge(repository, {
    "a.py": `aws = "${key}"\n`,
    ".gitleaks.toml": '[extend]\nuseDefault = true\n[allowlist]\npaths = ["a.py"]\n',
  });
  expect(found, stdout).toEqual(expect.arrayContaining([expect.stringMatching(/^a\.py /)]));
  expect(Object.values(gates)).toContain("fail");
});
