"""Which test files share a process: those that share a session's fixture that takes long to set up, else none."""

#: Of these one is set up for many files.
SHARED = ("session", "package")
#: Seconds from which on a fixture is dear: by far more than a process.
DEAR = 0.5


class Batches:
    """In turn: what is dear is known only once it was set up."""

    def __init__(self, groups, first):
        """`groups`: by test file, its tests. `first`: the files that go before the others."""
        self.groups = groups
        self.left = sorted(groups, key=lambda one: one not in first)
        self.dear = set()

    def next(self):
        """The files of the next process."""
        wanted = self.needs(self.left[0])
        batch = [one for one in self.left if wanted & self.needs(one)] or self.left[:1]
        self.left = [one for one in self.left if one not in batch]
        return batch

    def learn(self, setups):
        """`setups`: what a process set up, and how long each took."""
        self.dear.update(name for name, seconds in setups.items() if seconds >= DEAR)

    def needs(self, test):
        """Dear fixtures of a file."""
        if not self.dear:
            return set()
        return {name for item in self.groups[test] for name in fixtures_of(item)} & self.dear


def fixtures_of(item):
    known = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    return [name_of(definition) for definitions in known.values() for definition in definitions]


def name_of(definition):
    return "%s of %s" % (definition.argname, getattr(definition, "baseid", ""))
