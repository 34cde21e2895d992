"""The whole suite once more, in a process like the first one: where what one test file leaves behind fails tests of another."""

import atexit
import json
import os
import sys

#: Instead of how fine records are: the run that was ended says how fine they were, and why all of it runs.
AGAIN = "again"
#: What the run that was ended left, and the next may not come to write.
LEFT = ("report.json", "junit.xml", "coverage.json", "coverage.xml", ".coverage")


class Start:
    """How this process was started, as it was before anything ran in it. `words`: the program's own."""

    def __init__(self, words):
        argv = getattr(sys, "orig_argv", None)
        self.folder = os.getcwd()
        self.variables = dict(os.environ)
        self.before = argv[1 : len(argv) - len(words)] if argv else None
        self.words = words

    def again(self, out):
        """Never returns."""
        for name in LEFT:
            if os.path.exists(os.path.join(out, name)):
                os.remove(os.path.join(out, name))
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os.chdir(self.folder)
        out_and_root, others = self.words[:2], self.words[3:]
        os.execve(sys.executable, [sys.executable, *self.before, *out_and_root, AGAIN, *others], self.variables)


def can_start_again():
    return bool(sys.executable) and hasattr(sys, "orig_argv")


def was_told(out):
    """How fine records were, and why the whole suite runs again."""
    with open(os.path.join(out, "selection.json"), encoding="utf-8") as file:
        told = json.load(file)
    return told["granularity"], told["whole"]
