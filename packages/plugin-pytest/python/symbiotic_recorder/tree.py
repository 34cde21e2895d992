"""The repository as the recorder sees it: which paths are its own, and what is in them."""

import os
import sys

from .units import digest, units_of

#: Folders that nobody's test depends on, or that are in the identity of the tool.
FOREIGN = {".git", ".hg", ".symbiotic", ".venv", "venv", ".tox", ".nox", "node_modules", "site-packages", "__pycache__"}
KEPT = {".pytest_cache", ".hypothesis", ".benchmarks", ".mypy_cache", ".ruff_cache", "htmlcov", ".coverage"}
#: So many seconds the times of files may be behind the clock.
TICK = 0.02
CODE = (".py", ".so", ".pyd", ".pth")


class Tree:
    """Paths are relative to the repository, with `/`."""

    def __init__(self, root, project):
        self.root = os.path.realpath(root)
        self.project = project
        self.prefix = self.root + os.sep
        self.places = {}
        self.digests = {}
        self.tables = {}
        #: What was read of Python files and is not parsed yet, by digest.
        self.read = {}
        self.skipped = tuple(
            os.path.realpath(one) + os.sep for one in {sys.prefix, sys.exec_prefix} if self.is_below(os.path.realpath(one))
        )

    def is_below(self, path):
        return path.startswith(self.prefix)

    def place(self, path):
        """The path in the repository; None for what is not its own. Asked for every file that is opened: so it is remembered."""
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str):
            return None
        # What a relative path means changes with the folder that a test goes to.
        if not os.path.isabs(path):
            return self.own(os.path.join(os.getcwd(), path))
        if path not in self.places:
            place = self.own(path)
            if place is None and not os.path.lexists(path):
                # It may become a link that leads into the tree.
                return None
            self.places[path] = place
        return self.places[path]

    def own(self, path):
        whole = os.path.normpath(path)
        if not self.is_below(whole):
            whole = real(whole)
        if whole == self.root:
            return "."
        if not self.is_below(whole) or whole.startswith(self.skipped):
            return None
        parts = whole[len(self.prefix) :].split(os.sep)
        if len(parts) > 1 and parts[-2] == "__pycache__" and parts[-1].endswith(".pyc"):
            # What was compiled stands for its source.
            parts[-2:] = [parts[-1].partition(".")[0] + ".py"]
        if any(part in FOREIGN for part in parts):
            return None
        if any(part in KEPT or part.startswith(".coverage.") for part in parts):
            return None
        return "/".join(parts)

    def path(self, place):
        return os.path.join(self.root, *place.split("/"))

    def digest(self, place):
        """Of a file's bytes; None where there is no file."""
        if place not in self.digests:
            try:
                with open(self.path(place), "rb") as file:
                    self.digests[place] = digest(file.read())
            except OSError:
                self.digests[place] = None
        return self.digests[place]

    def units(self, place):
        """The table of a Python file; None where it has none. What was parsed in an earlier run is not parsed again."""
        known = self.digest(place)
        if known is None:
            return None
        if known not in self.tables:
            text = self.read.pop(known, None)
            if text is None:
                with open(self.path(place), "rb") as file:
                    text = file.read()
            self.tables[known] = units_of(text)
        return self.tables[known]

    def read_ahead(self, places):
        """Reads Python files of which nothing is known, as they are before a test can write."""
        for place in places:
            if place.endswith(".py") and place not in self.digests:
                try:
                    with open(self.path(place), "rb") as file:
                        text = file.read()
                except OSError:
                    continue
                self.digests[place] = digest(text)
                if self.digests[place] not in self.tables:
                    self.read[self.digests[place]] = text

    def parse_read(self):
        """Parses what was read ahead."""
        while self.read:
            known, text = self.read.popitem()
            self.tables[known] = units_of(text)

    def kind(self, place):
        """What is at a place: `file`, `folder`, nothing."""
        path = self.path(place)
        return "folder" if os.path.isdir(path) else "file" if os.path.exists(path) else None

    def is_younger(self, place, seconds):
        """Whether a file was written later than this time of the clock, or so close to it that nobody can tell."""
        try:
            return os.stat(self.path(place)).st_mtime > seconds - TICK
        except OSError:
            return False

    def listing(self, place, is_measured=False):
        """A digest of the names in a folder, without what runs leave there, or of their sizes and rights too; None where there is none."""
        try:
            names = [one for one in os.listdir(self.path(place)) if one not in FOREIGN and one not in KEPT]
        except OSError:
            return None
        whole = [within(place, one) for one in names] if is_measured else []
        return digest("\0".join([*sorted(names), *(str(self.measure(one)) for one in sorted(whole))]))

    def measure(self, place):
        """What somebody can know of a file without reading it, but for its times; its content stands for these."""
        path = self.path(place)
        if os.path.isdir(path):
            return "folder"
        return "%s:%s" % (self.digest(place), os.access(path, os.X_OK)) if os.path.exists(path) else None

    def walked(self, folders):
        """The folders below these, with the names of the files in each."""
        for folder in folders:
            for top, inner, files in os.walk(self.path(folder)):
                inner[:] = [one for one in inner if one not in FOREIGN and one not in KEPT and not one.startswith(".")]
                place = self.place(top)
                if place is not None:
                    yield place, files

    def code(self, folders):
        """The Python files below these folders."""
        return [within(place, one) for place, files in self.walked(folders) for one in files if one.endswith(".py")]

    def modules(self, folders):
        """By the name under which it could be imported: the places of files and packages below these folders."""
        found = {}
        for place, files in self.walked(folders):
            code = [one for one in files if one.endswith(CODE)]
            if code:
                found.setdefault(os.path.basename(self.path(place)), set()).add(place + "/")
            for name in code:
                found.setdefault(name.split(".")[0], set()).add(within(place, name))
        return {name: digest("\0".join(sorted(places))) for name, places in found.items()}


def within(folder, name):
    return name if folder == "." else "%s/%s" % (folder, name)


def real(path):
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path
