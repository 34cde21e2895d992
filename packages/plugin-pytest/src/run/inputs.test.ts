import { matchesGlob } from "node:path";
import { expect, test } from "vitest";
import { contextOf } from "../../test/harness.ts";
import { runPytest } from "./atom.ts";
import { inputs } from "./inputs.ts";

function isInput(
  path: string,
  over: Parameters<typeof contextOf>[0] = {},
  which: "files" | "upstreamFiles" = "files",
): boolean {
  const globs = inputs(contextOf(over))[which] ?? [];
  const [out, into] = [globs.filter((glob) => glob.startsWith("!")), globs.filter((glob) => !glob.startsWith("!"))];
  return into.some((glob) => matchesGlob(path, glob)) && !out.some((glob) => matchesGlob(path, glob.slice(1)));
}

test.each([
  "src/shop/a.py",
  "src/shop/a.pyi",
  "src/shop/README.md",
  "src/shop/data/x.json",
  "tests/test_a.py",
  "tests/snapshots/a.md",
  "setup.py",
  "Makefile",
])("%s is an input", (path) => {
  expect(isInput(path)).toBe(true);
});

test.each([
  "README.md",
  "CHANGES.rst",
  "LICENSE",
  "docs/index.md",
  "docs/conf.py",
  ".github/workflows/ci.yml",
  ".gitignore",
  "uv.lock",
  ".coverage",
  ".pytest_cache/v/x",
  "src/__pycache__/a.pyc",
  "symbiotic.config.ts",
])("%s starts no tests", (path) => {
  expect(isInput(path)).toBe(false);
});

test("documentation is an input where it may hold tests", () => {
  expect(isInput("README.md", { facts: { docsAreTests: true } })).toBe(true);
  expect(isInput("docs/a.rst", { facts: { docsAreTests: true } })).toBe(true);
});

test("where doctests are collected from the documentation's modules, these are inputs and its texts are not", () => {
  const facts = { docsAreCollected: true };
  expect(isInput("docs/conf.py", { facts })).toBe(true);
  expect(["README.rst", "docs/a.rst", "docs/guide/b.md"].filter((path) => isInput(path, { facts }))).toEqual([]);
});

test("an upstream project's sources are inputs, its tests are not", () => {
  expect(isInput("src/core/a.py", {}, "upstreamFiles")).toBe(true);
  expect(isInput("tests/test_core.py", {}, "upstreamFiles")).toBe(false);
});

test("what the options and settings name counts, from the repository root", () => {
  const context = contextOf({
    root: "libs/api",
    options: { data: ["README.md", "../shared/*.json", "../../../outside"] },
    facts: { testPaths: ["docs", "."] },
  });
  expect(inputs(context).repositoryFiles).toEqual([
    "libs/api/README.md",
    "libs/shared/*.json",
    "libs/api/docs",
    "libs/api/docs/**",
  ]);
});

test("what can be imported from elsewhere in the repository is an input", () => {
  const context = contextOf({ root: "pkg", facts: { pythonPath: ["common", "libs/core/src", "."] } });
  expect(inputs(context).repositoryFiles).toEqual(["common/**", "libs/core/src/**", "**/*.py"]);
});

test("a project inside a folder of tests is data of the tests", () => {
  const context = contextOf({ root: "libs", nested: ["libs/tests/data/sample", "libs/api"] });
  expect(inputs(context).repositoryFiles).toEqual(["libs/tests/data/sample/**"]);
});

test("settings and conftest.py are looked up to the root, and the variables of Python, pytest and coverage are in the key", () => {
  expect(inputs(contextOf()).configs).toEqual(
    expect.arrayContaining(["pyproject.toml", "pytest.ini", "tox.ini", "setup.cfg", ".coveragerc", "conftest.py"]),
  );
  expect(inputs(contextOf()).variables).toEqual(["PYTHON*", "PYTEST_*", "COV*", "CI", "TZ"]);
});

test("there is a task only where there are tests, or settings that say where they are", () => {
  const applies = (facts: NonNullable<Parameters<typeof contextOf>[0]>["facts"]): unknown =>
    runPytest.applies?.(contextOf({ facts: { ...facts } }));
  expect(applies({ hasTests: true, pytestConfigured: false })).toBe(true);
  expect(applies({ hasTests: false, pytestConfigured: true })).toBe(false);
  expect(applies({ hasTests: false, pytestConfigured: true, testPaths: ["spec"] })).toBe(true);
});
