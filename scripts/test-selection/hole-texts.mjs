/**
 * A way in which a test can depend on something that a record may miss.
 * @typedef {object} Hole
 * @property {string} test the text of its test file
 * @property {Readonly<Record<string, string>>} [files] what it needs, as it is when records are made
 * @property {Readonly<Record<string, string | null>>} [change] after which the test fails
 * @property {string} [executable] a file that becomes executable instead
 */

const ONE = "VALUE = 1\n";
const TWO = "VALUE = 2\n";

/** A test that reads the constant of a module in its own way. @param {string} module @param {string} test @returns {Hole} */
function constant(module, test) {
  return { test, files: { [module]: ONE }, change: { [module]: TWO } };
}

/** A test that reads a file of data in its own way. @param {string} name @param {string} test @returns {Hole} */
function data(name, test) {
  return { test, files: { [`tests/data/${name}`]: "1\n" }, change: { [`tests/data/${name}`]: "123\n" } };
}

const BY_LOCATION = (/** @type {string} */ file, /** @type {string} */ indent) =>
  [
    `spec = importlib.util.spec_from_file_location("script", "${file}")`,
    "module = importlib.util.module_from_spec(spec)",
    "spec.loader.exec_module(module)",
  ]
    .map((line) => `${indent}${line}\n`)
    .join("");

const FIXTURE = "import pytest\n\n\n@pytest.fixture\ndef value():\n    return 1\n";
const LINES = "\n\ndef told():\n    HOW\n";

/** A test of the line on which something is told. @param {string} module @param {string} how @param {string} test @returns {Hole} */
function line(module, how, test) {
  const before = LINES.replace("HOW", how);
  return { test, files: { [module]: before }, change: { [module]: `\n${before}` } };
}

/**
 * Two test files: what the first does when it is imported is seen by the second, of which nothing changes.
 * @param {string} name
 * @param {{ module: string, before: string, after: string, check: string }} texts of the module that both use, and of the first file
 * @returns {Record<string, Hole>}
 */
function seenByAnother(name, { module, before, after, check }) {
  const path = `pkg/${name}.py`;
  const does = (/** @type {string} */ what) =>
    `from pkg import ${name}\n\n${what}\n\ndef test_it():\n    assert True\n`;
  return {
    [`${name}_a`]: {
      test: does(before),
      files: { [path]: module },
      change: { [`tests/test_${name}_a.py`]: does(after) },
    },
    [`${name}_b`]: { test: `from pkg import ${name}\n\n\ndef test_it():\n    assert ${check}\n` },
  };
}

/** By the name of the test file. @type {Readonly<Record<string, Hole>>} */
export const HOLES = {
  plugins: {
    test: "def test_it(value):\n    assert value == 1\n",
    files: { "tests/conftest.py": 'pytest_plugins = ["tests.fixtures"]\n', "tests/fixtures.py": FIXTURE },
    change: { "tests/fixtures.py": FIXTURE.replace("return 1", "return 2") },
  },
  import_or_skip: constant(
    "pkg/skipped.py",
    'import pytest\n\nmodule = pytest.importorskip("pkg.skipped")\n\n\ndef test_it():\n    assert module.VALUE == 1\n',
  ),
  dunder_import: constant(
    "pkg/dunder.py",
    'module = __import__("pkg.dunder", fromlist=["VALUE"])\n\n\ndef test_it():\n    assert module.VALUE == 1\n',
  ),
  resolved_name: constant(
    "pkg/resolved.py",
    'import pkgutil\n\nvalue = pkgutil.resolve_name("pkg.resolved:VALUE")\n\n\ndef test_it():\n    assert value == 1\n',
  ),
  // Another test file, collected first, imports the module.
  a_imports: { test: "import pkg.shared\n\n\ndef test_it():\n    assert pkg.shared.__name__\n" },
  attribute: constant("pkg/shared.py", "import pkg\n\n\ndef test_it():\n    assert pkg.shared.VALUE == 1\n"),
  loaded_modules: {
    test: 'import sys\n\n\ndef test_it():\n    assert sys.modules["pkg.shared"].VALUE == 1\n',
  },
  executed_import: {
    test: 'def test_it():\n    names = {}\n    exec("from pkg.shared import VALUE", names)\n    assert names["VALUE"] == 1\n',
  },
  by_location: constant(
    "tools/script.py",
    `import importlib.util\n\n\ndef test_it():\n${BY_LOCATION("tools/script.py", "    ")}    assert module.VALUE == 1\n`,
  ),
  by_location_at_top: constant(
    "tools/top.py",
    `import importlib.util\n\n${BY_LOCATION("tools/top.py", "")}\n\ndef test_it():\n    assert module.VALUE == 1\n`,
  ),
  run_module: constant(
    "tools/ran.py",
    'import runpy\n\n\ndef test_it():\n    assert runpy.run_module("tools.ran")["VALUE"] == 1\n',
  ),
  run_path: constant(
    "tools/path.py",
    'import runpy\n\n\ndef test_it():\n    assert runpy.run_path("tools/path.py")["VALUE"] == 1\n',
  ),
  size: data("size.txt", 'import os\n\n\ndef test_it():\n    assert os.path.getsize("tests/data/size.txt") == 2\n'),
  size_in_scan: data(
    "scanned/size.txt",
    'import os\n\n\ndef test_it():\n    assert [one.stat().st_size for one in os.scandir("tests/data/scanned")] == [2]\n',
  ),
  executable: {
    test: 'import os\n\n\ndef test_it():\n    assert not os.access("tests/data/mode.txt", os.X_OK)\n',
    files: { "tests/data/mode.txt": "1\n" },
    executable: "tests/data/mode.txt",
  },
  through_link: data(
    "linked.txt",
    'import os\n\n\ndef test_it(tmp_path):\n    os.symlink(os.path.abspath("tests/data/linked.txt"), tmp_path / "link")\n' +
      '    assert (tmp_path / "link").read_text() == "1\\n"\n',
  ),
  in_open_folder: data(
    "opened.txt",
    'import os\n\n\ndef test_it():\n    folder = os.open("tests/data", os.O_RDONLY)\n' +
      '    file = os.open("opened.txt", os.O_RDONLY, dir_fd=folder)\n    assert os.read(file, 9) == b"1\\n"\n',
  ),
  line_of_warning: line(
    "pkg/warner.py",
    '__import__("warnings").warn("x")',
    "import warnings\n\nfrom pkg import warner\n\n\ndef test_it():\n    with warnings.catch_warnings(record=True) as found:\n" +
      '        warnings.simplefilter("always")\n        warner.told()\n    assert found[0].lineno == 4\n',
  ),
  line_of_log: line(
    "pkg/logs.py",
    '__import__("logging").getLogger("x").warning("y")',
    "from pkg import logs\n\n\ndef test_it(caplog):\n    logs.told()\n    assert caplog.records[0].lineno == 4\n",
  ),
  disassembled: {
    test:
      "import dis\nimport io\n\nfrom pkg import shown\n\n\ndef test_it():\n    out = io.StringIO()\n" +
      '    dis.dis(shown.told, file=out)\n    assert "text 1" in out.getvalue()\n',
    files: { "pkg/shown.py": "def told():\n    print()\n    return 'text 1'\n" },
    change: { "pkg/shown.py": "def told():\n    print()\n    return 'text 2'\n" },
  },
  // OpenSSL opens the file itself.
  certificates: {
    test:
      "import ssl\n\nimport pytest\n\n\ndef test_it():\n    with pytest.raises(ssl.SSLError):\n" +
      '        ssl.create_default_context().load_verify_locations("certificates/ca.pem")\n',
    files: { "certificates/ca.pem": "none\n" },
    change: { "certificates/ca.pem": null },
  },
  ...seenByAnother("subclasses", {
    module: "NAMES = []\n\n\nclass Base:\n    def __init_subclass__(cls):\n        NAMES.append(cls.__name__)\n",
    before: "\nclass One(subclasses.Base):\n    pass\n",
    after: "\nclass Two(subclasses.Base):\n    pass\n",
    check: "subclasses.NAMES == ['One']",
  }),
  ...seenByAnother("calls", {
    module: "NAMES = []\n\n\ndef register(name):\n    NAMES.append(name)\n    return name\n",
    before: "name = calls.register('one')\n",
    after: "name = calls.register('two')\n",
    check: "calls.NAMES == ['one']",
  }),
  ...seenByAnother("patched", {
    module: "VALUE = 1\n",
    before: "name = 'one'\n",
    after: "patched.VALUE = 2\n",
    check: "patched.VALUE == 1",
  }),
};
