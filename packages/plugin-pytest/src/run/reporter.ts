/** The name of the file that the reporter leaves in the task's folder. */
export const REPORT = "report.json";

/**
 * A Python program that runs pytest as `python -m pytest` does and leaves what pytest reported, test by test, in the folder
 * that is its first argument. It goes to Python by `-c`, so nothing has to be importable in the project's environment, and it
 * registers with the controlling process only, so workers of pytest-xdist run exactly as they would without it.
 * It holds no double quotes: programs that start others on Windows disagree about them. Folders end with a slash: so the
 * engine knows the repository's root among them and makes all paths relative to it.
 */
export const REPORTER: string = String.raw`import importlib.util, json, os, sys

cwd = os.getcwd()
out = os.path.abspath(sys.argv[1])
if 'COVERAGE_FILE' in os.environ:
    os.environ['COVERAGE_FILE'] = os.path.abspath(os.environ['COVERAGE_FILE'])
if sys.path and sys.path[0] == '':
    sys.path[0] = cwd
spec = importlib.util.find_spec('pytest.__main__')
sys.argv[:2] = [spec.origin]
globals().update(__spec__=spec, __file__=spec.origin, __loader__=spec.loader, __package__='pytest')

import pytest


def plain(path):
    return str(path).replace(os.sep, '/')


def message_of(report):
    longrepr = report.longrepr
    if hasattr(report, 'wasxfail'):
        return str(report.wasxfail)
    crash = getattr(longrepr, 'reprcrash', None)
    if crash is not None:
        return str(crash.message)
    if isinstance(longrepr, tuple):
        return str(longrepr[2])
    return '' if longrepr is None else str(longrepr)


def trace_of(report):
    entries = getattr(getattr(report.longrepr, 'reprtraceback', None), 'reprentries', None) or []
    places = [getattr(entry, 'reprfileloc', None) for entry in entries]
    places.append(getattr(report.longrepr, 'reprcrash', None))
    return [[plain(place.path), int(place.lineno)] for place in places if place is not None]


class Report:
    def __init__(self):
        self.tests = []
        self.exit = None

    def pytest_configure(self, config):
        self.config = config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report):
        category = self.config.hook.pytest_report_teststatus(report=report, config=self.config)[0]
        if category:
            self.add(report, category)

    @pytest.hookimpl(trylast=True)
    def pytest_collectreport(self, report):
        if not report.passed:
            self.add(report, 'skipped' if report.skipped else 'error')

    def add(self, report, category):
        test = {'id': str(report.nodeid), 'category': category, 'outcome': str(report.outcome)}
        if category != 'passed':
            place = report.location
            test['file'] = plain(place[0])
            test['line'] = None if place[1] is None else place[1] + 1
            test['message'] = message_of(report)[-8000:]
            test['trace'] = trace_of(report)
        self.tests.append(test)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        self.exit = int(exitstatus)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config):
        root = getattr(config, 'rootpath', None) or config.rootdir
        folders = {'cwd': plain(cwd) + '/', 'rootdir': plain(root) + '/'}
        whole = {'version': 1, **folders, 'exit': self.exit, 'tests': self.tests}
        with open(os.path.join(out, 'report.json'), 'w', encoding='ascii') as file:
            json.dump(whole, file)


sys.exit(pytest.main(plugins=[Report()]))
`;
