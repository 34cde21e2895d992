"""Which files of the repository a test file imports, through which others, as far as this process has loaded them."""

import sys


class Closure:
    """`seen`: pairs of a file and of a module's name that it imported by a call."""

    def __init__(self, tree, seen):
        self.tree = tree
        self.files = {}
        self.names = {}
        for name, module in list(sys.modules.items()):
            place = place_of(tree, module)
            if place is not None:
                self.files[place] = module
                self.names.setdefault(name, place)
        self.seen = {}
        for importer, name in seen:
            self.seen.setdefault(importer, set()).add(name)
        self.edges = {}

    def of(self, starts):
        """All files that are reached from these, with them, sorted."""
        found = set()
        left = [one for one in starts if one is not None]
        while left:
            place = left.pop()
            if place in found:
                continue
            found.add(place)
            left.extend(self.next(place) - found)
        return sorted(found)

    def next(self, place):
        if place not in self.edges:
            names = set()
            module = self.files.get(place)
            own = getattr(module, "__name__", "")
            names.update(parents(own))
            names.update(self.seen.get(place, ()))
            for level, base, members in (self.tree.units(place) or {}).get("imports", ()) if place.endswith(".py") else ():
                start = base if level == 0 else relative(module, level, base)
                names.update([start, *parents(start)])
                names.update("%s.%s" % (start, one) for one in members)
            self.edges[place] = {self.names[name] for name in names if name in self.names} - {place}
        return self.edges[place]


def parents(name):
    parts = name.split(".")
    return [".".join(parts[:at]) for at in range(1, len(parts))]


def relative(module, level, base):
    package = getattr(module, "__package__", None) or ""
    parts = package.split(".")
    start = ".".join(parts[: len(parts) - (level - 1)]) if level > 1 else package
    return "%s.%s" % (start, base) if base and start else start or base


def place_of(tree, module):
    try:
        file = getattr(module, "__file__", None)
    except Exception:  # A module may be any object.
        return None
    return tree.place(file) if isinstance(file, str) else None


def words_of(tree, places):
    """Every part of every name that these files import: a new file of that name may take the place of what they found."""
    words = set()
    for place in places:
        for _, module, members in (tree.units(place) or {}).get("imports", ()) if place.endswith(".py") else ():
            words.update(module.split("."))
            words.update(members)
    words.discard("")
    words.discard("*")
    return words
