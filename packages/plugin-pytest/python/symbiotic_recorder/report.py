"""What pytest reported, test by test, as the plugin reads it."""

import json
import os


def plain(path):
    return str(path).replace(os.sep, "/")


def message_of(report):
    longrepr = report.longrepr
    if hasattr(report, "wasxfail"):
        return str(report.wasxfail)
    crash = getattr(longrepr, "reprcrash", None)
    if crash is not None:
        return str(crash.message)
    if isinstance(longrepr, tuple):
        return str(longrepr[2])
    return "" if longrepr is None else str(longrepr)


def trace_of(report):
    entries = getattr(getattr(report.longrepr, "reprtraceback", None), "reprentries", None) or []
    places = [getattr(entry, "reprfileloc", None) for entry in entries]
    places.append(getattr(report.longrepr, "reprcrash", None))
    return [[plain(place.path), int(place.lineno)] for place in places if place is not None]


class Report:
    """Registers with the controlling process only, so workers of pytest-xdist run exactly as they would without it."""

    def __init__(self, out):
        self.out = out
        self.cwd = os.getcwd()
        self.tests = []
        self.exit = None
        self.config = None

    def pytest_configure(self, config):
        self.config = config

    def pytest_runtest_logreport(self, report):
        category = self.config.hook.pytest_report_teststatus(report=report, config=self.config)[0]
        if category:
            self.add(report, category)

    def pytest_collectreport(self, report):
        if not report.passed:
            self.add(report, "skipped" if report.skipped else "error")

    def add(self, report, category):
        test = {"id": str(report.nodeid), "category": category, "outcome": str(report.outcome)}
        if category != "passed":
            place = report.location
            test["file"] = plain(place[0])
            test["line"] = None if place[1] is None else place[1] + 1
            test["message"] = message_of(report)[-8000:]
            test["trace"] = trace_of(report)
        self.tests.append(test)

    def pytest_sessionfinish(self, session, exitstatus):
        self.exit = int(exitstatus)

    def write(self):
        """Folders end with a slash: so the engine knows the repository's root among them and makes all paths relative to it."""
        root = getattr(self.config, "rootpath", None) or self.config.rootdir
        folders = {"cwd": plain(self.cwd) + "/", "rootdir": plain(root) + "/"}
        whole = {"version": 1, **folders, "exit": self.exit, "tests": self.tests}
        with open(os.path.join(self.out, "report.json"), "w", encoding="ascii") as file:
            json.dump(whole, file)
