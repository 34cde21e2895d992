"""Which test files need not run: of a record of each, all holds that it depended on."""

import fnmatch

from . import lines
from .record import VERSION
from .surroundings import loaded_by_name, settings


class Selection:
    """`imports`: code counts by whole files, not by what ran of it."""

    def __init__(self, tree, known, folders, patterns, imports=False):
        self.tree = tree
        self.patterns = patterns
        self.doing = None
        self.known = known
        self.imports = imports
        self.folders = folders
        self.index = None
        #: By folder, as each test file in it has the same.
        self.around = {}
        self.settings = None

    def choose(self, test):
        """The record that holds and its lines as they are now, or what changed since the newest one."""
        records = [one for one in self.known.get(test, ()) if isinstance(one, dict) and one.get("v") == VERSION]
        if not records:
            return None, ["no record of it"]
        first = None
        for record in records:
            try:
                changed = next(self.changes(test, record), None)
                points = None if changed else self.points(record)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError):
                changed, points = "its record cannot be read", None
            if points is not None:
                return (record, points), None
            first = first or changed or "lines of its coverage were laid out anew"
        return None, [first]

    def changes(self, test, record):
        """What is not as it was: words, most telling first."""
        for place, one in record["code"].items():
            yield from self.code(place, one)
        for place, was in record["data"].items():
            if self.tree.digest(place) != was:
                yield "%s changed" % place
        for kind, places in record["kinds"].items():
            for place in places:
                if (self.tree.kind(place) or "") != kind:
                    yield "%s is there, or is not there any more" % place
        for place, was in record["stats"].items():
            if self.tree.measure(place) != was:
                yield "%s changed" % place
        for name in ("folders", "measured"):
            for place, was in record[name].items():
                if self.tree.listing(place, name == "measured") != was:
                    yield "what is in %s changed" % place
        for place in self.impure(record):
            yield "%s does something when it is imported" % place
        for place, was in record["around"].items():
            if self.beside(test).get(place) != was:
                yield "%s changed" % place
        for word, was in [*record["names"].items(), *((word, "") for word in record["unnamed"])]:
            if self.named(word) != was:
                yield "another file can be imported as %s" % word

    def impure(self, record):
        """Test files of which the record knows nothing, and that do to others what it cannot know."""
        if self.doing is None:
            tests = [one for one in self.tree.code(self.folders) if self.is_test(one)]
            self.doing = [one for one in tests if not (self.tree.units(one) or {"plain": True})["plain"]]
        return [one for one in self.doing if one not in record["code"]]

    def is_test(self, place):
        """Whether pytest takes it for a file of tests."""
        name = place.rpartition("/")[2]
        return any(fnmatch.fnmatch(place if "/" in one else name, "*/" + one if "/" in one else one) for one in self.patterns)

    def code(self, place, one):
        now = self.tree.digest(place)
        if now == one[0]:
            return
        if now is None:
            yield "%s is gone" % place
        elif len(one) == 1 or self.imports:
            yield "%s changed" % place
        else:
            yield from self.parts(place, one)

    def parts(self, place, one):
        table = self.tree.units(place)
        if table is None:
            yield "%s cannot be parsed" % place
            return
        for name, body in one[2].items():
            if table["units"].get(name, {}).get("body") != body:
                yield "%s: %s changed" % (place, name)
        if table["module"] != one[1]:
            yield "%s changed outside of its functions" % place

    def points(self, record):
        found = {}
        for place, kept in record["lines"].items():
            table = self.tree.units(place)
            points = None if table is None and lines.RAW not in kept else lines.restored(table, kept)
            if points is None:
                return None
            found[self.tree.path(place)] = points
        return found

    def beside(self, test):
        folder = test.rpartition("/")[0]
        if folder not in self.around:
            self.settings = settings(self.tree) if self.settings is None else self.settings
            self.around[folder] = {**loaded_by_name(self.tree, folder), **self.settings}
        return self.around[folder]

    def named(self, word):
        if self.index is None:
            self.index = self.tree.modules(self.folders)
        return self.index.get(word, "")
