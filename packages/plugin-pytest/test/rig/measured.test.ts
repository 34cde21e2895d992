import { expect, test } from "vitest";
import { outcomeOf, repositoryOf } from "../harness.ts";
import { recordedRuns, truthOf } from "../recorded-runs.ts";

const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };

/** Runs in the process that divides the suite, between and around what is done there for the records. */
const HOOKS = `import pytest

def told(report):
    if report.when == "call":
        if report.passed:
            return "passed"
        return "failed"
    return None

def pytest_runtest_logreport(report):
    word = told(report)
    if word:
        word = word.upper()

def closing(session):
    for item in session.items:
        if "late" in item.nodeid:
            return item
    return None

@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtestloop(session):
    before = closing(session)
    yield
    if before:
        before = closing(session)
`;

const FILES = {
  "pytest.ini": "[pytest]\nfilterwarnings = error\n",
  ".coveragerc": "[run]\nsource = .\nbranch = true\nomit = */omitted.py\n",
  "conftest.py": HOOKS,
  "pkg/__init__.py": "",
  "pkg/omitted.py": "def skipped():\n    return 1\n",
  "pkg/late.py": "def late(n):\n    if n:\n        return n\n    return 0\n",
  "tests/test_late.py": `import threading
from pkg.omitted import skipped

def run(found):
    for _ in range(2):
        found.append(skipped())

def test_late():
    from pkg.late import late
    assert late(skipped()) == 1

def test_thread():
    found = []
    one = threading.Thread(target=run, args=(found,))
    one.start()
    one.join()
    assert found == [1, 1]
`,
  "tests/test_none.py": "def test_none():\n    from pkg.late import late\n    assert late(0) == 0\n",
};

test.skipIf(WINDOWS)("lines and branches are those of one plain run, of what the dividing process runs too", () => {
  using repository = repositoryOf(FILES);
  const told = recordedRuns(repository, COVERED)();
  expect(told).toMatchObject({ whole: null, never: {} });
  const [own, plain] = [told.run, truthOf(repository, COVERED)].map((run) => outcomeOf(run).evidence.coverage);
  expect(own).toHaveProperty("conftest.py");
  expect(own).not.toHaveProperty("pkg/omitted.py");
  expect(own).toEqual(plain);
});
