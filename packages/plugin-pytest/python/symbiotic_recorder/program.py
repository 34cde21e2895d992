"""Runs pytest as `python -m pytest` does, and leaves in the task's folder what it reported and what is known of each test file."""

import importlib.util
import os
import sys

from .again import AGAIN, Start, was_told
from .plugin import Recorder
from .report import Report


class Last:
    """Writes when pytest has ended, however it did."""

    def __init__(self, report, recorder):
        self.report = report
        self.recorder = recorder

    def pytest_unconfigure(self, config):
        if self.recorder is not None:
            self.recorder.finish()
        self.report.write()


def main():
    """The words are the task's folder, the way up to the repository, and how fine records are; then pytest's own."""
    start = Start(sys.argv[1:])
    out, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    granularity, whole = was_told(out) if sys.argv[3] == AGAIN else (sys.argv[3], None)
    if "COVERAGE_FILE" in os.environ:
        os.environ["COVERAGE_FILE"] = os.path.abspath(os.environ["COVERAGE_FILE"])
    if sys.path and sys.path[0] == "":
        sys.path[0] = os.getcwd()
    spec = importlib.util.find_spec("pytest.__main__")
    sys.argv[:4] = [spec.origin]
    sys.modules["__main__"].__dict__.update(
        __spec__=spec, __file__=spec.origin, __loader__=spec.loader, __package__="pytest"
    )
    import pytest

    trylast = pytest.hookimpl(trylast=True)
    for name in ("pytest_runtest_logreport", "pytest_collectreport", "pytest_sessionfinish"):
        setattr(Report, name, trylast(getattr(Report, name)))
    report = Report(out)
    recorder = None if granularity == "project" else Recorder(out, root, granularity, report, whole)
    if recorder is not None:
        first = pytest.hookimpl(tryfirst=True)
        for name in ("pytest_collection", "pytest_runtestloop"):
            setattr(Recorder, name, first(getattr(Recorder, name)))
        if not hasattr(pytest, "version_tuple"):
            # Older ones give what they collect by another name.
            Recorder.pytest_ignore_collect = lambda self, path: self.ignores(path)
        Recorder.pytest_collection_modifyitems = trylast(Recorder.pytest_collection_modifyitems)
    Last.pytest_unconfigure = trylast(Last.pytest_unconfigure)
    plugins = [report, *([recorder] if recorder else []), Last(report, recorder)]
    status = pytest.main(plugins=plugins)
    if recorder is not None and recorder.again is not None:
        print("\n%s: all of them run again, in one process" % recorder.again)
        start.again(out)
    return status
