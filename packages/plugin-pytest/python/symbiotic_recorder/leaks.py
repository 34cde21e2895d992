"""What a test file leaves unclosed: pytest tells it of whichever test runs when it is found, so of one of another file, too."""

import contextlib
import gc
import sys
import warnings

#: pytest's plugins that tell of it, the function of each that fails a test by what was found since the last one, and the warning.
TELLING = (
    ("unraisableexception", "collect_unraisable", "PytestUnraisableExceptionWarning"),
    ("threadexception", "collect_thread_exception", "PytestUnhandledThreadExceptionWarning"),
)
#: What frees things may leave more to be found.
ROUNDS = 4


class Leaks:
    """By the filters of the whole run, and by these of single tests, too: whichever of them runs may be the one that is told."""

    def __init__(self, config, marks=()):
        self.config = config
        self.marks = sorted(marks)
        with self.filters():
            #: The plugins by whose warnings a test fails.
            self.failing = {plugin for plugin, _, name in TELLING if config.pluginmanager.hasplugin(plugin) and is_error(name)}

    @contextlib.contextmanager
    def filters(self):
        """As pytest has them while a test runs; what is only shown is shown to nobody."""
        from _pytest import warnings as inner

        with contextlib.ExitStack() as stack:
            if self.config.pluginmanager.hasplugin("warnings"):
                stack.enter_context(inner.catch_warnings_for_item(config=self.config, ihook=Silent, when="runtest", item=None))
                for mark in self.marks:
                    warnings.filterwarnings(*parsed(mark))
            else:
                stack.enter_context(warnings.catch_warnings(record=True))
            yield

    def left(self):
        """What is raised when everything is freed that nobody has any more, by its name; None where no test fails by it."""
        if not self.failing:
            return None
        forget(self.config)
        with self.filters():
            raised = raised_by_freeing()
            return next(iter([*(raised if "unraisableexception" in self.failing else []), *self.untold()]), None)

    def untold(self):
        """What pytest found since the last test, and would tell of the next one."""
        for plugin, function, _ in TELLING:
            collect = getattr(sys.modules.get("_pytest.%s" % plugin), function, None)
            try:
                if collect is not None and plugin in self.failing:
                    collect(self.config)
            except Exception as error:
                yield type(error.__cause__ or error).__name__


def raised_by_freeing():
    found = []
    hook, sys.unraisablehook = sys.unraisablehook, lambda one: found.append(one.exc_type.__name__)
    try:
        gc.collect()
        # All that was left had its end told by now; what that made is young.
        for _ in range(ROUNDS):
            if gc.collect(0) == 0:
                break
    finally:
        sys.unraisablehook = hook
    return found


class Silent:
    """Takes warnings that are only shown."""

    class pytest_warning_recorded:
        @staticmethod
        def call_historic(kwargs):
            """Nobody is told."""


def told_by(error):
    """The name of what was raised where a test failed by what it, or another one, left behind; else None."""
    # What waits for a test's end may put its own around it; and errors may stand around each other in a ring.
    left, seen = [error], {id(None)}
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if type(one).__name__ in {name for _, _, name in TELLING}:
            return type(one.__cause__ or one).__name__
        left += [one.__context__, one.__cause__, *getattr(one, "exceptions", ())]
    return None


def marks_of(items):
    """The filters of these tests that make an error of a warning."""
    return {
        one
        for item in items
        for mark in item.iter_markers("filterwarnings")
        for one in mark.args
        if isinstance(one, str) and one.strip().startswith("error")
    }


def parsed(mark):
    from _pytest import config, warnings as inner

    return (getattr(config, "parse_warning_filter", None) or inner.parse_warning_filter)(mark, escape=False)


def is_error(name):
    """Whether a warning that is told becomes an error, whatever its text."""
    import pytest

    kind = getattr(pytest, name, None)
    for action, message, category, module, line in getattr(warnings, "_get_filters", lambda: warnings.filters)():
        if kind is not None and issubclass(kind, category):
            if action == "error":
                return True
            if message is None and module is None and not line:
                return False
    return False


def forget(config):
    """What is kept of the test that failed last, only so that somebody can look at it."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    logging = config.pluginmanager.get_plugin("logging-plugin")
    for name in ("caplog_handler", "report_handler"):
        handler = getattr(logging, name, None)
        if handler is not None:
            handler.reset()
