"""The probes: for each the files it adds to the package (named from there), and what its mutation changes."""

ONE = "def compute():\n    return 1\n"
TWO = "def compute():\n    return 2\n"
BODY = "compute gives 2"


def changed(name, before, after, what=BODY):
    """A probe in one module, of which a piece of text is changed."""
    path = f"_probe_{name}.py"
    return {path: before}, {"edits": {path: after}, "what": f"{path}: {what}"}


def lru_cache(package):
    rest = (
        "\n\nimport functools\n\n\n@functools.lru_cache(maxsize=None)\ndef cached():\n    return compute()\n"
        "\n\ndef probe():\n    assert cached() == 1\n"
    )
    return changed("lru_cache", ONE + rest, TWO + rest)


def cached_global(package):
    rest = (
        "\n\nKEPT = {}\n\n\ndef kept():\n    if 'it' not in KEPT:\n        KEPT['it'] = compute()\n    return KEPT['it']\n"
        "\n\ndef probe():\n    assert kept() == 1\n"
    )
    return changed("cached_global", ONE + rest, TWO + rest)


def other_module(name, probe, what):
    """A probe that comes to the constant of another module in its own way."""
    files = {f"_probe_{name}.py": probe, f"_probe_{name}_value.py": "VALUE = 1\n"}
    return files, {"edits": {f"_probe_{name}_value.py": "VALUE = 2\n"}, "what": what}


def lazy_import(package):
    probe = f"def probe():\n    from {package}._probe_lazy_import_value import VALUE\n\n    assert VALUE == 1\n"
    return other_module("lazy_import", probe, "_probe_lazy_import_value.py: VALUE is 2")


def string_import(package):
    probe = (
        "import importlib\n\n\ndef probe():\n"
        f"    name = '_'.join(['{package}.', 'probe', 'string', 'import', 'value'])\n"
        "    assert importlib.import_module(name).VALUE == 1\n"
    )
    return other_module("string_import", probe, "_probe_string_import_value.py: VALUE is 2")


def child_process(package):
    probe = (
        "import subprocess\nimport sys\n\n\ndef probe():\n"
        f"    code = 'from {package}._probe_child_process_value import VALUE; print(VALUE)'\n"
        "    said = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)\n"
        "    assert said.stdout.strip() == '1'\n"
    )
    return other_module("child_process", probe, "_probe_child_process_value.py: VALUE is 2")


def import_time(package):
    rest = "\n\nVALUE = compute()\n\n\ndef probe():\n    assert VALUE == 1\n"
    return changed("import_time", ONE + rest, TWO + rest)


def registry(package):
    parts = "_probe_registry_parts"
    files = {
        "_probe_registry.py": (
            f"import importlib\nimport pkgutil\n\nfrom {package} import {parts}\n\n"
            f"for found in pkgutil.iter_modules({parts}.__path__):\n"
            f"    importlib.import_module(f'{package}.{parts}.{{found.name}}')\n"
            f"\n\ndef probe():\n    assert {parts}.NAMES == ['first']\n"
        ),
        f"{parts}/__init__.py": "NAMES = []\n",
        f"{parts}/first.py": "from . import NAMES\n\nNAMES.append('first')\n",
    }
    new = {f"{parts}/second.py": "from . import NAMES\n\nNAMES.append('second')\n"}
    return files, {"edits": new, "what": f"{parts}/second.py is new and registers itself"}


def environment_read(package):
    probe = "import os\n\n\ndef probe():\n    assert os.environ.get('SELECTION_PROBE', '1') == '1'\n"
    return {"_probe_environment_read.py": probe}, {"env": {"SELECTION_PROBE": "2"}, "what": "SELECTION_PROBE=2"}


def file_beside(name, imports, check, change):
    """A probe about a file or folder beside its module."""
    probe = f"{imports}\n\n\ndef probe():\n    {check}\n"
    return {f"_probe_{name}.py": probe}, change


HERE = "from pathlib import Path\n\nHERE = Path(__file__).parent"


def data_read(package):
    check = "assert (HERE / '_probe_data_read.txt').read_text() == '1\\n'"
    change = {"edits": {"_probe_data_read.txt": "2\n"}, "what": "_probe_data_read.txt has another line"}
    files, change = file_beside("data_read", HERE, check, change)
    return {**files, "_probe_data_read.txt": "1\n"}, change


def resource_read(package):
    check = f"assert files('{package}').joinpath('_probe_resource_read.txt').read_text() == '1\\n'"
    change = {"edits": {"_probe_resource_read.txt": "2\n"}, "what": "_probe_resource_read.txt has another line"}
    files, change = file_beside("resource_read", "from importlib.resources import files", check, change)
    return {**files, "_probe_resource_read.txt": "1\n"}, change


def absent_file(package):
    check = "assert not (HERE / '_probe_absent_file.txt').exists()"
    change = {"edits": {"_probe_absent_file.txt": "1\n"}, "what": "_probe_absent_file.txt is new"}
    return file_beside("absent_file", HERE, check, change)


def folder_listed(package):
    check = "assert len(list((HERE / '_probe_folder').iterdir())) == 1"
    change = {"edits": {"_probe_folder/two.txt": "2\n"}, "what": "_probe_folder/two.txt is new"}
    files, change = file_beside("folder_listed", HERE, check, change)
    return {**files, "_probe_folder/one.txt": "1\n"}, change


def file_stat(package):
    check = "assert (HERE / '_probe_file_stat.txt').stat().st_size == 2"
    change = {"edits": {"_probe_file_stat.txt": "12\n"}, "what": "_probe_file_stat.txt is longer"}
    files, change = file_beside("file_stat", HERE, check, change)
    return {**files, "_probe_file_stat.txt": "1\n"}, change


def thread(package):
    rest = (
        "\n\nimport threading\n\nMADE = []\n\n\ndef work():\n    MADE.append(compute())\n"
        "\n\ndef probe():\n    if not MADE:\n        started = threading.Thread(target=work)\n"
        "        started.start()\n        started.join()\n    assert MADE == [1]\n"
    )
    return changed("thread", ONE + rest, TWO + rest)


def shown(name, imports, before, after, check, what):
    """A probe that looks at a function, which nobody calls."""
    rest = f"\n\ndef probe():\n    assert {check}\n"
    return changed(name, imports + before + rest, imports + after + rest, what)


def source_text(package):
    before = "def shown():\n    # one\n    return 1\n"
    after = "def shown():\n    # one\n    # two\n    return 1\n"
    check = "inspect.getsource(shown).count('#') == 1"
    return shown("source_text", "import inspect\n\n\n", before, after, check, "one more comment")


def docstring_read(package):
    before, after = ('def shown():\n    """%s"""\n    return 1\n' % words for words in ("One.", "Two."))
    return shown("docstring_read", "", before, after, "shown.__doc__ == 'One.'", "another docstring")


def line_number(package):
    text = "import sys\n\n\ndef probe():\n    assert sys._getframe().f_lineno == 5\n"
    return changed("line_number", text, "\n" + text, "an empty line at the top")


def session_fixture(package):
    return changed("session_fixture", ONE, TWO)


def code_object(package):
    before, after = ("def shown(first, second=1):\n    return 'text %s'\n" % number for number in (1, 2))
    check = "'text 1' in shown.__code__.co_consts"
    return shown("code_object", "", before, after, check, "another literal in a function that nobody calls")


PROBES = {
    "lru-cache": lru_cache,
    "cached-global": cached_global,
    "lazy-import": lazy_import,
    "string-import": string_import,
    "import-time": import_time,
    "registry": registry,
    "environment-read": environment_read,
    "data-read": data_read,
    "resource-read": resource_read,
    "absent-file": absent_file,
    "folder-listed": folder_listed,
    "file-stat": file_stat,
    "child-process": child_process,
    "thread": thread,
    "source-text": source_text,
    "docstring-read": docstring_read,
    "line-number": line_number,
    "session-fixture": session_fixture,
    "code-object": code_object,
}
