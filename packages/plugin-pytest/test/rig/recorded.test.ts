import { describe, expect, test } from "vitest";
import { outcomeOf, outcomesIn, repositoryOf } from "../harness.ts";
import { recordedRuns, truthOf, type Edit } from "../recorded-runs.ts";

/** One process a test file is divided off the one that collects. */
const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };
const [ADD, MUL] = ["tests/test_add.py", "tests/test_mul.py"];

const CALC = `LIMIT = 10

def add(a, b):
    return a + b


def mul(a, b):
    """Multiplies."""
    if a > LIMIT:
        return LIMIT
    return a * b


class Box:
    kind = "box"

    def open(self):
        return self.kind
`;

const FILES = {
  "pytest.ini": "[pytest]\n",
  "pkg/__init__.py": "from pkg.calc import add, mul\n",
  "pkg/calc.py": CALC,
  [ADD]: "from pkg import add\n\ndef test_add():\n    assert add(1, 2) == 3\n",
  [MUL]: "from pkg import mul\n\ndef test_mul():\n    assert mul(2, 3) == 6\n",
};

/** Of the base files and of these: what changes, and which test files run because of it. */
interface Case {
  readonly files?: Edit;
  readonly edit: Edit;
  readonly ran: readonly string[];
}

const inCalc = (from: string, to: string): Edit => ({ "pkg/calc.py": CALC.replace(from, to) });

const CASES: Readonly<Record<string, Case>> = {
  "the body of a function: those that ran it": { edit: inCalc("return a + b", "return b + a"), ran: [ADD] },
  "the body of a function that nobody ran: none": { edit: inCalc("return self.kind", "return self"), ran: [] },
  "a function that becomes wrong: those that ran it, and they fail": {
    edit: inCalc("return a * b", "return a"),
    ran: [MUL],
  },
  "comments and empty lines: none, and lines move": {
    edit: inCalc("def mul", "# Two lines more.\n\n\ndef mul"),
    ran: [],
  },
  "a constant: all": { edit: inCalc("LIMIT = 10", "LIMIT = 1"), ran: [ADD, MUL] },
  "a constant that is equal and of another type: all": {
    edit: inCalc("LIMIT = 10", "LIMIT = 10.0"),
    ran: [ADD, MUL],
  },
  "a statement more in a function, which never runs: those that ran it": {
    edit: inCalc("return a + b", "return (a + b)\n    return b"),
    ran: [ADD],
  },
  "a default argument: all": { edit: inCalc("def add(a, b)", "def add(a, b=0)"), ran: [ADD, MUL] },
  "a decorator: all": {
    edit: inCalc("def add", "import functools\n@functools.lru_cache\ndef add"),
    ran: [ADD, MUL],
  },
  "the body of a class: all": { edit: inCalc('kind = "box"', 'kind = "bag"'), ran: [ADD, MUL] },
  "a docstring: all, as anybody may read it": { edit: inCalc("Multiplies.", "Divides."), ran: [ADD, MUL] },
  "what a package hands on: all": {
    edit: { "pkg/__init__.py": "from pkg.calc import add\nfrom pkg.calc import add as mul\n" },
    ran: [ADD, MUL],
  },
  "the test's own file: itself": { edit: { [ADD]: "def test_add():\n    pass\n" }, ran: [ADD] },
  "a new test file: itself": {
    edit: { "tests/test_new.py": "def test_new():\n    pass\n" },
    ran: ["tests/test_new.py"],
  },
  "a test file that another one imports: both": {
    files: {
      [ADD]: "from tests.test_mul import HELP\n\ndef test_add():\n    assert HELP\n",
      [MUL]: "HELP = 1\n\ndef test_mul():\n    assert HELP\n",
    },
    edit: { [MUL]: "HELP = 0\n\ndef test_mul():\n    assert not HELP\n" },
    ran: [ADD, MUL],
  },
  "a file of which only the size was asked: who asked": {
    files: {
      "tests/data.txt": "3",
      [ADD]: "import os\n\ndef test_add():\n    assert os.path.getsize('tests/data.txt') == 1\n",
    },
    edit: { "tests/data.txt": "33" },
    ran: [ADD],
  },
  "a script that is run from its place: who ran it": {
    files: {
      "tools/script.py": "VALUE = 1\n",
      [ADD]: "import runpy\n\ndef test_add():\n    assert runpy.run_path('tools/script.py')['VALUE'] == 1\n",
    },
    edit: { "tools/script.py": "VALUE = 2\n" },
    ran: [ADD],
  },
  "a test file that does something to others when it is imported: all": {
    edit: { [MUL]: "import pkg\npkg.add = None\n\ndef test_mul():\n    pass\n" },
    ran: [ADD, MUL],
  },
  "a test file that is gone: none": { edit: { [ADD]: null }, ran: [] },
  "a conftest.py: those below it": {
    files: { "tests/sub/conftest.py": "X = 1\n", "tests/sub/test_sub.py": "def test_sub():\n    pass\n" },
    edit: { "tests/sub/conftest.py": "X = 2\n" },
    ran: ["tests/sub/test_sub.py"],
  },
  "a new conftest.py: those below it": {
    edit: { "tests/conftest.py": "import pytest\n\n@pytest.fixture(autouse=True)\ndef broken():\n    assert 0\n" },
    ran: [ADD, MUL],
  },
  "a fixture: those below it": {
    files: {
      "conftest.py": "import pytest\n\n@pytest.fixture\ndef three():\n    return 3\n",
      [ADD]: "from pkg import add\n\ndef test_add(three):\n    assert add(1, 2) == three\n",
    },
    edit: { "conftest.py": "import pytest\n\n@pytest.fixture\ndef three():\n    return 4\n" },
    ran: [ADD, MUL],
  },
  "pytest's settings: all": { edit: { "pytest.ini": "[pytest]\nxfail_strict = true\n" }, ran: [ADD, MUL] },
  "settings of another tool: none": {
    files: { "pyproject.toml": "[tool.black]\nline-length = 80\n" },
    edit: { "pyproject.toml": "[tool.black]\nline-length = 100\n" },
    ran: [],
  },
  "a file that a test opened: it": {
    files: { "tests/data.txt": "3", [ADD]: "def test_add():\n    assert open('tests/data.txt').read() == '3'\n" },
    edit: { "tests/data.txt": "4" },
    ran: [ADD],
  },
  "a file that the code opened: those that ran it": {
    files: {
      "pkg/data.json": "3",
      "pkg/calc.py": `import json, pathlib\n${CALC.replace("return a + b", 'return json.loads(pathlib.Path(__file__).with_name("data.json").read_text())')}`,
    },
    edit: { "pkg/data.json": "4" },
    ran: [ADD],
  },
  "a file that was looked for and not there: who looked": {
    files: { [ADD]: "import os\n\ndef test_add():\n    assert not os.path.exists('tests/late.txt')\n" },
    edit: { "tests/late.txt": "" },
    ran: [ADD],
  },
  "a folder that was listed: who listed it": {
    files: {
      "tests/data/a": "",
      [ADD]: "import os\n\ndef test_add():\n    assert os.listdir('tests/data') == ['a']\n",
    },
    edit: { "tests/data/b": "" },
    ran: [ADD],
  },
  "a cached call of which the other file was first: both": {
    files: {
      "pkg/calc.py": `import functools\n\ndef base():\n    return 1\n\n@functools.lru_cache(None)\ndef cached():\n    return base()\n\n${CALC}`,
      [ADD]: "from pkg.calc import cached\n\ndef test_add():\n    assert cached() == 1\n",
      [MUL]: "from pkg.calc import cached\n\ndef test_mul():\n    assert cached() == 1\n",
    },
    edit: {
      "pkg/calc.py": `import functools\n\ndef base():\n    return 2\n\n@functools.lru_cache(None)\ndef cached():\n    return base()\n\n${CALC}`,
    },
    ran: [ADD, MUL],
  },
  "an import within a function, of which the other file was first: both": {
    files: {
      "pkg/late.py": "VALUE = 1\n",
      "pkg/calc.py": `${CALC}\ndef late():\n    from pkg.late import VALUE\n    return VALUE\n`,
      [ADD]: "from pkg.calc import late\n\ndef test_add():\n    assert late() == 1\n",
      [MUL]: "from pkg.calc import late\n\ndef test_mul():\n    assert late() == 1\n",
    },
    edit: { "pkg/late.py": "VALUE = 2\n" },
    ran: [ADD, MUL],
  },
  "a module that is imported by its name in a text: who imported it": {
    files: {
      "pkg/named.py": "VALUE = 1\n",
      [ADD]: "import importlib\n\ndef test_add():\n    assert importlib.import_module('pkg.named').VALUE == 1\n",
    },
    edit: { "pkg/named.py": "VALUE = 2\n" },
    ran: [ADD],
  },
  "a new module that takes the place of one that somebody imported while tests were collected: all": {
    files: { [ADD]: "import statistics\n\ndef test_add():\n    assert statistics.mean([1]) == 1\n" },
    edit: { "statistics.py": "def mean(values):\n    return 2\n" },
    ran: [ADD, MUL],
  },
  "a function that ran when its module was imported: all": {
    files: { "pkg/calc.py": `def made():\n    return 1\n\nMADE = made()\n${CALC}` },
    edit: { "pkg/calc.py": `def made():\n    return 2\n\nMADE = made()\n${CALC}` },
    ran: [ADD, MUL],
  },
  "a function of which only the source is read: who reads it": {
    files: {
      [ADD]: "import inspect\nfrom pkg import mul\n\ndef test_add():\n    assert 'a * b' in inspect.getsource(mul)\n",
    },
    edit: inCalc("return a * b", "return b * a"),
    ran: [ADD, MUL],
  },
  "lines, where somebody looks at the number of one: who looks": {
    files: {
      [ADD]: "from pkg import mul\n\ndef test_add():\n    assert mul.__code__.co_firstlineno == 7\n",
    },
    edit: inCalc("def mul", "\n\ndef mul"),
    ran: [ADD],
  },
  "a folder that a module with doctests lists when it is imported: all that import it": {
    files: {
      "pytest.ini": "[pytest]\naddopts = --doctest-modules\n",
      "pkg/parts/__init__.py": "",
      "pkg/registry.py":
        'import os\n\nNAMES = sorted(os.listdir(os.path.join(os.path.dirname(__file__), \'parts\')))\n\ndef names():\n    """\n    >>> len(names()) > 0\n    True\n    """\n    return NAMES\n',
      [ADD]: "from pkg.registry import names\n\ndef test_add():\n    assert 'new.py' not in names()\n",
    },
    edit: { "pkg/parts/new.py": "" },
    ran: [ADD, MUL, "pkg/registry.py"],
  },
  "a function of a module with doctests: it, and who ran it": {
    files: {
      "pytest.ini": "[pytest]\naddopts = --doctest-modules\n",
      "pkg/doc.py": 'def one():\n    """\n    >>> one()\n    1\n    """\n    return 1\n\ndef two():\n    return 2\n',
      [ADD]: "from pkg.doc import two\n\ndef test_add():\n    assert two() == 2\n",
      [MUL]: "from pkg.doc import one\n\ndef test_mul():\n    assert one() == 1\n",
    },
    edit: {
      "pkg/doc.py":
        'def one():\n    """\n    >>> one()\n    1\n    """\n    return 2 - 1\n\ndef two():\n    return 2\n',
    },
    ran: [MUL, "pkg/doc.py"],
  },
  "a package that takes the place of a test file: that one": {
    files: { "tests/__init__.py": "" },
    edit: { "tests/test_add/__init__.py": "def test_add():\n    pass\n" },
    ran: [ADD],
  },
  "a module that is nested too deep to be told apart: all, whatever changes in it": {
    files: {
      "pkg/deep.py": `def deep():\n    return ${Array.from({ length: 1500 }, () => "1").join(" + ")}\n`,
      "tests/test_deep.py": "from pkg.deep import deep\n\ndef test_deep():\n    assert deep() == 1500\n",
    },
    edit: { "pkg/deep.py": "def deep():\n    return 1500\n" },
    ran: [ADD, "tests/test_deep.py", MUL],
  },
  "a file that cannot be parsed: all": { edit: inCalc("def add", "def add("), ran: [ADD, MUL] },
};

describe.skipIf(WINDOWS)("what runs after a change", () => {
  test.each(Object.entries(CASES))("%s", (_name, { files = {}, edit, ran }) => {
    using repository = repositoryOf({ ...FILES, ...(files as Record<string, string>) });
    const run = recordedRuns(repository, COVERED);
    run();
    const again = run(edit);
    const truth = truthOf(repository, COVERED);
    expect(again.outcomes).toEqual(outcomesIn(truth));
    const isCollected = truth.result.exitCode !== 2;
    if (isCollected)
      expect({ ran: again.ran, never: again.never, whole: again.whole }).toEqual({
        ran: [...ran].sort(),
        never: {},
        whole: null,
      });
    if (isCollected) expect(outcomeOf(again.run).evidence.coverage).toEqual(outcomeOf(truth).evidence.coverage);
  });

  test.each(Object.entries(CASES))("without coverage: %s", (_name, { files = {}, edit, ran }) => {
    using repository = repositoryOf({ ...FILES, ...(files as Record<string, string>) });
    const run = recordedRuns(repository);
    run();
    const again = run(edit);
    const truth = truthOf(repository);
    expect(again.outcomes).toEqual(outcomesIn(truth));
    if (truth.result.exitCode !== 2)
      expect({ ran: again.ran, never: again.never, whole: again.whole }).toEqual({
        ran: [...ran].sort(),
        never: {},
        whole: null,
      });
  });
});

test.skipIf(WINDOWS)(
  "pytest-cov takes the process of a test file for the one it knows: older ones else measure anew",
  () => {
    const text = `import os\n\ndef test_add(pytestconfig):\n    assert pytestconfig.pluginmanager.get_plugin("_cov").pid == os.getpid()\n`;
    using repository = repositoryOf({ ...FILES, [ADD]: text });
    expect(recordedRuns(repository, COVERED)().outcomes).toMatchObject({ [`${ADD}::test_add`]: "passed" });
  },
);
