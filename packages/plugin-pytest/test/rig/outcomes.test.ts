import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { factsIn, outcomeOf, outcomesIn, repositoryOf, runIn, type Repository, type Run } from "../harness.ts";
import { ZOO_FILES } from "./zoo.ts";

type Own = Readonly<Record<string, readonly string[]>>;

/** pytest's own counts, as its conftest.py wrote them down. */
function ownIn(repository: Repository): Own {
  const own: Own = JSON.parse(readFileSync(join(repository.path, "own.json"), "utf8"));
  return own;
}

/** The worst that pytest counted for each id. */
function worstIn(own: Own): Readonly<Record<string, string>> {
  const order = ["skipped", "xfailed", "passed", "xpassed", "error", "failed"];
  return Object.fromEntries(order.flatMap((category) => (own[category] ?? []).map((id) => [id, category])));
}

function countsIn(run: Run): Readonly<Record<string, number>> {
  const words = outcomeOf(run)
    .summary.split(", ")
    .map((part) => /^(\d+) (.*)$/.exec(part) ?? []);
  const counts = words.map(([, count, word = ""]): [string, number] => [
    word.replace("errors", "error"),
    Number(count),
  ]);
  return Object.fromEntries(counts);
}

test("ids, outcomes and counts are pytest's own, for every way in which a test can end", () => {
  using repository = repositoryOf(ZOO_FILES);
  const run = runIn(repository);
  const own = ownIn(repository);
  expect(Object.keys(own).toSorted()).toEqual(["error", "failed", "passed", "skipped", "xfailed", "xpassed"]);
  expect(outcomesIn(run)).toEqual(worstIn(own));
  expect(countsIn(run)).toEqual(
    Object.fromEntries(Object.entries(own).map(([category, ids]) => [category, ids.length])),
  );
  expect(outcomeOf(run).status).toBe("failed");
});

test.each(["--tb=native", "--tb=line", "--tb=no", "-q"])(
  "they are so with %s, too, and failures have places",
  (flag) => {
    using repository = repositoryOf(ZOO_FILES);
    const run = runIn(repository, { options: { args: [flag] } });
    expect(outcomesIn(run)).toEqual(worstIn(ownIn(repository)));
    const failed = outcomeOf(run).evidence.tests?.find(({ id }) => id.endsWith("::test_fail"));
    expect(failed).toMatchObject({
      message: "AssertionError: assert 'id\\n' == ''",
      file: "tests/test_zoo.py",
      line: 8,
    });
  },
);

test("every repro is an argument that pytest takes for just that test", () => {
  using repository = repositoryOf(ZOO_FILES);
  const failed = outcomeOf(runIn(repository)).evidence.tests?.filter(({ outcome }) => outcome === "failed") ?? [];
  expect(failed.length).toBeGreaterThan(5);
  const again = runIn(repository, { options: { testPaths: failed.map(({ id }) => id) } });
  expect(outcomesIn(again)).toEqual(Object.fromEntries(failed.map(({ id, outcome }) => [id, outcome])));
});

test("the same run twice leaves the same evidence", () => {
  using one = repositoryOf(ZOO_FILES);
  using other = repositoryOf(ZOO_FILES);
  expect(outcomeOf(runIn(one)).evidence).toEqual(outcomeOf(runIn(other)).evidence);
});

test("without the reporter the JUnit file gives the same ids, and outcomes but for unexpected passes", () => {
  using repository = repositoryOf(ZOO_FILES);
  const argv = ["python", "-c", "import sys, pytest; sys.exit(pytest.main())"] as const;
  const run = runIn(repository, { argv: [...argv] });
  expect(run.result.files).not.toHaveProperty("report.json");
  const expected = Object.entries(worstIn(ownIn(repository))).map(([id, outcome]) => [
    id,
    outcome === "xpassed" ? "passed" : outcome,
  ]);
  expect(outcomesIn(run)).toEqual(Object.fromEntries(expected));
});

test("in a project below the folder of the settings, ids and places are right on both sides", () => {
  const files = {
    "pytest.ini": "[pytest]\npython_files = check_*.py\n",
    "libs/api/check_a.py": "class TestA:\n    def test_b(self):\n        assert 0\n",
    "libs/api/nested/check_c.py": "def test_c(): assert 0\n",
  };
  using repository = repositoryOf(files, "libs/api", ["libs/api/nested"]);
  expect(factsIn(repository)).toMatchObject({ ok: true, value: { rootdir: ".", hasTests: true } });
  expect(outcomeOf(runIn(repository)).evidence.tests).toEqual([
    {
      id: "check_a.py::TestA::test_b",
      outcome: "failed",
      message: "assert 0",
      file: "libs/api/check_a.py",
      line: 3,
      repro: "cd libs/api && {tool} 'check_a.py::TestA::test_b'",
    },
  ]);
});

test("tests of a nested project are left out although the settings begin there", () => {
  const files = {
    "pytest.ini": "[pytest]\ntestpaths = libs/api/tests tests\n",
    "libs/api/tests/test_a.py": "def test_a(): assert 0\n",
    "tests/test_b.py": "def test_b(): pass\n",
  };
  using repository = repositoryOf(files, ".", ["libs/api"]);
  expect(outcomesIn(runIn(repository))).toEqual({ "tests/test_b.py::test_b": "passed" });
});
