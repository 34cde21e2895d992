"""On whose behalf something is looked at: by the functions that are being called."""

import os
import sys

OWN = "<symbiotic_recorder"
IMPORT = "<frozen importlib"
LIBRARY = os.path.dirname(os.__file__) + os.sep
TOOLS = ("/_pytest/", "/pluggy/", "/iniconfig/", "/coverage/", "/pytest_cov/")
#: Of Python's library: what starts programs that tell of the machine, and of nothing in the tree.
SYSTEM = tuple(os.path.join(LIBRARY, name) for name in ("platform.py", os.path.join("ctypes", "util.py")))
#: Functions of Python's own that ask whether something is there and what it is, and for nothing else of it.
WHETHER = {
    "exists", "lexists", "isfile", "isdir", "islink", "ismount", "realpath", "_joinrealpath", "samefile", "resolve",
    "is_file", "is_dir", "is_symlink", "is_mount", "_walk", "walk", "glob", "_glob", "_iglob", "glob1", "rglob", "makedirs",
    "find_spec", "cache_from_source", "abspath", "mkdir", "which", "_access_check",
}  # fmt: skip


def names(depth):
    """The files and functions of the callers, the nearest first, without our own."""
    frame = sys._getframe(depth)
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith(OWN):
            yield name, frame.f_code.co_name
        frame = frame.f_back


def is_of_library(name):
    return name.startswith(("<frozen", LIBRARY)) and "site-packages" not in name


def is_foreign():
    """
    Whether it is Python's import, pytest or coverage that looks: code counts by its parts, settings and what is collected by rules
    of their own. The nearest caller that is not of Python's own library decides.
    """
    for name, _ in names(2):
        if name.startswith(IMPORT):
            return True
        if not is_of_library(name):
            return any(one in name.replace("\\", "/") for one in TOOLS)
    return False


def is_import():
    """Whether it is Python's import or pytest's that reads, for whoever it is."""
    for name, _ in names(2):
        if name.startswith(IMPORT) or "/_pytest/assertion/" in name.replace("\\", "/"):
            return True
        if not is_of_library(name):
            return False
    return False


def is_library():
    """Whether a function of Python's own asked: it hands on names and kinds."""
    name, _ = next(names(2), ("", ""))
    return is_of_library(name)


def only_asks_whether():
    """Whether the functions of Python's own between here and the first other caller only ask whether something is there."""
    for name, function in names(2):
        if not is_of_library(name):
            return False
        if function in WHETHER:
            return True
    return False


def of_repository(tree):
    """The files of the repository whose code has a part in what is done now."""
    return {tree.place(name) for name, _ in names(2) if not name.startswith("<")} - {None}


def asks_system():
    """Whether Python's own library starts a program to find out about the machine."""
    for name, _ in names(2):
        if name.startswith(SYSTEM):
            return True
        if not is_of_library(name):
            return False
    return False


def gives_back_tracer():
    """Whether it is coverage that begins to trace another thread, or doctest that puts back the tracer that it found."""
    name = next(names(2), ("", ""))[0].replace("\\", "/")
    return "/coverage/" in name or name.endswith(("/threading.py", "/doctest.py"))
