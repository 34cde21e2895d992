"""What another process told of its tests, told to pytest as if they had run here."""

import builtins
import warnings


def hand_on(config, kind, value):
    (warn if kind == "warning" else replay)(config, value)


def replay(config, value):
    report = config.hook.pytest_report_from_serializable(config=config, data=value)
    hook = config.hook
    if report.when == "setup":
        hook.pytest_runtest_logstart(nodeid=report.nodeid, location=report.location)
    hook.pytest_runtest_logreport(report=report)
    if report.when == "teardown":
        hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)


def lost(config, item, why, trace):
    """A test that never told how it ended has failed."""
    from _pytest.reports import TestReport

    report = TestReport(
        nodeid=item.nodeid,
        location=item.location,
        keywords={},
        outcome="failed",
        longrepr="%s\n%s" % (why, trace),
        when="call",
        sections=[],
        duration=0,
    )
    config.hook.pytest_runtest_logreport(report=report)


def warn(config, value):
    kind = getattr(builtins, value["kind"], UserWarning)
    try:
        message = kind(value["text"])
    except Exception:  # Of a warning with arguments of its own the text is told.
        kind, message = UserWarning, UserWarning(value["text"])
    config.hook.pytest_warning_recorded.call_historic(
        kwargs={
            "warning_message": warnings.WarningMessage(message=message, category=kind, filename=value["file"], lineno=value["line"]),
            "when": value["when"],
            "nodeid": value["nodeid"],
            "location": tuple(value["location"]) if value["location"] else None,
        }
    )
