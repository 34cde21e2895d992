"""The plugin of a run: leaves out test files whose record holds, runs each of the others in a process of its own, and keeps what it did."""

import gc
import json
import os
import sys

from . import fallback, trace
from .batches import Batches
from .child import Child
from .divided import divided
from .record import Whole, record_of
from .replay import lost
from .selection import Selection
from .tree import Tree
from .watch import Watch

#: What the engine wrote: by test file, the records that it holds.
KNOWN = "known.json"
#: The name of the record that keeps what files are made of, by their bytes.
TABLES = ":units"
FAILED = "a test in it failed"


class Recorder:
    """`report` takes what is told of tests as pytest's own reports do."""

    def __init__(self, out, root, granularity, report):
        self.out = out
        self.report = report
        self.granularity = granularity
        self.tree = Tree(root, os.path.relpath(os.getcwd(), root).replace(os.sep, "/"))
        self.known = read(os.path.join(out, KNOWN))
        self.watch = Watch(self.tree)
        self.recorder = None
        self.whole = None
        self.why = None
        self.selection = None
        self.served = {}
        self.changed = {}
        self.never = {}
        self.ran = []
        self.records = {}
        for record in reversed(self.known.pop(TABLES, [])):
            self.tree.tables.update(record)
        self.watch.start()

    # What pytest calls, in the order in which it does.

    def pytest_sessionstart(self, session):
        config = session.config
        self.recorder, self.why = trace.recorder_of(config)
        self.why = fallback.why_whole(config) or self.why
        if self.why is not None:
            self.watch.on = False
            return
        self.watch.on = False
        self.recorder.start()
        self.watch.on = True

    def pytest_collection(self, session):
        folders = [self.tree.project, *(self.tree.place(one or os.getcwd()) for one in sys.path)]
        self.selection = Selection(self.tree, self.known, tops(folders), session.config.getini("python_files"), self.granularity == "imports")
        if self.why is None:
            self.choose()

    def choose(self):
        self.watch.on = False
        for test in self.known:
            chosen, why = self.selection.choose(test)
            if chosen is None:
                self.changed[test] = why
            else:
                self.served[test] = chosen
        self.watch.on = True

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
        left_out = [item for item in items if self.file(item) in self.served]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if self.file(item) not in self.served]

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
        self.run(session)
        return True

    # The run.

    def run(self, session):
        groups = {}
        for item in session.items:
            groups.setdefault(self.file(item), []).append(item)
        self.whole = Whole(self.selection, self.watch, self.recorder, list(groups))
        factory = getattr(session.config, "_tmp_path_factory", None)
        if factory is not None:
            # Else each process makes one of its own, and none is ever taken away.
            factory.getbasetemp()
        # What is there now is never looked at again: so the pages of memory stay shared.
        gc.freeze()
        batches = Batches(groups, self.failed_before(session))
        while batches.left:
            batches.learn(self.run_batch(session, {test: groups[test] for test in batches.next()}))
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)

    def add_served(self):
        """What was left out counts as measured. Each file once: coverage stores with a statement a file."""
        served = {}
        for _, points in self.served.values():
            for file, some in points.items():
                served.setdefault(file, set()).update(some)
        if served:
            self.recorder.add(served)

    def failed_before(self, session):
        cache = getattr(session.config, "cache", None)
        last = cache.get("cache/lastfailed", {}) if cache is not None else {}
        return {self.tree.place(os.path.join(str(session.config.rootpath), one.split("::")[0])) for one in last}

    def run_batch(self, session, groups):
        """Gives what was set up for it, and how long that took."""
        end = divided(session.config, lambda pipe: Child(session, self.watch, self.recorder, pipe).run(groups))
        self.ran.extend(groups)
        if end.told is None:
            self.lose(session, groups, end)
            return {}
        if self.recorder.kind == "lines":
            self.recorder.add(end.told["points"])
        for test in groups:
            self.keep(test, dict(end.told, seconds=end.told["seconds"].get(test, 0)))
        return end.told["setups"]

    def lose(self, session, groups, end):
        items = [item for some in groups.values() for item in some]
        for item in [one for one in items if one.nodeid not in end.ended] or items[-1:]:
            lost(session.config, item, end.why, end.trace)
        self.never.update({test: {end.why: ""} for test in groups})

    def keep(self, test, ran):
        ran["tests"] = [self.movable(one) for one in self.report.tests if self.belongs(one, test)]
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

    def movable(self, one):
        """As another checkout can have it."""
        if "trace" not in one:
            return one
        places = [[self.tree.place(path), line] for path, line in one["trace"]]
        return {**one, "trace": [[place, line] for place, line in places if place is not None]}

    def here(self, one):
        if "trace" not in one:
            return one
        return {**one, "trace": [[self.tree.path(place).replace(os.sep, "/"), line] for place, line in one["trace"]]}

    def belongs(self, one, test):
        return self.tree.place(os.path.join(self.rootdir(), one["id"].split("::")[0])) == test

    def rootdir(self):
        return str(getattr(self.report.config, "rootpath", None) or self.report.config.rootdir)

    def file(self, item):
        path = getattr(item, "path", None) or item.fspath
        return self.tree.place(str(path))

    # What is left when all is over.

    def finish(self):
        """What is told of the files that were left out, and all that is kept."""
        if self.whole is None and self.why is None and not self.served:
            # Nothing was collected, or it could not be.
            self.write({}, {})
            return
        for record, _ in self.served.values():
            self.report.tests.extend(self.here(one) for one in record["tests"])
        tables = {}
        if self.records:
            used = {one for one in (self.tree.digest(place) for place in self.whole.closure.files) if one in self.tree.tables}
            tables = {TABLES: {one: self.tree.tables[one] for one in sorted(used)}}
        self.write({**self.records, **tables}, self.decisions())

    def decisions(self):
        found = {}
        for test, (record, _) in self.served.items():
            found[test] = {"decision": "served", "reason": "nothing that it reaches changed", "evidence": [], "seconds": record["seconds"]}
        for test in self.ran:
            found[test] = {"decision": "ran", "reason": "; ".join(self.changed.get(test, ["no record of it"])), "evidence": []}
            if test in self.never:
                words = ["%s (%s)" % (why, what) if what else why for why, what in self.never[test].items()]
                found[test].update(decision="ran" if FAILED in self.never[test] else "never", evidence=words)
        return found

    def write(self, parts, files):
        with open(os.path.join(self.out, "parts.json"), "w", encoding="ascii") as file:
            json.dump({"version": 1, "parts": parts}, file, separators=(",", ":"))
        share = {word: sum(1 for one in files.values() if one["decision"] == word) for word in ("served", "ran", "never")}
        whole = {"version": 1, "granularity": self.granularity, "whole": self.why, "files": files, "share": share}
        with open(os.path.join(self.out, "selection.json"), "w", encoding="ascii") as file:
            json.dump(whole, file)


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            parts = json.load(file)["parts"]
        return parts if isinstance(parts, dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def tops(folders):
    """Without those that lie in another one."""
    some = sorted({one for one in folders if one is not None})
    return [one for one in some if not any(one != other and (other == "." or one.startswith(other + "/")) for other in some)]
