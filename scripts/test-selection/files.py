"""Operators that change, add or delete whole files, settings and variables."""

import ast
import re
import sys

from places import body
from repository import is_test


def data_files(repository):
    """Tracked files below the tests and the package that are not Python."""
    every = repository.below(repository.tests) + repository.below(repository.package)
    return [path for path in every if not path.endswith((".py", ".pyi")) and repository.content(path)]


def data_file(repository, chance):
    found = []
    for path in data_files(repository):
        lines = repository.content(path).splitlines(keepends=True)
        full = [number for number, line in enumerate(lines) if line.strip()]
        for number in chance.sample(full, min(len(full), 3)):
            changed = [*lines[:number], lines[number].rstrip("\n") + "x\n", *lines[number + 1 :]]
            what = f"{path}:{number + 1}: one more character in the line"
            found.append(lambda path=path, changed=changed, what=what: made(what, {path: "".join(changed)}))
    return found


def made(what, edits, env=None):
    return {"what": what, "edits": edits, "env": env or {}}


def failing_fixture(chance):
    """A fixture that all tests use and that a third of them fail in."""
    rest = chance.randrange(3)
    return (
        "\n\nimport pytest\n\n\n@pytest.fixture(autouse=True)\ndef mutated(request):\n"
        f"    assert sum(map(ord, request.node.name)) % 3 != {rest}\n"
    )


def conftest(repository, chance):
    there = [path for path in repository.below(repository.tests) if path.endswith("conftest.py")]
    path = there[0] if there else f"{repository.tests}/conftest.py"
    before = repository.content(path) or ""
    return [lambda: made(f"{path}: an automatic fixture fails for some tests", {path: before + failing_fixture(chance)})]


def new_conftest(repository, chance):
    folders = {path.rsplit("/", 1)[0] for path in repository.test_files()}
    inner = sorted(folder for folder in folders if f"{folder}/conftest.py" not in repository.files)
    path = f"{chance.choice(inner)}/conftest.py" if inner else "conftest.py"
    return [lambda: made(f"{path} is new, with an automatic fixture", {path: failing_fixture(chance).lstrip()})]


def configuration(repository, chance):
    part = chance.choice("abcdeghijklmnoprs")
    settings = {
        "addopts": f"-k 'not {chance.choice(words_of(repository))}'",
        "python_functions": f"test_[!{part}]*",
        "usefixtures": "tmp_path_that_nobody_has",
        "filterwarnings": "error",
        "xfail_strict": "true",
    }
    return [lambda key=key, value=value: configured(repository, key, value) for key, value in settings.items()]


def words_of(repository):
    """Words of names of tests, long enough to say something."""
    names = [node.name for text in repository.test_modules() for node in text.functions()]
    return sorted({word for name in names for word in name.split("_")[1:] if len(word) > 3})


def configured(repository, key, value):
    """The settings with another value; where there are none, a new file."""
    text = repository.content("pyproject.toml") or ""
    header = "[tool.pytest.ini_options]\n"
    if header not in text:
        new = {"pytest.ini": f"[pytest]\n{key} = {value}\n"}
        return made(f"pytest.ini is new, with {key} = {value}", new)
    before, after = text.split(header, 1)
    own = re.split(r"^\[", after, maxsplit=1, flags=re.M)[0]
    old = re.search(rf'^{key}\s*=\s*"([^"\n]*)"$', own, flags=re.M)
    if old:
        line = f'{key} = "{old[1]} {value}"'
        return made(f"pyproject.toml: {line}", {"pyproject.toml": text.replace(old[0], line, 1)})
    if re.search(rf"^{key}\s*=", own, flags=re.M):
        return None
    line = f'{key} = "{value}"'
    return made(f"pyproject.toml: {line}", {"pyproject.toml": before + header + line + "\n" + after})


KNOWN = {"TZ": "Pacific/Kiritimati", "NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "40", "PYTHONOPTIMIZE": "1"}


def environment(repository, chance):
    read = set()
    for text in repository.modules() + repository.test_modules():
        read |= set(re.findall(r"""(?:environ(?:\.get\(|\[)|getenv\()\s*["']([A-Z_]+)["']""", text.text))
    read -= {"PATH", "HOME", "PYTHONPATH"}
    every = {**{name: "mutated" for name in sorted(read)}, **KNOWN}
    return [lambda name=name, value=value: made(f"{name}={value}", {}, {name: value}) for name, value in every.items()]


def new_module(repository, chance):
    loaded = {name.partition(".")[0] for name in sys.modules} | set(sys.builtin_module_names) | EARLY
    names = set()
    for text in repository.modules() + repository.test_modules():
        for node in ast.walk(text.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(node.module.partition(".")[0])
    shadowed = sorted(names - loaded - {repository.module_name(), "__future__"})
    text = 'raise ImportError("shadowed")\n'
    paths = [f"{name}.py" for name in shadowed if f"{name}.py" not in repository.files]
    return [lambda path=path: made(f"{path} is new, and cannot be imported", {path: text}) for path in paths]


# What pytest itself has imported before a test file can be shadowed.
EARLY = {"pytest", "typing", "pathlib", "inspect", "logging", "collections", "subprocess", "tempfile", "datetime"}


def new_init(repository, chance):
    found = []
    folders = sorted({path.rsplit("/", 1)[0] for path in repository.test_files()})
    for path in (f"{folder}/__init__.py" for folder in folders):
        if path not in repository.files:
            found.append(lambda path=path: made(f"{path} is new", {path: ""}))
    for text in repository.modules():
        if not text.path.endswith("__init__.py"):
            path = text.path.removesuffix(".py") + "/__init__.py"
            found.append(lambda path=path, text=text: shadowing(repository, path, text, chance))
    return found


def shadowing(repository, path, text, chance):
    """A folder of a module's name, which comes before the module."""
    mutated = [make() for make in body(OneModule(text), chance)]
    new = mutated[0]["edits"][text.path] if mutated else text.text
    return made(f"{path} is new and comes before the module of its name", {path: new})


class OneModule:
    def __init__(self, text):
        self.text = text

    def modules(self):
        return [self.text]


def deleted(repository, chance):
    modules = [text.path for text in repository.modules() if not text.path.endswith("__init__.py")]
    kinds = [modules, data_files(repository), [path for path in repository.test_files() if is_test(path)]]
    paths = chance.choice([kind for kind in kinds if kind])
    return [lambda path=path: made(f"{path} is deleted", {path: None}) for path in paths]


OPERATORS = {
    "data-file": data_file,
    "conftest": conftest,
    "new-conftest": new_conftest,
    "configuration": configuration,
    "environment": environment,
    "new-module": new_module,
    "new-init": new_init,
    "deleted": deleted,
}
