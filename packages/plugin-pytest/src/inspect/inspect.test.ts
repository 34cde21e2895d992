import type { Diagnostic, Result } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { projectAt } from "../../test/harness.ts";
import { options as schema, type PytestOptionsInput } from "../options.ts";
import type { PytestFacts } from "./facts.ts";
import { inspect } from "./inspect.ts";

interface Case {
  readonly texts?: Readonly<Record<string, string>>;
  readonly paths?: readonly string[];
  readonly root?: string;
  readonly nested?: readonly string[];
  readonly options?: PytestOptionsInput;
}

const TESTS = ["src/shop/__init__.py", "tests/test_shop.py"];

function inspected({
  texts = {},
  paths = TESTS,
  root = ".",
  nested = [],
  options,
}: Case): Result<PytestFacts, readonly Diagnostic[]> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return inspect.facts({ project: projectAt(root, nested), texts: files, paths, options: schema.parse(options) });
}

function factsOf(seen: Case): PytestFacts {
  const result = inspected(seen);
  if (!result.ok) expect.fail(JSON.stringify(result.error));
  return result.value;
}

function errorsOf(seen: Case): readonly Diagnostic[] {
  const result = inspected(seen);
  return result.ok ? expect.fail("no error") : result.error;
}

test("without any settings tests are found by name, and nothing is configured", () => {
  expect(factsOf({})).toMatchObject({
    hasTests: true,
    hasTestFolder: true,
    pytestConfigured: false,
    configFile: null,
    coverageConfigured: false,
    failUnder: null,
    coverageSource: ["src"],
  });
  expect(factsOf({ paths: ["src/shop/__init__.py", "tests/helpers.py"] })).toMatchObject({
    hasTests: false,
    hasTestFolder: false,
  });
  expect(factsOf({ paths: ["src/shop/test_inside.py"] })).toMatchObject({ hasTests: true, hasTestFolder: false });
});

test.each([
  ["pytest.toml", `[pytest]\naddopts = ["--junitxml=x"]\n`],
  [".pytest.toml", `[pytest]\naddopts = ["--junitxml=x"]\n`],
  ["pytest.ini", "[pytest]\naddopts = --junitxml=x\n"],
  [".pytest.ini", "[pytest]\naddopts = --junitxml=x\n"],
  ["pyproject.toml", `[tool.pytest.ini_options]\naddopts = "--junitxml x"\n`],
  ["pyproject.toml", `[tool.pytest]\naddopts = ["--junitxml", "x"]\n`],
  ["tox.ini", "[pytest]\naddopts = --junitxml=x\n"],
  ["setup.cfg", "[tool:pytest]\naddopts = --junitxml=x\n"],
])("settings are found in %s", (name, text) => {
  expect(factsOf({ texts: { [name]: text } })).toMatchObject({
    pytestConfigured: true,
    configFile: name,
    junitConfigured: true,
  });
});

test("pytest.ini goes before pyproject.toml, and a nearer folder before both", () => {
  const texts = { "pytest.ini": "", "pyproject.toml": `[tool.pytest.ini_options]\naddopts = "-x"\n` };
  expect(factsOf({ texts }).configFile).toBe("pytest.ini");
  const nested = { ...texts, "api/setup.cfg": "[tool:pytest]\n" };
  expect(factsOf({ texts: nested, root: "api", paths: ["api/tests/test_a.py"] })).toMatchObject({
    configFile: "api/setup.cfg",
    rootdir: "api",
  });
});

test("settings of a folder above apply, but not its testpaths", () => {
  const texts = { "pytest.ini": "[pytest]\npython_files = check_*.py\ntestpaths = elsewhere\n" };
  expect(factsOf({ texts, root: "api", paths: ["api/check_a.py"] })).toMatchObject({
    hasTests: true,
    rootdir: ".",
    testPaths: [],
  });
  expect(factsOf({ texts, root: "api", paths: ["api/test_a.py"] }).hasTests).toBe(false);
});

test("tests outside of testpaths are no tests, unless testpaths leads nowhere", () => {
  const texts = { "pytest.ini": "[pytest]\ntestpaths = tests\n" };
  expect(factsOf({ texts, paths: ["tests/helpers.py", "scripts/test_it.py"] }).hasTests).toBe(false);
  expect(factsOf({ texts, paths: ["scripts/test_it.py"] }).hasTests).toBe(true);
});

test("testpaths that all lead into nested projects leave no tests to the project itself", () => {
  const nested = ["libs/api", "libs/cli"];
  const paths = ["src/a.py", "scripts/test_it.py"];
  const factsWith = (testpaths: string, more: readonly string[] = []): PytestFacts =>
    factsOf({ texts: { "pytest.ini": `[pytest]\ntestpaths = ${testpaths}\n` }, paths: [...paths, ...more], nested });
  expect(factsWith("libs/api/tests")).toMatchObject({ hasTests: false, testPaths: [] });
  expect(factsWith("./libs/*/tests/ libs/cli")).toMatchObject({ hasTests: false, testPaths: [] });
  expect(factsWith("libs/api/tests tests", ["tests/test_b.py"])).toMatchObject({
    hasTests: true,
    testPaths: ["tests"],
  });
  expect(factsWith("*/tests", ["core/tests/test_b.py"])).toMatchObject({ hasTests: true, testPaths: ["*/tests"] });
  expect(factsWith(".")).toMatchObject({ hasTests: true, testPaths: ["."] });
});

test("folders that pytest does not enter hold no tests", () => {
  expect(factsOf({ paths: ["build/lib/test_a.py", ".hidden/test_b.py", "node_modules/x/test_c.py"] }).hasTests).toBe(
    false,
  );
});

test("documentation holds tests by their names, not by being a module from which doctests are collected", () => {
  const texts = { "pytest.ini": "[pytest]\naddopts = --doctest-modules\n" };
  const docsOf = (...paths: string[]): readonly boolean[] => {
    const { docsAreTests, docsAreCollected } = factsOf({ texts, paths: ["src/a.py", ...paths] });
    return [docsAreTests, docsAreCollected];
  };
  expect(docsOf()).toEqual([false, false]);
  expect(docsOf("docs/conf.py")).toEqual([false, true]);
  expect(docsOf("docs/test_examples.py")).toEqual([true, true]);
  expect(docsOf("docs/conftest.py")).toEqual([true, true]);
});

test("doctests make tests of modules", () => {
  expect(
    factsOf({ texts: { "pytest.ini": "[pytest]\naddopts = --doctest-modules\n" }, paths: ["src/a.py"] }).hasTests,
  ).toBe(true);
});

test.each([
  ["pyproject.toml", `[project]\nname = "a"\ndependencies = ["pytest>=8"]\n`],
  ["pyproject.toml", `[dependency-groups]\ntests = ["pytest"]\n`],
  ["pyproject.toml", `[project.optional-dependencies]\ndev = ["pytest[testing] ; python_version > '3'"]\n`],
  ["pyproject.toml", `[tool.poetry.group.dev.dependencies]\npytest = "^8"\n`],
  ["setup.cfg", "[options.extras_require]\ntest =\n    pytest\n"],
  ["tox.ini", "[testenv]\ndeps =\n    pytest~=8.0\n"],
  ["requirements-dev.txt", "ruff\npytest==9.2.0\n"],
])("a repository that asks for pytest in %s configures it", (name, text) => {
  expect(factsOf({ texts: { [name]: text } }).pytestConfigured).toBe(true);
  expect(factsOf({ texts: { [name]: text.replaceAll("pytest", "pytest-cov") } }).pytestConfigured).toBe(false);
});

test.each([
  [".coveragerc", "[run]\nsource = src\n[report]\nfail_under = 92.5\nprecision = 1\n"],
  [
    "pyproject.toml",
    `[tool.coverage.run]\nsource = ["src"]\n[tool.coverage.report]\nfail_under = 92.5\nprecision = 1\n`,
  ],
  ["setup.cfg", "[coverage:run]\nsource =\n  src\n[coverage:report]\nfail_under = 92.5\nprecision = 1\n"],
])("coverage's settings are read from %s", (name, text) => {
  expect(factsOf({ texts: { [name]: text } })).toMatchObject({
    coverageConfigured: true,
    failUnder: 92.5,
    precision: 1,
    coverageSource: [],
  });
});

test("coverage's settings count only in the folder in which it runs", () => {
  const texts = { ".coveragerc": "[report]\nfail_under = 90\n" };
  expect(factsOf({ texts, root: "api", paths: ["api/tests/test_a.py"] })).toMatchObject({
    coverageConfigured: false,
    failUnder: null,
  });
});

test("the options' arguments count like addopts", () => {
  expect(factsOf({ options: { args: ["--cov=src", "--cov-fail-under=70"], testPaths: ["tests"] } })).toMatchObject({
    addoptsHasCov: true,
    failUnder: 70,
    coverageSource: [],
    testPaths: ["tests"],
  });
});

test("broken TOML is an error with its line, column and text", () => {
  const [error, ...more] = errorsOf({ texts: { "pyproject.toml": "[tool.pytest.ini_options]\naddopts = -q\n" } });
  expect(more).toEqual([]);
  expect(error).toMatchObject({
    code: "SYM1701",
    location: { file: "pyproject.toml", line: 2, column: 11 },
    excerpt: "addopts = -q",
  });
});

test("broken INI is an error with its place; a broken file that pytest does not come to is none", () => {
  const [error] = errorsOf({ texts: { "setup.cfg": "[tool:pytest]\naddopts\n" } });
  expect(error).toMatchObject({ code: "SYM1702", location: { file: "setup.cfg", line: 2, column: 1 } });
  const texts = { "pytest.ini": "", ".coveragerc": "", "setup.cfg": "[tool:pytest]\naddopts\n" };
  expect(factsOf({ texts }).configFile).toBe("pytest.ini");
});

test("folders of pythonpath are seen from the settings' folder; the project's own and those outside are left out", () => {
  const text =
    '[tool.pytest.ini_options]\npythonpath = ["common", "libs/../shared", "pkg", "pkg/src", "../outside", "/usr/lib"]\n';
  const paths = ["pkg/tests/test_a.py"];
  expect(factsOf({ texts: { "pyproject.toml": text }, root: "pkg", paths }).pythonPath).toEqual(["common", "shared"]);
  const ini = { "pkg/pytest.ini": "[pytest]\npythonpath = src ../common\n" };
  expect(factsOf({ texts: ini, root: "pkg", paths }).pythonPath).toEqual(["common"]);
});

test("a folder of pythonpath that holds a project inside, or lies in one, is named", () => {
  const texts = { "pytest.ini": "[pytest]\npythonpath = . src libs/core/src libs\n" };
  expect(factsOf({ texts, nested: ["libs/core"] }).pythonPath).toEqual(["libs/core/src", "libs"]);
});
