import { expect, test } from "vitest";
import { outcomesIn, repositoryOf, runIn } from "../harness.ts";
import { recordedRuns, truthOf } from "../recorded-runs.ts";

/** One process a test file is divided off the one that collects. */
const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };
const [ONE, OTHER] = ["tests/test_a_one.py", "tests/test_b_other.py"];

const BOXES = `import gc
import os


class Box:
    def __init__(self):
        self.file = open(os.devnull)
        self.me = self

    def __del__(self):
        return 0


def use():
    # Else nobody knows when it is collected.
    gc.disable()
    box = Box()
    box.file.close()
    return 1
`;

/** A file stays open that only a cycle knows, and nothing is given. */
const LEAKS = { "pkg/boxes.py": BOXES.replace("    box.file.close()\n    return 1\n", "") };

/** The same, and what is asked for is given. */
const LEAKS_SILENTLY = { "pkg/boxes.py": BOXES.replace("    box.file.close()\n", "") };

const STRICT = "[pytest]\nfilterwarnings =\n    error\n";
const ONE_TEXT = "from pkg.boxes import use\n\ndef test_one():\n    assert use() == 1\n";
const OTHER_TEXT = "import gc\n\ndef test_other():\n    gc.collect()\n";

const FILES = {
  "pytest.ini": STRICT,
  "pkg/__init__.py": "",
  "pkg/boxes.py": BOXES,
  [ONE]: ONE_TEXT,
  [OTHER]: OTHER_TEXT,
};

const BEHIND = "leaves something behind that fails tests of other files";
const AGAIN = "all of them run again, in one process";

test.skipIf(WINDOWS).each([
  ["with coverage", COVERED],
  ["without", {}],
])("%s, where a test that fails leaves a file open, all run again as plain pytest runs them", (_name, more) => {
  using repository = repositoryOf(FILES);
  const run = recordedRuns(repository, more);
  run();
  expect(run().served).toEqual([ONE, OTHER]);
  const again = run(LEAKS);
  const truth = outcomesIn(truthOf(repository, more));
  expect(truth).toEqual({ [`${ONE}::test_one`]: "failed", [`${OTHER}::test_other`]: "failed" });
  expect(again.outcomes).toEqual(truth);
  expect({ whole: again.whole, served: again.served }).toEqual({
    ...{ whole: `${ONE} ${BEHIND} (ResourceWarning)`, served: [] },
  });
  expect(again.run.result.stdout).toContain(AGAIN);
  const mended = run({ "pkg/boxes.py": BOXES });
  expect({ whole: mended.whole, served: mended.served }).toEqual({ whole: null, served: [ONE, OTHER] });
});

test.skipIf(WINDOWS)("what a test that passes leaves open is known from then on, until something of it changes", () => {
  using repository = repositoryOf({ ...FILES, ...LEAKS_SILENTLY });
  const run = recordedRuns(repository, COVERED);
  const cold = run();
  const truth = outcomesIn(truthOf(repository, COVERED));
  expect(truth).toEqual({ [`${ONE}::test_one`]: "passed", [`${OTHER}::test_other`]: "failed" });
  expect(cold.outcomes).toEqual(truth);
  expect(cold.run.result.stdout).toContain(AGAIN);
  const again = run();
  expect({ whole: again.whole, outcomes: again.outcomes }).toEqual({ whole: cold.whole, outcomes: truth });
  expect(again.run.result.stdout).not.toContain(AGAIN);
  const mended = run({ "pkg/boxes.py": BOXES });
  expect({ whole: mended.whole, ran: mended.ran }).toEqual({ whole: null, ran: [ONE, OTHER] });
  expect(run().served).toEqual([ONE, OTHER]);
});

test.skipIf(WINDOWS)("what is told of another test of the same file may be told of another file, too", () => {
  const text = `${ONE_TEXT}\ndef test_two():\n    import gc\n    gc.collect()\n`;
  using repository = repositoryOf({ ...FILES, [ONE]: text });
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run(LEAKS);
  expect(again.whole).toBe(`${ONE} ${BEHIND} (ResourceWarning)`);
  expect(again.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
});

test.skipIf(WINDOWS)("what only the failure of a test knows is left behind, too", () => {
  const one = "from pkg.boxes import Box\n\ndef test_one():\n    box = Box()\n    assert not box.file.close()\n";
  const files = { ...FILES, "pytest.ini": `${STRICT}addopts = -p no:rerunfailures\n`, [ONE]: one };
  using repository = repositoryOf(files);
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run({ [ONE]: one.replace("not box.file.close()", "not box") });
  const truth = outcomesIn(truthOf(repository, COVERED));
  expect(truth).toEqual({ [`${ONE}::test_one`]: "failed", [`${OTHER}::test_other`]: "failed" });
  expect({ whole: again.whole, outcomes: again.outcomes }).toEqual({
    ...{ whole: `${ONE} ${BEHIND} (ResourceWarning)`, outcomes: truth },
  });
});

test.skipIf(WINDOWS)("what is freed only after the last test of a file is told of the next file", () => {
  const late = "class Late:\n    def __del__(self):\n        raise OSError()\n";
  const one = `import pytest\n\n${late}\n@pytest.fixture\ndef late():\n    return Late()\n\ndef test_one(late):\n    pass\n`;
  using repository = repositoryOf(FILES);
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run({ [ONE]: one });
  const truth = outcomesIn(truthOf(repository, COVERED));
  expect(truth).toEqual({ [`${ONE}::test_one`]: "passed", [`${OTHER}::test_other`]: "error" });
  expect({ whole: again.whole, outcomes: again.outcomes }).toEqual({
    ...{ whole: `${ONE} ${BEHIND} (OSError)`, outcomes: truth },
  });
});

test.skipIf(WINDOWS)("where the process of all of them ends early, nothing of the run before it is told", () => {
  using repository = repositoryOf({ ...FILES, ...LEAKS, [OTHER]: "import os\n\ndef test_other():\n    os._exit(0)\n" });
  expect(runIn(repository).parsed).toMatchObject({ ok: false, error: { code: "SYM4704" } });
});

test.skipIf(WINDOWS)("what frees things counts as run, though it ran after the last test", () => {
  using repository = repositoryOf(FILES);
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run({ "pkg/boxes.py": BOXES.replace("return 0", "raise OSError()") });
  expect(again.whole).toBe(`${ONE} ${BEHIND} (OSError)`);
  expect(again.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
});

test.skipIf(WINDOWS)("where only one test of another file makes an error of it, and that file is left out", () => {
  const text = OTHER_TEXT.replace("def", "import pytest\n\n@pytest.mark.filterwarnings('error')\ndef");
  using repository = repositoryOf({ ...FILES, "pytest.ini": "[pytest]\n", [OTHER]: text });
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run(LEAKS);
  expect(again.whole).toBe(`${ONE} ${BEHIND} (ResourceWarning)`);
  expect(again.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
});

test.skipIf(WINDOWS)(
  "where only one test makes an error of it, what tests that pass leave open is for nobody to find",
  () => {
    const text = OTHER_TEXT.replace("def", "import pytest\n\n@pytest.mark.filterwarnings('error')\ndef");
    using repository = repositoryOf({ ...FILES, ...LEAKS_SILENTLY, "pytest.ini": "[pytest]\n", [OTHER]: text });
    const run = recordedRuns(repository, COVERED);
    expect(run().whole).toBeNull();
    expect(run().served).toEqual([ONE, OTHER]);
  },
);

test.skipIf(WINDOWS)("errors that stand around each other in a ring are looked at once", () => {
  const ring = "one, two = KeyError(), ValueError()\n    one.__context__, two.__context__ = two, one\n    raise one";
  using repository = repositoryOf({ ...FILES, [ONE]: `def test_one():\n    ${ring}\n` });
  const { run } = recordedRuns(repository, COVERED)();
  expect(run.result.stdout).toContain("ValueError");
  expect(run.result.stdout).not.toContain("RecursionError");
});

test.skipIf(WINDOWS)("what is left open when a test file is imported is told of a test too", () => {
  using repository = repositoryOf({ ...FILES, ...LEAKS_SILENTLY, [ONE]: "def test_one():\n    pass\n" });
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run({ [ONE]: "from pkg.boxes import use\n\nuse()\n\ndef test_one():\n    pass\n" });
  expect(again.whole).toBe(`what is imported to find tests ${BEHIND} (ResourceWarning)`);
  expect(again.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
});

test.skipIf(WINDOWS).each([
  ["nothing makes an error of it", ""],
  ["pytest only shows that something was raised", "filterwarnings =\n    error::ResourceWarning\n"],
  ["it is allowed", "filterwarnings =\n    error\n    ignore::ResourceWarning\n"],
])("where %s, files are left open and all others are served", (_name, filters) => {
  using repository = repositoryOf({ ...FILES, ...LEAKS_SILENTLY, "pytest.ini": `[pytest]\n${filters}` });
  const run = recordedRuns(repository, COVERED);
  const cold = run();
  expect({ whole: cold.whole, ran: cold.ran }).toEqual({ whole: null, ran: [ONE, OTHER] });
  expect(run(LEAKS)).toMatchObject({ whole: null, served: [OTHER], ran: [ONE] });
});

test.skipIf(WINDOWS)("where the first failure ends the run, no later test is there to be told of", () => {
  using repository = repositoryOf(FILES);
  const run = recordedRuns(repository, { ...COVERED, options: { args: ["-x"] } });
  run();
  const again = run(LEAKS);
  expect(again.whole).toBeNull();
  expect(again.outcomes).toMatchObject({ [`${ONE}::test_one`]: "failed" });
});
