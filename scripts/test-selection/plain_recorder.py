"""A pytest plugin that writes outcome and seconds of every test to the file that SELECTION_RECORD names, and decides nothing."""

import json
import os
import resource

# Read at once: tests empty the environment and change the folder.
_FILE = os.path.abspath(os.environ.pop("SELECTION_RECORD"))
_MOST_SECONDS = 60
_ORDER = ["failed", "error", "xpassed", "passed", "xfailed", "skipped"]


class _Recorder:
    def __init__(self, config):
        self.config = config
        self.outcomes = {}
        self.seconds = {}

    def pytest_runtest_logreport(self, report):
        path = report.nodeid.split("::")[0]
        self.seconds[path] = self.seconds.get(path, 0) + report.duration
        word = self.config.hook.pytest_report_teststatus(report=report, config=self.config)[0]
        if word:
            self.add(report.nodeid, word)

    def pytest_collectreport(self, report):
        if not report.passed:
            self.add(report.nodeid, "skipped" if report.skipped else "error")

    def add(self, test, word):
        before = self.outcomes.get(test, word)
        known = [each for each in _ORDER if each in (before, word)]
        self.outcomes[test] = known[0] if known else word

    def pytest_unconfigure(self):
        whole = {"root": str(self.config.rootpath), "outcomes": self.outcomes, "seconds": self.seconds}
        descriptor = os.open(_FILE, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.write(descriptor, json.dumps(whole).encode())
        os.close(descriptor)


def pytest_configure(config):
    # A mutation may never end; seconds of the processor do not depend on what else the machine does.
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    config.pluginmanager.register(_Recorder(config), "plain-recorder")
