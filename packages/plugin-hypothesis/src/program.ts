/**
 * A Python program that runs pytest as `python -m pytest` does: `<out> <max examples, 0 for none> <arguments of pytest...>`.
 * What pytest and the tests print goes to standard error; standard output is a report as JSON, with what went wrong in each test and
 * the notes in which hypothesis tells of an example. Its exit code is pytest's; 70 where there is no pytest.
 * It goes to Python by `-c`, so nothing has to be importable in the project's environment, and holds no double quotes: programs
 * that start others on Windows disagree about them.
 */
export const PROGRAM: string = String.raw`import json, os, sys

cwd = os.getcwd()
if sys.path and sys.path[0] == '':
    sys.path[0] = cwd
out, most, words = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
sys.stdout.flush()
report_to = os.dup(1)
os.dup2(2, 1)

try:
    import pytest
except ImportError:
    sys.stderr.write('error: pytest is not installed beside hypothesis\n')
    sys.exit(70)


def plain(path):
    return str(path).replace(os.sep, '/')


def leaves(error):
    inner = getattr(error, 'exceptions', None)
    if isinstance(inner, (list, tuple)) and inner:
        return [leaf for each in inner for leaf in leaves(each)]
    return [error]


def text_of(error):
    try:
        return str(error)
    except Exception:
        return ''


def told(error):
    notes = [str(note) for note in getattr(error, '__notes__', None) or []]
    return {'type': type(error).__name__, 'message': text_of(error)[:4000], 'notes': notes}


class Report:
    def __init__(self):
        self.ran = 0
        self.problems = []

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config):
        self.rootdir = str(getattr(config, 'rootpath', None) or config.rootdir)
        if most:
            from hypothesis import settings
            settings.register_profile('symbiotic', settings(max_examples=most))
            settings.load_profile('symbiotic')

    def add(self, nodeid, kind, place, errors, sections=()):
        path, line = place[:2]
        # A state machine is run by a function of hypothesis, which is no place in the project.
        if any('/' + name + '/' in plain(path) for name in ('site-packages', 'dist-packages')):
            path, line = str(nodeid).split('::')[0], None
        self.problems.append({
            'id': str(nodeid),
            'kind': kind,
            'file': plain(os.path.join(self.rootdir, path)),
            'line': None if line is None else line + 1,
            'errors': errors,
            'printed': [text for _, text in sections if ' example:' in text],
        })

    # Around all others: older releases of hypothesis write the example into a section of the report.
    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        report = outcome.get_result()
        self.ran += report.when == 'call'
        if report.failed:
            error = call.excinfo.value if call.excinfo else None
            said = [told(leaf) for leaf in leaves(error)] if error else []
            said = said or [{'type': 'failed', 'message': str(report.longrepr)[:4000], 'notes': []}]
            kind = 'failed' if report.when == 'call' else 'error'
            self.add(report.nodeid, kind, report.location, said, report.sections)

    @pytest.hookimpl(trylast=True)
    def pytest_collectreport(self, report):
        if report.failed:
            last = str(report.longrepr).strip().splitlines()[-1:] or ['']
            error = {'type': 'collection', 'message': last[0], 'notes': []}
            self.add(report.nodeid, 'collection', (report.nodeid.split('::')[0], None), [error])


plugin = Report()
cache = ['-o', 'cache_dir=' + os.path.join(out, 'cache')]
code = int(pytest.main([*words, *cache], plugins=[plugin]))
report = {'version': 1, 'exit': code, 'ran': plugin.ran, 'problems': plugin.problems}
with os.fdopen(report_to, 'w', encoding='ascii') as file:
    file.write(json.dumps(report) + '\n')
sys.exit(code)
`;
