"""The plugin of a run: leaves out test files whose record holds, runs each of the others in a process of its own, and keeps what it did."""

import json
import os
import sys

from . import fallback, trace
from .again import can_start_again
from .leaks import Leaks, marks_of
from .order import AMONG, ORDER, TOGETHER, changed_among, why_ordered
from .run import FAILED, TABLES, Run, file_of, why_again
from .selection import Selection
from .tree import Tree
from .untraced import untraced
from .watch import Watch

#: What the engine wrote: by test file, the records that it holds.
KNOWN = "known.json"
#: What is kept, by test file.
KEPT = "parts.json"


class Recorder:
    """`report` takes what is told of tests as pytest's own reports do. `whole`: why all of it runs in one process, where that is known."""

    def __init__(self, out, root, granularity, report, whole=None):
        self.out = out
        self.whole = whole
        #: Why all of it has to run once more.
        self.again = None
        self.report = report
        self.granularity = granularity
        self.tree = Tree(root, os.path.relpath(os.getcwd(), root).replace(os.sep, "/"))
        self.known, self.is_together = told_by_engine(os.path.join(out, KNOWN))
        self.watch = Watch(self.tree)
        self.recorder = None
        self.why = None
        self.selection = None
        self.served = {}
        #: What would be left out of a run that is not to leave out anything.
        self.alone = {}
        self.changed = {}
        self.run = None
        for record in reversed(self.known.pop(TABLES, [])):
            self.tree.tables.update(record)
        self.order = [self.known.pop(name, []) for name in (ORDER, AMONG)]
        if whole is None:
            self.watch.start()

    # What pytest calls, in the order in which it does.

    def pytest_sessionstart(self, session):
        config = session.config
        self.recorder, self.why = trace.recorder_of(config)
        self.why = self.whole or fallback.why_whole(config) or self.why or (TOGETHER if self.is_together else why_ordered(self.tree, *self.order))
        if self.why is not None:
            self.watch.on = False
            return
        self.watch.on = False
        self.recorder.start()
        self.watch.on = True

    def pytest_collection(self, session):
        folders = [self.tree.project, *(self.tree.place(one or os.getcwd()) for one in sys.path)]
        self.selection = Selection(self.tree, self.known, tops(folders), session.config.getini("python_files"), self.granularity == "imports")
        if self.why in (None, TOGETHER):
            self.choose()

    def choose(self):
        on, self.watch.on = self.watch.on, False
        self.look_up()
        self.watch.on = on

    @untraced
    def look_up(self):
        for test in self.known:
            chosen, why = self.selection.choose(test)
            if chosen is None:
                self.changed[test] = why
            else:
                self.served[test] = chosen
        if self.why is not None:
            self.alone, self.served = self.served, {}
            return
        left = next(((test, record["left"]) for test, (record, _) in self.served.items() if record["left"]), None)
        if left is not None:
            self.why = why_again(*left)
            self.served = {}

    def pytest_ignore_collect(self, collection_path):
        return self.ignores(collection_path)

    def ignores(self, path):
        place = self.tree.place(str(path))
        # What a file does to others when it is imported, it has to do in each run.
        return True if place in self.served and not self.served[place][0]["impure"] else None

    def pytest_collectstart(self, collector):
        path = getattr(collector, "path", None) or getattr(collector, "fspath", None)
        place = self.tree.place(str(path)) if path else None
        self.watch.collects = place if place is not None and self.tree.kind(place) == "file" else None

    def pytest_collection_modifyitems(self, config, items):
        if not self.served:
            return
        left_out = [item for item in items if file_of(self.tree, item) in self.served]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if file_of(self.tree, item) not in self.served]

    def pytest_runtestloop(self, session):
        if self.why is None:
            self.why = fallback.why_whole(session.config)
        if self.why is not None:
            self.watch.on = False
            self.add_served()
            return None
        if session.testsfailed and not session.config.option.continue_on_collection_errors:
            # Then pytest runs no test at all.
            self.served = {}
            return None
        self.watch.on = False
        self.watch.collects = None
        self.add_served()
        self.each_file(session)
        return True

    def each_file(self, session):
        leaks = {"passed": Leaks(session.config), "failed": Leaks(session.config, self.filters(session.items))}
        left = leaks["passed"].left()
        if left is not None:
            self.again = why_again("what is imported to find tests", left)
            return
        self.run = Run(session, self.selection, self.watch, self.recorder, self.report, leaks)
        self.run.all()
        self.again = self.run.again

    def filters(self, items):
        """Of single tests, whether they run now or not."""
        served = {one for record, _ in self.served.values() for one in record["filters"]}
        return served | marks_of(items) if can_start_again() else ()

    def add_served(self):
        """What was left out counts as measured. Each file once: coverage stores with a statement a file."""
        served = {}
        for _, points in self.served.values():
            for file, some in points.items():
                served.setdefault(file, set()).update(some)
        if served:
            self.recorder.add(served)

    def here(self, one):
        if "trace" not in one:
            return one
        return {**one, "trace": [[self.tree.path(place).replace(os.sep, "/"), line] for place, line in one["trace"]]}

    # What is left when all is over.

    def finish(self):
        """What is told of the files that were left out, and all that is kept."""
        if self.again is not None:
            self.write({} if self.run is None else self.run.kept(), {}, self.again)
            return
        if self.whole is not None:
            self.write(read(os.path.join(self.out, KEPT)), {}, self.whole)
            return
        if self.run is None and self.why is None and not self.served:
            # Nothing was collected, or it could not be.
            self.write({}, {}, self.why)
            return
        if self.why == TOGETHER:
            self.write({AMONG: changed_among(self.tree, self.alone, self.report.tests)}, {}, self.why)
            return
        for record, _ in self.served.values():
            self.report.tests.extend(self.here(one) for one in record["tests"])
        self.write({} if self.run is None else self.run.kept(), self.decisions(), self.why)

    def decisions(self):
        found = {}
        for test, (record, _) in self.served.items():
            found[test] = {"decision": "served", "reason": "nothing that it reaches changed", "evidence": [], "seconds": record["seconds"]}
        for test in [] if self.run is None else self.run.ran:
            found[test] = {"decision": "ran", "reason": "; ".join(self.changed.get(test, ["no record of it"])), "evidence": []}
            never = self.run.never.get(test)
            if never is not None:
                words = ["%s (%s)" % (why, what) if what else why for why, what in never.items()]
                found[test].update(decision="ran" if FAILED in never else "never", evidence=words)
                if FAILED not in never:
                    # Of such a file there never is a record.
                    found[test]["reason"] = ""
        return found

    def write(self, parts, files, why):
        with open(os.path.join(self.out, KEPT), "w", encoding="ascii") as file:
            json.dump({"version": 1, "parts": parts}, file, separators=(",", ":"))
        share = {word: sum(1 for one in files.values() if one["decision"] == word) for word in ("served", "ran", "never")}
        whole = {"version": 1, "granularity": self.granularity, "whole": why, "files": files, "share": share}
        with open(os.path.join(self.out, "selection.json"), "w", encoding="ascii") as file:
            json.dump(whole, file)


def read(path):
    return told_by_engine(path)[0]


def told_by_engine(path):
    """What is known of parts, and whether all of them are to run together."""
    try:
        with open(path, encoding="utf-8") as file:
            told = json.load(file)
        parts = told["parts"]
        return (parts if isinstance(parts, dict) else {}), told.get("together") is True
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, False


def tops(folders):
    """Without those that lie in another one."""
    some = sorted({one for one in folders if one is not None})
    return [one for one in some if not any(one != other and (other == "." or one.startswith(other + "/")) for other in some)]
