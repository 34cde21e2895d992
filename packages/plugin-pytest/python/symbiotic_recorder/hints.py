"""What the text of a file shows that no record of its execution can hold: clocks, chance, looks at code, effects of an import."""

import ast
import builtins
import sys

from . import frames
from .dotted import dotted, resolved

CLOCK = {
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns",
    "time.localtime", "time.gmtime", "time.ctime", "time.strftime", "time.process_time",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
}  # fmt: skip
CHANCE = {"uuid.uuid1", "uuid.uuid4", "os.urandom", "random.SystemRandom", "os.getpid"}
CHANCE_MODULES = ("random.", "secrets.", "numpy.random.")
SEEDED = {"random.seed", "random.Random", "numpy.random.seed", "numpy.random.default_rng", "random.setstate", "random.getstate"}
FROZEN = ("freezegun", "time_machine")

#: Names by which code looks at the text or the lines of code.
LOOKS = {
    "f_lineno", "tb_lineno", "co_firstlineno", "co_code", "co_lnotab", "co_lines", "co_consts", "co_positions", "__code__",
    "getsource", "getsourcelines", "findsource", "getblock", "getinnerframes", "getouterframes", "linecache", "getlineno",
    "extract_stack", "extract_tb", "format_exc", "format_tb", "format_exception", "print_exc",
    "walk_tb", "walk_stack", "doctest", "lineno", "dis", "getframeinfo", "getsourcefile", "Bytecode",
}  # fmt: skip

#: What a class may stand on without telling anybody of it.
PURE_BASES = ("unittest.", "enum.", "typing.", "abc.", "collections.", "dataclasses.", "datetime.", "string.", "json.", "logging.", "threading.")
LIBRARY = getattr(sys, "stdlib_module_names", frozenset(["os", "re", "sys", "json", "pathlib", "datetime", "decimal", "functools", "logging"]))

PURE_DECORATORS = ("pytest.mark.", "pytest.fixture", "dataclasses.", "functools.", "typing.", "abc.", "enum.", "contextlib.")
PURE_NAMES = {"property", "staticmethod", "classmethod", "dataclass", "overload", "final", "abstractmethod", "contextmanager"}


def names_of(tree, imports):
    """What local names of imported things stand for: `{"dt": "datetime"}`. `imports`: all import statements of the tree."""
    names = {}
    for node in imports:
        if isinstance(node, ast.Import):
            for one in node.names:
                names[one.asname or one.name.split(".")[0]] = one.name if one.asname else one.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for one in node.names:
                names[one.asname or one.name] = "%s.%s" % (node.module, one.name)
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and is_name(node.targets[0]):
            value = node.value.func if isinstance(node.value, ast.Call) else node.value
            if resolved(value, names).startswith("pytest.mark."):
                names[dotted(node.targets[0])] = resolved(value, names)
    return names


def hints_of(parts, nodes, names, takes_frames):
    """Of `clock`, `chance`, `seeded`, `frozen`, `looks`: those that these parts show, each with its line. `nodes`: all in them."""
    found = {("looks", line) for line in (frames.looked_at(parts, names) if takes_frames else ())}
    for node in nodes:
        if type(node) in SHOWING:
            found.update((hint, node.lineno) for hint in shown(node, names))
    return found


SHOWING = {ast.Call, ast.Attribute, ast.Name, ast.Import, ast.ImportFrom}


def shown(node, names):
    if isinstance(node, ast.Call):
        return called(resolved(node.func, names), node)
    if isinstance(node, ast.Attribute) and node.attr in LOOKS:
        return ["looks"]
    if isinstance(node, ast.Name) and (node.id in LOOKS or names.get(node.id, "").split(".")[-1] in LOOKS):
        return ["looks"]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        text = " ".join([getattr(node, "module", None) or "", *(one.name for one in node.names)])
        return ["frozen"] if any(word in text for word in FROZEN) else []
    return []


def called(name, node):
    if name in CLOCK:
        return ["clock"]
    if name in SEEDED:
        return ["seeded"] if node.args or name.endswith("state") else ["chance"]
    if name in CHANCE or name.startswith(CHANCE_MODULES):
        return ["chance"]
    return []


def imports_of(statements):
    """`[level, module, [names]]` of each import statement, sorted."""
    found = set()
    for node in statements:
        if isinstance(node, ast.Import):
            found.update((0, one.name, ()) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add((node.level, node.module or "", tuple(sorted(one.name for one in node.names))))
    return [[level, module, list(names)] for level, module, names in sorted(found)]


def is_plain(tree, names):
    """Whether importing the file does nothing that who does not import it could see."""
    return all(is_plain_statement(node, names) for node in tree.body)


def is_plain_statement(node, names):
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or is_skip(node.value, names)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return all(is_pure_decorator(one, names) for one in node.decorator_list)
    if isinstance(node, ast.ClassDef):
        plain = all(is_plain_statement(one, names) for one in node.body)
        plain = plain and not node.keywords and all(is_pure_base(one, names) for one in node.bases)
        return plain and all(is_pure_decorator(one, names) for one in node.decorator_list)
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(is_name(target) for target in targets) and (node.value is None or is_pure_value(node.value, names))
    if isinstance(node, ast.If) and "__main__" in ast.dump(node.test):
        return True
    if isinstance(node, (ast.If, ast.Try)):
        inner = [*node.body, *node.orelse, *getattr(node, "finalbody", [])]
        for handler in getattr(node, "handlers", []):
            inner.extend(handler.body)
        return all(is_plain_statement(one, names) for one in inner)
    return False


def is_skip(node, names):
    return isinstance(node, ast.Call) and resolved(node.func, names) in ("pytest.importorskip", "pytest.skip")


def is_name(node):
    if isinstance(node, (ast.Tuple, ast.List)):
        return all(is_name(one) for one in node.elts)
    return isinstance(node, ast.Name)


def is_pure_base(node, names):
    """Other classes may write down who stands on them."""
    name = resolved(node.value if isinstance(node, ast.Subscript) else node, names)
    return hasattr(builtins, name) or name.startswith(PURE_BASES)


def is_pure_value(node, names):
    """Whether what is called for a value is Python's own, or pytest's."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return all(is_pure_call(resolved(one.func, names)) for one in calls)


def is_pure_call(name):
    first, _, rest = name.partition(".")
    return (not rest and hasattr(builtins, first)) or first == "pytest" or (bool(rest) and first in LIBRARY)


def is_pure_decorator(node, names):
    name = resolved(node.func if isinstance(node, ast.Call) else node, names)
    return name.startswith(PURE_DECORATORS) or name.split(".")[-1] in PURE_NAMES
