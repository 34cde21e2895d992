"""Test files that end otherwise after others than by themselves: by what is left behind in the process, so no file of the suite can be run by itself."""

from .replay import hand_on

#: The name of the record that keeps which pass only after others, with a digest of the bytes of each.
ORDER = ":order"
#: The same of those that end otherwise among all others, as an audit found.
AMONG = ":among"
#: Why an audit runs all of them in one process.
TOGETHER = "an audit runs all of it together"


def why_ordered(tree, only_after, among):
    """Why the suite is run in one process, from what an earlier run found; None where that file is another one now."""
    for records, what in ((only_after, "passes only after other test files"), (among, "ends otherwise among other test files")):
        for record in records[:1]:
            for test, was in sorted(record.items()):
                if tree.digest(test) == was:
                    return "%s %s" % (test, what)
    return None


def changed_among(tree, alone, told):
    """Those of which `alone` has a record of how they end by themselves, and that ended otherwise, with a digest of each."""
    now = outcomes_of(told)
    by_itself = {test: outcomes_of(record["tests"]) for test, (record, _) in sorted(alone.items())}
    return {test: tree.digest(test) for test, was in by_itself.items() if any(now.get(one) != ended for one, ended in was.items())}


def outcomes_of(tests):
    """By test: how its parts ended that are told of."""
    found = {}
    for one in tests:
        found.setdefault(one["id"], []).append(one["outcome"])
    return found


class Held:
    """
    What is told of files of which nothing is known yet: not handed on where a test failed, until it was seen what the file does
    among the others. One of which a record is known did pass by itself: it has become wrong.
    """

    def __init__(self, config, known):
        self.config = config
        self.known = known
        # To end at the first failure is to be told of it at once.
        self.is_off = bool(getattr(config.option, "maxfail", 0))
        self.told = []
        #: By file that failed: what was told of it.
        self.files = {}
        #: Files that pass only after others, with a digest of each.
        self.ordered = {}

    def hear(self, tests):
        """Takes the reports of these files."""
        self.told = []
        holds = not self.is_off and len(tests) == 1 and not self.known.get(tests[0])
        return (lambda kind, value: self.told.append((kind, value))) if holds else lambda kind, value: hand_on(self.config, kind, value)

    def is_doubtful(self, tests):
        """Whether it is held back what is told of them."""
        if not has_failed(self.told):
            return False
        self.files[tests[0]] = self.told
        return True

    def with_earlier(self, groups):
        """Of all files in their order: those that are held, and those before one of them."""
        files = list(groups)
        last = max(files.index(test) for test in self.files)
        return {test: groups[test] for test in files[: last + 1]}

    def give_up(self):
        """The run ends before anything is known of these."""
        for self.told in self.files.values():
            self.release()
        self.files = {}

    def release(self):
        for kind, value in self.told:
            hand_on(self.config, kind, value)
        self.told = []


def has_failed(told):
    return any(kind == "report" and value["outcome"] == "failed" for kind, value in told)
