/** A conftest.py that writes down pytest's own counts, each category with its node ids, on a way of its own. */
export const RECORDER = `
import json, pathlib

def pytest_terminal_summary(terminalreporter):
    own = {key: sorted(str(report.nodeid) for report in reports if key != "rerun")
           for key, reports in terminalreporter.stats.items() if key and all(hasattr(report, "nodeid") for report in reports)}
    pathlib.Path(__file__).with_name("own.json").write_text(json.dumps({key: ids for key, ids in own.items() if key not in ("warnings", "deselected", "rerun")}))
`;

/** One of every way in which a test can end. */
const ZOO = String.raw`
import unittest
import pytest

def test_pass(): pass

def test_fail():
    assert "id\n" == ""

@pytest.mark.skip(reason="not today")
def test_skip(): pass

@pytest.mark.xfail(reason="known")
def test_xfail(): assert 0

@pytest.mark.xfail(reason="was known")
def test_xpass(): pass

@pytest.mark.xfail(strict=True, reason="strictly known")
def test_xpass_strict(): pass

@pytest.fixture
def broken_setup(): raise RuntimeError("no set-up")

@pytest.fixture
def broken_teardown():
    yield
    raise RuntimeError("no tear-down")

def test_setup_error(broken_setup): pass
def test_teardown_error(broken_teardown): pass
def test_fail_and_teardown_error(broken_teardown): assert 0

@pytest.mark.parametrize("value", ["a::b", "a/b", "a.b", "\u00e9", "a b", "[x]", "", "it's", "<&>", "\n", "\x00", "x" * 300])
def test_params(value): pass

class TestOuter:
    def test_in_class(self): pass
    class TestInner:
        @pytest.mark.parametrize("a,b", [(1, 2), ("x.y", "z::z")])
        def test_nested(self, a, b): pass

class Legacy(unittest.TestCase):
    def test_legacy(self): self.assertEqual(1, 2)
    def test_subtests(self):
        for n in range(3):
            with self.subTest(n=n): self.assertNotEqual(n, 1)

def test_pytest_subtests(subtests):
    for n in range(3):
        with subtests.test(n=n): assert n != 2
`;

/** A project with the zoo, doctests, inherited tests, tests in a package, in a folder with a point, and files that cannot be collected. */
export const ZOO_FILES: Readonly<Record<string, string>> = {
  "pyproject.toml": `[tool.pytest.ini_options]\naddopts = "--doctest-modules --continue-on-collection-errors"\npython_files = ["test_*.py", "__init__.py"]\n`,
  "conftest.py": RECORDER,
  "pkg/__init__.py": "",
  "pkg/mod.py": `def double(n):\n    """\n    >>> double(2)\n    4\n    >>> double(3)\n    7\n    """\n    return 2 * n\n`,
  "tests/test_zoo.py": ZOO,
  "tests/base.py": "class Base:\n    def test_inherited(self): assert 0\n",
  "tests/test_derived.py": "from base import Base\n\nclass TestDerived(Base): pass\n",
  "tests/v1.0/test_dotted.py": "def test_dotted(): pass\n",
  "tests/inner/__init__.py": "def test_in_package(): pass\n",
  "tests/test_broken.py": "import does_not_exist\n",
  "tests/test_module_skip.py": `import pytest\npytest.skip("whole", allow_module_level=True)\n`,
};
