"""A pytest plugin that writes down every report as pytest makes it, one JSON line each, and decides nothing."""

import json
import os


# Read at once: tests empty the environment.
_FILE = os.environ["HAND_RECORD"]


def _write(line):
    with open(_FILE, "a", encoding="ascii") as file:
        file.write(json.dumps(line) + "\n")


class _Recorder:
    def pytest_runtest_logreport(self, report):
        _write(
            {
                "id": report.nodeid,
                "when": report.when,
                "outcome": report.outcome,
                "xfail": hasattr(report, "wasxfail"),
                "kind": type(report).__name__,
                "text": str(report.longrepr or "")[-600:],
            }
        )

    def pytest_collectreport(self, report):
        if not report.passed:
            text = str(report.longrepr or "")[-600:]
            _write({"id": report.nodeid, "when": "collect", "outcome": report.outcome, "xfail": False, "text": text})

    def pytest_sessionfinish(self, session, exitstatus):
        _write({"exit": int(exitstatus)})


def pytest_configure(config):
    if hasattr(config, "workerinput"):
        return
    _write({"rootdir": str(config.rootpath), "cwd": os.getcwd()})
    config.pluginmanager.register(_Recorder(), "hand-recorder")
