"""Whether the test files of a run can be looked at one by one at all."""

import os
import threading

from . import again, leaks

#: Plugins that decide about all tests at once, or gather over all of them what no single file has.
WHOLE = {
    "xdist": "runs tests in processes of pytest-xdist",
    "dsession": "runs tests in processes of pytest-xdist",
    "randomly": "orders tests by chance (pytest-randomly)",
    "random_order": "orders tests by chance (pytest-random-order)",
    "benchmark": "gathers measurements over all tests (pytest-benchmark)",
    "django": "has a database for all tests (pytest-django)",
    "testmon": "selects tests itself (pytest-testmon)",
    "forked": "runs tests in processes of pytest-forked",
    "pytest-sugar": "",
}
OPTIONS = (
    ("usepdb", "is run in a debugger"),
    ("lf", "runs what failed before"),
    ("stepwise", "goes step by step"),
    ("collectonly", "only collects"),
    ("setuponly", "only sets up"),
    ("setupshow", "shows what is set up"),
    ("newfirst", "runs what failed before"),
    ("cacheshow", "shows the cache"),
)


def why_whole(config):
    """Why all tests run in one process, as pytest itself has it; None where each file may have its own."""
    if not hasattr(os, "fork"):
        return "this system cannot divide a process that has collected"
    others = [one.name for one in threading.enumerate() if one is not threading.main_thread() and not is_idle(one)]
    if others:
        return "a thread was started before the first test (%s)" % ", ".join(sorted(others))
    if not again.can_start_again() and leaks.Leaks(config).failing:
        return "what a file leaves behind may fail tests of others, and this Python cannot be started again for that"
    for name, why in WHOLE.items():
        if why and has(config, name):
            return why
    for name, why in OPTIONS:
        if getattr(config.option, name, None):
            return why
    return None


def is_idle(thread):
    """Whether it only waits for workers that a run without pytest-xdist never has."""
    return getattr(getattr(thread, "_target", None), "__module__", "") == "pytest_rerunfailures"


def has(config, name):
    plugins = config.pluginmanager
    if name in ("xdist", "dsession"):
        return getattr(config.option, "dist", "no") != "no" or bool(getattr(config.option, "numprocesses", None))
    if name == "benchmark":
        return False if getattr(config.option, "benchmark_disable", False) else plugins.hasplugin(name)
    if name == "random_order":
        return getattr(config.option, "random_order_bucket", None) is not None and plugins.hasplugin("random_order")
    if name == "testmon":
        return bool(getattr(config.option, "testmon", False))
    if name == "forked":
        return bool(getattr(config.option, "forked", False))
    return plugins.hasplugin(name) or plugins.hasplugin("pytest_" + name)
