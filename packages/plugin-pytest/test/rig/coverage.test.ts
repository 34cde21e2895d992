import { expect, test } from "vitest";
import { coverage } from "../../src/gates/coverage.ts";
import { ATOM } from "../../src/gates/evidence.ts";
import { outcomeOf, repositoryOf, runIn, type Repository, type Run } from "../harness.ts";

const SHOP = "def price(n):\n    if n < 0:\n        return 0\n    return n\n";
const TEST = "from shop import price\n\ndef test_price(): assert price(1) == 1\n";

function measureIn(repository: Repository): Run {
  return runIn(repository, { detected: ["pytest-cov"] });
}

function metricsIn(run: Run): Readonly<Record<string, number>> {
  return Object.fromEntries((outcomeOf(run).evidence.metrics ?? []).map(({ name, value }) => [name, value]));
}

function verdictOf(run: Run, threshold: number | null = null): unknown {
  const { status, evidence } = outcomeOf(run);
  const task = { project: "project", atom: ATOM, status, advisory: false, evidence };
  return coverage.decide({ ...run.context, tasks: [task], threshold, change: null, before: [] });
}

test("a project that says nothing is measured over its own code, with the lines of each file", () => {
  using repository = repositoryOf({
    "shop/__init__.py": SHOP,
    "shop/unused.py": "X = 1\n",
    "tests/test_shop.py": TEST,
    "pytest.ini": "",
  });
  const run = measureIn(repository);
  expect(outcomeOf(run).evidence.coverage).toEqual({
    "shop/__init__.py": { executed: "1-2,4", missing: "3" },
    "shop/unused.py": { executed: "", missing: "1" },
  });
  expect(metricsIn(run)).toEqual({ coverage: 60, covered_lines: 3, lines: 5 });
  expect(verdictOf(run)).toMatchObject({ verdict: "fail", measured: "60.0 %", wanted: "85 %" });
});

test("the repository's own source, omissions and branches are kept", () => {
  using repository = repositoryOf({
    "shop/__init__.py": SHOP,
    "shop/unused.py": "X = 1\n",
    "tests/test_shop.py": TEST,
    ".coveragerc": "[run]\nsource = shop, tests\nbranch = true\nomit = */unused.py\n",
  });
  const run = measureIn(repository);
  expect(Object.keys(outcomeOf(run).evidence.coverage ?? {})).toEqual(["shop/__init__.py", "tests/test_shop.py"]);
  const {
    coverage: percent,
    covered_lines: lines = 0,
    lines: allLines = 0,
    covered_branches: branches = 0,
    branches: allBranches = 0,
  } = metricsIn(run);
  expect(allBranches).toBeGreaterThan(0);
  expect(percent).toBeCloseTo((100 * (lines + branches)) / (allLines + allBranches), 1);
});

test("the repository's fail_under is the gate's affair and not pytest's", () => {
  using repository = repositoryOf({
    "shop/__init__.py": SHOP,
    "tests/test_shop.py": TEST,
    "pyproject.toml": `[tool.pytest.ini_options]\naddopts = "--cov=shop"\nfilterwarnings = ["error"]\n[tool.coverage.report]\nfail_under = 100\n`,
  });
  const run = measureIn(repository);
  expect(run.result.exitCode).toBe(0);
  expect(verdictOf(run)).toMatchObject({ verdict: "fail", measured: "75.0 %", wanted: "100 %" });
  expect(coverage.required(run.context)).toBe(true);
  expect(verdictOf(run, 70)).toMatchObject({ verdict: "pass", wanted: "70 %" });
});

test("code of another project is named from the repository root", () => {
  const files = {
    "core/core.py": "X = 1\n",
    "api/test_api.py": "import sys\nsys.path.insert(0, '../core')\n\ndef test_api():\n    import core\n",
    "api/.coveragerc": "[run]\nsource = ../core\n",
  };
  using repository = repositoryOf(files, "api");
  expect(outcomeOf(measureIn(repository)).evidence.coverage).toEqual({
    "core/core.py": { executed: "1", missing: "" },
  });
});

test("without pytest-cov, or where nothing can be measured, coverage holds and the tests pass", () => {
  using repository = repositoryOf({ "shop/__init__.py": SHOP, "tests/test_shop.py": TEST, "pytest.ini": "" });
  const without = runIn(repository);
  expect(outcomeOf(without)).toMatchObject({ status: "ok", summary: "1 passed" });
  expect(verdictOf(without)).toMatchObject({ verdict: "hold", measured: "not measured" });
});

test("a project with nothing to measure holds, even where warnings are errors", () => {
  using repository = repositoryOf({
    "tests/test_a.py": "def test_a(): pass\n",
    "pytest.ini": "[pytest]\nfilterwarnings = error\n",
    ".coveragerc": "[run]\nsource = nowhere\n",
  });
  const run = measureIn(repository);
  expect(outcomeOf(run)).toMatchObject({ status: "ok", summary: "1 passed" });
  expect(verdictOf(run)).toMatchObject({ verdict: "hold" });
});
