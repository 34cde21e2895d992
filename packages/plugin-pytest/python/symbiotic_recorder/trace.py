"""Which lines, or which functions, ran: by the repository's own coverage where it is measured, else by a tracer of ours."""

import copy
import os
import sys
import threading

from .gathered import gathered_by, share_decisions


def recorder_of(config):
    """The recorder of a run, and why none can be trusted: one of the two is None."""
    plugin = config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None:
        return (Calls(), None) if sys.gettrace() is None else (None, "something else traces the run")
    cov = getattr(controller, "cov", None)
    if cov is None:
        return None, "its coverage is measured in a way that is not known here"
    settings = cov.config
    if getattr(config.option, "cov_context", None) or settings.dynamic_context or settings.context:
        return None, "its coverage is measured by context"
    if set(settings.concurrency or ["thread"]) - {"thread"}:
        return None, "its coverage is measured with %s" % ", ".join(settings.concurrency)
    if getattr(settings, "plugins", None) or getattr(settings, "patch", None):
        return None, "its coverage is measured with plugins or patches"
    return Lines(cov, plugin), None


WARNINGS = ("module-not-measured", "module-not-imported", "no-data-collected", "module-not-python", "already-imported")


class Lines:
    """Coverage's own measure. `imported`: what the process that collects has run."""

    kind = "lines"

    def __init__(self, cov, plugin):
        self.cov = cov
        self.plugin = plugin
        self.own = None
        self.gathered = None

    def start(self):
        """Coverage measures since before this."""

    def imported(self):
        return measured(self.cov.get_data())

    def prepare(self):
        """Once, before anything is divided off: to make a measure takes as long as some files of tests, to start it again nothing."""
        import coverage

        self.cov.stop()
        self.own = coverage.Coverage(data_file=None, config_file=False)
        self.own.config = copy.copy(self.cov.config)
        # What is amiss with all of it was said once.
        self.own.config.disable_warnings = [*self.own.config.disable_warnings, *WARNINGS]
        self.own.start()
        self.own.stop()
        self.gathered = gathered_by(self.own)
        share_decisions(self.own, self.cov)
        self.cov.start()

    def start_child(self):
        # Older releases of pytest-cov begin a measure of their own in a process that is not the one they know.
        self.plugin.pid = os.getpid()
        self.cov.stop()
        self.own.start()

    def go_on(self):
        """After `end_child`."""
        self.own.start()

    def end_child(self):
        """What ran since this was asked last; it may be told of more."""
        self.own.stop()
        if self.gathered is not None:
            return self.gathered.taken()
        return measured(self.own.get_data())

    def add(self, points):
        """Takes in what was measured elsewhere: lines by absolute path, or arcs."""
        data = self.cov.get_data()
        if not points:
            return
        if data.has_arcs() or self.cov.config.branch:
            data.add_arcs(points)
        else:
            data.add_lines(points)


def measured(data):
    """By absolute path: the lines that ran; where branches are measured, the pairs of lines."""
    if data.has_arcs():
        return {file: set(map(tuple, data.arcs(file) or ())) for file in data.measured_files()}
    return {file: set(data.lines(file) or ()) for file in data.measured_files()}


class Calls:
    """By absolute path: the first lines of the code that was called. It costs a call a call, and sees no lines."""

    kind = "calls"

    def __init__(self):
        self.codes = set()

    def start(self):
        if hasattr(sys, "monitoring"):
            self.monitor()
        else:
            sys.settrace(self.called)
            threading.settrace(self.called)

    def called(self, frame, event, arg):
        self.codes.add(frame.f_code)

    def monitor(self):
        tool = sys.monitoring
        tool.use_tool_id(tool.PROFILER_ID, "symbiotic")
        tool.register_callback(tool.PROFILER_ID, tool.events.PY_START, self.started)
        tool.set_events(tool.PROFILER_ID, tool.events.PY_START)

    def started(self, code, offset):
        self.codes.add(code)
        return sys.monitoring.DISABLE

    def found(self):
        points = {}
        for code in self.codes:
            # A function may begin where its module does.
            points.setdefault(code.co_filename, set()).add(0 if code.co_name == "<module>" else code.co_firstlineno)
        return points

    def imported(self):
        return self.found()

    def prepare(self):
        """A set is made at once."""

    def start_child(self):
        self.codes = set()
        if hasattr(sys, "monitoring"):
            sys.monitoring.restart_events()

    def go_on(self):
        """After `end_child`."""
        if not hasattr(sys, "monitoring"):
            self.start()

    def end_child(self):
        if not hasattr(sys, "monitoring"):
            sys.settrace(None)
            threading.settrace(None)
        return self.found()

    def add(self, points):
        """Nobody asks for lines."""
