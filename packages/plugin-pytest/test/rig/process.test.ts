import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OUT, outcomeOf, outcomesIn, repositoryOf, runIn } from "../harness.ts";

const PASSING = "def test_a(): pass\n";

test("tests see the process that `python -m pytest` gives them", () => {
  const text = `
import multiprocessing, os, sys

def answer(queue): queue.put("yes")

def test_program(): assert sys.argv[0].replace(os.sep, "/").endswith("pytest/__main__.py")
def test_arguments(): assert sys.argv[1] == "--color=no"
def test_main(): assert sys.modules["__main__"].__spec__.name == "pytest.__main__"
def test_path(): assert os.path.abspath(os.curdir) in sys.path and "" not in sys.path
def test_spawn():
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    child = context.Process(target=answer, args=(queue,))
    child.start()
    assert queue.get(timeout=50) == "yes"
    child.join()
def test_leaves_its_folder(tmp_path): os.chdir(tmp_path)
`;
  using repository = repositoryOf({ "test_process.py": text, "pytest.ini": "" });
  expect(outcomeOf(runIn(repository)).summary).toBe("6 passed");
});

test("nothing is written beside the task's folder and pytest's cache", () => {
  using repository = repositoryOf({
    "src/shop.py": "X = 1\n",
    "tests/test_a.py": "import sys\nsys.path.insert(0, 'src')\n\ndef test_a():\n    import shop\n",
    "pyproject.toml": `[tool.pytest.ini_options]\naddopts = "--cov=src --cov-report=html --cov-report=xml --cov-report=lcov --junitxml=mine.xml --cov-fail-under=100"\n`,
  });
  const before = globSync("**", { cwd: repository.path });
  expect(outcomeOf(runIn(repository, { detected: ["pytest-cov"] })).status).toBe("ok");
  const after = globSync("**", { cwd: repository.path, exclude: [".symbiotic/**", ".pytest_cache/**"] });
  expect(after.filter((path) => ![".symbiotic", ".pytest_cache"].includes(path)).toSorted()).toEqual(before.toSorted());
  const made = ["report.json", "junit.xml", "coverage.json", "coverage.xml", "coverage.lcov", "htmlcov/index.html"];
  expect(made.filter((name) => !existsSync(join(repository.path, OUT, name)))).toEqual([]);
});

test("no test collected is a success with 0 tests", () => {
  using repository = repositoryOf({ "test_none.py": "", "pytest.ini": "" });
  const run = runIn(repository);
  expect(run.result.exitCode).toBe(5);
  expect(outcomeOf(run)).toMatchObject({ status: "ok", summary: "0 tests", evidence: { tests: [] } });
});

test("files that cannot be collected are errors of the tests, though pytest stops before any test", () => {
  using repository = repositoryOf({ "test_a.py": PASSING, "test_b.py": "def broken(:\n", "pytest.ini": "" });
  const run = runIn(repository);
  expect(run.result.exitCode).toBe(2);
  expect(outcomeOf(run)).toMatchObject({ status: "failed", summary: "1 error" });
  expect(outcomeOf(run).evidence.tests).toMatchObject([
    { id: "test_b.py", outcome: "error", file: "test_b.py", message: expect.stringMatching(/^SyntaxError: /) },
  ]);
});

test.each([
  ["an argument that pytest does not know", { "test_a.py": PASSING }, ["--nope"], ["SYM4703", "--nope"]],
  ["a path that is not there", { "test_a.py": PASSING }, ["nowhere"], ["SYM4703", "nowhere"]],
  [
    "a conftest.py that cannot be loaded",
    { "test_a.py": PASSING, "conftest.py": "import nope\n" },
    [],
    ["SYM4703", "No module named 'nope'"],
  ],
  [
    "a plugin that fails",
    { "test_a.py": PASSING, "conftest.py": "def pytest_runtest_protocol(item): raise RuntimeError('plugin')\n" },
    [],
    ["SYM4702", "RuntimeError: plugin"],
  ],
  [
    "a test that stops pytest",
    { "test_a.py": "import pytest\ndef test_a(): pytest.exit('enough')\n" },
    [],
    ["SYM4701", "enough"],
  ],
  [
    "a test that ends the process",
    { "test_a.py": "import os\ndef test_a(): os._exit(0)\n" },
    [],
    ["SYM4704", "no whole report"],
  ],
])("%s is broken, and says so", (_name, files, args, [code = "", words = ""]) => {
  using repository = repositoryOf({ "pytest.ini": "", ...files });
  const { parsed } = runIn(repository, { options: { args, granularity: "project" } });
  expect(parsed).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(words) } });
});

test.skipIf(process.platform === "win32").each([
  ["stops pytest", "import pytest\ndef test_a(): pytest.exit('enough')\n", "enough"],
  ["ends the process", "import os\ndef test_a(): os._exit(0)\n", "its process ended early"],
])("a test that %s fails where each file has a process, and the others run", (_name, text, words) => {
  using repository = repositoryOf({ "pytest.ini": "", "test_a.py": text, "test_b.py": "def test_b(): pass\n" });
  const run = runIn(repository);
  expect(outcomesIn(run)).toEqual({ "test_a.py::test_a": "failed", "test_b.py::test_b": "passed" });
  expect(run.result.stdout).toContain(words);
});

test("tests that close every file or fork do not lose the report", { skip: process.platform === "win32" }, () => {
  const text = `
import os

def test_close(): os.closerange(20, 200)

def test_fork():
    pid = os.fork()
    if pid == 0: os._exit(0)
    os.waitpid(pid, 0)
`;
  using repository = repositoryOf({ "test_a.py": text, "pytest.ini": "" });
  expect(outcomesIn(runIn(repository))).toEqual({
    "test_a.py::test_close": "passed",
    "test_a.py::test_fork": "passed",
  });
});
