"""The run of all test files that are not left out, each batch in a process of its own, and what is kept of each."""

import gc
import json
import os

from .batches import Batches
from .child import Child
from .divided import divided
from .leaks import marks_of
from .order import ORDER, Held, has_failed
from .record import Whole, record_of
from .replay import hand_on, lost
from .untraced import untraced

#: The name of the record that keeps what files are made of, by their bytes.
TABLES = ":units"
FAILED = "a test in it failed"


class Run:
    """`report` takes what is told of tests as pytest's own reports do."""

    def __init__(self, session, selection, watch, recorder, report, leaks):
        self.session = session
        self.leaks = leaks
        #: Why all test files run once more, in one process.
        self.again = None
        self.tree = selection.tree
        self.watch = watch
        self.recorder = recorder
        self.report = report
        self.groups = {}
        for item in session.items:
            self.groups.setdefault(file_of(self.tree, item), []).append(item)
        self.whole = untraced(Whole)(selection, watch, recorder, list(self.groups))
        self.held = Held(session.config, selection.known)
        self.ran = []
        #: Why there is no record of a file.
        self.never = {}
        self.records = {}
        #: What was measured, by absolute path; coverage stores with a statement a file, so it is told once.
        self.points = {}
        #: What pytest reported, by test file, and how much of it was looked at.
        self.reported = {}
        self.read = 0

    def all(self):
        session = self.session
        factory = getattr(session.config, "_tmp_path_factory", None)
        if factory is not None:
            # Else each process makes one of its own, and none is ever taken away.
            factory.getbasetemp()
        self.recorder.prepare()
        untraced(self.tree.read_ahead)([*self.whole.closure.files, *self.groups])
        try:
            self.each_batch()
        finally:
            untraced(self.recorder.add)(self.points)

    def each_batch(self):
        session = self.session
        batches = Batches(self.groups, self.failed_before())
        while batches.left:
            batches.learn(self.batch(batches.next()))
            if session.shouldfail or session.shouldstop:
                self.held.give_up()
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)
            if self.again is not None:
                self.held.give_up()
                return
        if self.held.files:
            self.all_at_once()

    def failed_before(self):
        config = self.session.config
        cache = getattr(config, "cache", None)
        last = cache.get("cache/lastfailed", {}) if cache is not None else {}
        return {self.tree.place(os.path.join(str(config.rootpath), one.split("::")[0])) for one in last}

    def divided(self, groups, hear):
        # What is there now is never looked at again: so the pages of memory stay shared, and what a child leaves is found at once.
        gc.freeze()
        # While tests run here is nothing to do, and what modules are made of takes long to find.
        return divided(lambda pipe: Child(self.session, self.watch, self.recorder, self.leaks, pipe).run(groups), hear, untraced(self.tree.parse_read))

    def batch(self, tests):
        """Gives what was set up for it, and how long that took."""
        groups = {test: self.groups[test] for test in tests}
        hear = self.held.hear(tests)
        end = self.divided(groups, hear)
        self.ran.extend(tests)
        if end.told is None:
            self.held.release()
            self.lose(groups, end)
            return {}
        self.heed(end, tests)
        if self.held.is_doubtful(tests):
            return end.told["setups"]
        self.held.release()
        self.take(end.told["points"])
        for test in groups:
            self.keep(test, dict(end.told, seconds=end.told["seconds"].get(test, 0)))
        return end.told["setups"]

    def heed(self, end, tests):
        """What is left behind is told of whichever test runs next, in plain order as nowhere else."""
        if end.told is not None and end.told["left"] is not None:
            self.again = why_again(" and ".join(tests), end.told["left"])

    def all_at_once(self):
        """What failed in a process of its own may need what other files leave behind."""
        told = []
        groups = self.held.with_earlier(self.groups)
        end = self.divided(groups, lambda kind, value: told.append((kind, value)))
        self.heed(end, list(self.held.files))
        for test, alone in self.held.files.items():
            among = [one for one in told if self.file_of_id(one[1]["nodeid"] or "") == test]
            passes = end.told is not None and not has_failed(among) and self.fails_again(test)
            for kind, value in among if passes else alone:
                hand_on(self.session.config, kind, value)
            self.never[test] = {"passes only after other test files": ""} if passes else {FAILED: ""}
            if passes:
                self.held.ordered[test] = self.tree.digest(test)
        self.take({} if end.told is None else end.told["points"])

    def fails_again(self, test):
        """One that passes by itself the next time fails by chance, whatever runs beside it."""
        told = []
        end = self.divided({test: self.groups[test]}, lambda kind, value: told.append((kind, value)))
        return end.told is None or has_failed(told)

    @untraced
    def take(self, points):
        for file, some in points.items():
            self.points.setdefault(file, set()).update(some)

    def lose(self, groups, end):
        items = [item for some in groups.values() for item in some]
        for item in [one for one in items if one.nodeid not in end.ended] or items[-1:]:
            lost(self.session.config, item, end.why, end.trace)
        self.never.update({test: {end.why: ""} for test in groups})

    @untraced
    def keep(self, test, ran):
        ran["filters"] = sorted(marks_of(self.groups[test]))
        ran["tests"] = [self.movable(one) for one in self.reported_of(test)]
        if any(one["outcome"] == "failed" for one in ran["tests"]):
            self.never[test] = {FAILED: ""}
            return
        if self.tree.root in json.dumps(ran["tests"]):
            ran["evidence"] = {**ran["evidence"], "its outcome names the folder of the checkout": ""}
        record, evidence = record_of(self.whole, test, ran)
        if record is None:
            self.never[test] = evidence
        else:
            self.records[test] = record

    def reported_of(self, test):
        for one in self.report.tests[self.read :]:
            self.reported.setdefault(self.file_of_id(one["id"]), []).append(one)
        self.read = len(self.report.tests)
        return self.reported.get(test, [])

    def movable(self, one):
        """As another checkout can have it."""
        if "trace" not in one:
            return one
        places = [[self.tree.place(path), line] for path, line in one["trace"]]
        return {**one, "trace": [[place, line] for place, line in places if place is not None]}

    def file_of_id(self, name):
        root = getattr(self.session.config, "rootpath", None) or self.session.config.rootdir
        return self.tree.place(os.path.join(str(root), name.split("::")[0]))

    def kept(self):
        """All records, by name."""
        kept = dict(self.records)
        if self.records:
            used = {one for one in (self.tree.digest(place) for place in self.whole.closure.files) if one in self.tree.tables}
            kept[TABLES] = {one: self.tree.tables[one] for one in sorted(used)}
        if self.held.ordered:
            kept[ORDER] = self.held.ordered
        return kept


def why_again(what, left):
    return "%s leaves something behind that fails tests of other files (%s)" % (what, left)


def file_of(tree, item):
    path = getattr(item, "path", None) or item.fspath
    return tree.place(str(path))
