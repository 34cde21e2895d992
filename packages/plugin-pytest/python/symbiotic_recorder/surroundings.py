"""What stands beside the code of a test file and decides how it is run: settings, and files that pytest loads by their names."""

import os

from .units import digest

#: Settings that pytest and coverage read, looked for in the project's folder and in each above it.
SETTINGS = ("pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg", ".coveragerc", "pytest.toml", ".pytest.toml")
#: Of this one only some tables are theirs.
PROJECT = "pyproject.toml"


def conftests(tree, test):
    """The files above a test that pytest loads by their names."""
    folder = test
    found = []
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        found.extend("%s/%s" % (folder, name) for name in ("conftest.py", "__init__.py"))
    found.extend(["conftest.py", "__init__.py"])
    return [one for one in found if os.path.isfile(tree.path(one))]


def loaded_by_name(tree, folder):
    """Which files pytest would load by their names for a test in a folder."""
    found = {}
    for place in above(folder):
        start = place + "/" if place else ""
        for name in ("conftest.py", "__init__.py"):
            found[start + name] = tree.kind(start + name) or ""
    return found


def settings(tree):
    """A digest of each file of settings."""
    found = {}
    for place in above("" if tree.project == "." else tree.project):
        start = place + "/" if place else ""
        for name in SETTINGS:
            found[start + name] = tree.digest(start + name) or ""
        found[start + PROJECT] = tables_of(tree, start + PROJECT)
    return found


def above(folder):
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:at]) for at in range(len(parts), -1, -1)]


def tables_of(tree, place):
    """Of what pytest and coverage read in a file that everybody's settings are in."""
    whole = tree.digest(place)
    if whole is None:
        return ""
    try:
        import tomllib
    except ImportError:
        return whole
    try:
        with open(tree.path(place), "rb") as file:
            tools = tomllib.load(file).get("tool", {})
    except (OSError, ValueError, AttributeError):
        return whole
    return digest(repr([tools.get("pytest"), tools.get("coverage")]))
