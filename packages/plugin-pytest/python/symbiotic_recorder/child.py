"""The test files of one batch, one as a rule, in a process of their own, so that nothing that an earlier one left hides what they depend on."""

import json
import os
import pickle
import struct
import sys
import time
import traceback

import pytest

from . import batches
from .leaks import told_by


class Child:
    """What the forked process does. `leaks`: what it looks for where a test failed, and where all passed. What pytest would report goes to the process that collected, which reports it."""

    def __init__(self, session, watch, recorder, leaks, pipe):
        self.session = session
        self.config = session.config
        self.watch = watch
        self.recorder = recorder
        self.leaks = leaks
        self.has_failed = False
        self.pipe = pipe
        #: By what something that was left behind made itself known.
        self.left = None
        #: By test file.
        self.seconds = {}
        #: By fixture of the session: how long it took to set up.
        self.setups = {}

    def run(self, groups):
        """The tests of each file of the batch. Never returns."""
        status = 1
        try:
            self.quiet()
            self.config.pluginmanager.register(self, "symbiotic-child")
            loaded = set(sys.modules)
            self.watch.start_child()
            self.watch.on = False
            self.recorder.start_child()
            self.watch.on = True
            self.protocol([(test, item) for test, items in groups.items() for item in items])
            self.watch.on = False
            points = self.recorder.end_child()
            late = self.free()
            self.tell("end", {**self.told(set(sys.modules) - loaded), "points": points, "late": late, "left": self.left})
            status = 0
        except BaseException as error:  # Whatever it is, it is told: nobody else could.
            self.tell("broken", {"why": "%s: %s" % (type(error).__name__, error), "trace": traceback.format_exc()})
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def quiet(self):
        """The other process prints."""
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        writer = getattr(terminal, "_tw", None)
        if writer is not None:
            writer._file = open(os.devnull, "w", encoding="utf-8")

    def protocol(self, items):
        for at, (test, item) in enumerate(items):
            following = items[at + 1][1] if at + 1 < len(items) else None
            started = time.perf_counter()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[test] = self.seconds.get(test, 0) + time.perf_counter() - started
            if self.session.shouldfail or self.session.shouldstop:
                # What the last test shares with the next has to be taken down all the same.
                self.session._setupstate.teardown_exact(None)
                return

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        started = time.perf_counter()
        yield
        if fixturedef.scope in batches.SHARED:
            self.setups[batches.name_of(fixturedef)] = time.perf_counter() - started

    def free(self):
        """What ran while that was freed which nobody has any more."""
        # What a suite that passes leaves behind was not found by a test of such a mark, and would be by chance.
        leaks = self.leaks["failed" if self.has_failed else "passed"]
        if not leaks.failing:
            return {}
        self.recorder.go_on()
        self.watch.on = True
        left = leaks.left()
        self.watch.on = False
        self.left = self.left or left
        return self.recorder.end_child()

    def pytest_runtest_makereport(self, call):
        # Here it is a test of this file; among others it may be another one.
        if call.excinfo is not None:
            self.left = self.left or told_by(call.excinfo.value)

    def told(self, loaded):
        watch = self.watch
        places = {watch.tree.place(getattr(sys.modules.get(name), "__file__", None)) for name in loaded}
        called = {name for _, name in watch.imports}
        places |= {watch.tree.place(getattr(sys.modules.get(name), "__file__", None)) for name in called}
        return {
            **watch.seen.told(),
            "words": sorted(watch.words),
            "loaded": sorted(one for one in places if one is not None),
            "evidence": watch.evidence,
            "seconds": self.seconds,
            "setups": self.setups,
        }

    def pytest_runtest_logreport(self, report):
        self.has_failed = self.has_failed or report.failed
        data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.tell("report", data)

    def pytest_warning_recorded(self, warning_message, when, nodeid, location):
        text = "%s" % (warning_message.message,)
        self.tell(
            "warning",
            {
                "text": text,
                "kind": warning_message.category.__name__,
                "file": str(warning_message.filename),
                "line": warning_message.lineno,
                "when": when,
                "nodeid": nodeid,
                "location": list(location) if location else None,
            },
        )

    def tell(self, kind, value):
        on, self.watch.on = self.watch.on, False
        try:
            # Tuples stay tuples: plugins look at what they are.
            text = pickle.dumps((kind, value))
        except Exception:  # A plugin may put into a report what no other process can have.
            text = pickle.dumps((kind, json.loads(json.dumps(value, default=str))))
        self.pipe.write(struct.pack("!Q", len(text)) + text)
        self.pipe.flush()
        self.watch.on = on
