import { join } from "node:path";
import { expect, test } from "vitest";
import { outcomesIn, repositoryOf } from "../harness.ts";
import { recordedRuns, truthOf } from "../recorded-runs.ts";

/** One process a test file is divided off the one that collects. */
const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };
const [FIRST, OTHER, SECOND] = ["tests/test_a_first.py", "tests/test_b_other.py", "tests/test_c_second.py"];

const SECOND_TEXT = "from pkg import state\n\ndef test_second():\n    assert state.VALUES == [1]\n";

const FILES = {
  "pytest.ini": "[pytest]\n",
  "pkg/__init__.py": "",
  "pkg/state.py": "VALUES = []\n\ndef add(value):\n    VALUES.append(value)\n",
  [FIRST]: "from pkg import state\n\ndef test_first():\n    state.add(1)\n",
  [OTHER]: "def test_other():\n    pass\n",
  [SECOND]: SECOND_TEXT,
};

test.skipIf(WINDOWS)(
  "a file that passes only after another one passes, is said, and from then on all share a process",
  () => {
    using repository = repositoryOf(FILES);
    const run = recordedRuns(repository, COVERED);
    const cold = run();
    const truth = truthOf(repository, COVERED);
    expect(cold.outcomes).toEqual(outcomesIn(truth));
    expect(cold.never).toEqual({ [SECOND]: "passes only after other test files" });
    const again = run({ [OTHER]: "def test_other():\n    assert 1\n" });
    expect(again.whole).toBe(`${SECOND} passes only after other test files`);
    expect(again.outcomes).toEqual(outcomesIn(truth));
  },
);

test.skipIf(WINDOWS)("once that file has another text, each has its own process again", () => {
  using repository = repositoryOf(FILES);
  const run = recordedRuns(repository, COVERED);
  run();
  const mended = run({ [SECOND]: SECOND_TEXT.replace("== [1]", "in ([], [1])") });
  expect({ whole: mended.whole, served: mended.served, ran: mended.ran }).toEqual({
    ...{ whole: null, served: [FIRST, OTHER], ran: [SECOND] },
  });
});

test.skipIf(WINDOWS)("a file that fails among the others too is told once, with what it said by itself", () => {
  using repository = repositoryOf({ ...FILES, [SECOND]: "def test_second():\n    assert 1 == 2, 'never'\n" });
  const run = recordedRuns(repository, COVERED);
  const cold = run();
  expect(cold.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
  expect({ whole: cold.whole, ran: cold.ran, never: cold.never }).toEqual({
    ...{ whole: null, ran: [FIRST, OTHER, SECOND], never: {} },
  });
  expect(cold.run.result.stdout).toMatch(/1 failed, 2 passed/u);
  expect(run().ran).toEqual([SECOND]);
});

test.skipIf(WINDOWS)("a file that passed by itself and fails now has become wrong: nothing else is run for it", () => {
  using repository = repositoryOf({ ...FILES, [SECOND]: "def test_second():\n    pass\n" });
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run({ [SECOND]: SECOND_TEXT });
  expect(again.outcomes).toMatchObject({ [`${SECOND}::test_second`]: "failed", [`${OTHER}::test_other`]: "passed" });
  expect({ served: again.served, ran: again.ran }).toEqual({ served: [FIRST, OTHER], ran: [SECOND] });
});

test.skipIf(WINDOWS)("a file that fails by chance is told to fail, and nothing is said of others", () => {
  using beside = repositoryOf({});
  const marker = JSON.stringify(join(beside.path, "marker"));
  const text = `import pathlib\n\ndef test_second():\n    marker = pathlib.Path(${marker})\n    there = marker.exists()\n    marker.write_text("")\n    assert there\n`;
  using repository = repositoryOf({ ...FILES, [SECOND]: text });
  const run = recordedRuns(repository, COVERED);
  const cold = run();
  expect(cold.outcomes).toMatchObject({ [`${SECOND}::test_second`]: "failed" });
  const again = run();
  expect({ whole: again.whole, served: again.served, ran: again.ran }).toEqual({
    ...{ whole: null, served: [FIRST, OTHER], ran: [SECOND] },
  });
  expect(again.outcomes).toMatchObject({ [`${SECOND}::test_second`]: "passed" });
});

test.skipIf(WINDOWS)("a run that is stopped tells what it held back", () => {
  using repository = repositoryOf({
    ...FILES,
    "conftest.py":
      "def pytest_runtest_logreport(report):\n    pass\n\ndef pytest_runtest_logfinish(nodeid, location):\n    if 'test_d' in nodeid and SESSION:\n        SESSION[0].shouldstop = 'enough'\n\nSESSION = []\n\ndef pytest_sessionstart(session):\n    SESSION.append(session)\n",
    "tests/test_d_last.py": "def test_d():\n    pass\n",
    "tests/test_e_never.py": "def test_e():\n    pass\n",
  });
  const { outcomes } = recordedRuns(repository, COVERED)();
  expect(outcomes).toMatchObject({ [`${SECOND}::test_second`]: "failed" });
  expect(Object.keys(outcomes)).not.toContain("tests/test_e_never.py::test_e");
});

test.skipIf(WINDOWS)("where the first failure ends the run it is told at once", () => {
  using repository = repositoryOf(FILES);
  const run = recordedRuns(repository, { ...COVERED, options: { args: ["-x"] } });
  expect(run().outcomes).toMatchObject({ [`${SECOND}::test_second`]: "failed" });
});
