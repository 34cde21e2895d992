"""Work of the recorder's own: a tracer has nothing to learn from it, and makes it several times as slow."""

import functools
import sys


def untraced(work):
    """Of the thread that calls it; nothing of the suite may run in it."""

    @functools.wraps(work)
    def wrapped(*args, **kwargs):
        tracer = sys.gettrace()
        if tracer is None:
            return work(*args, **kwargs)
        # Both from one call: coverage's tracer keeps a stack of the calls that it saw begin.
        sys.settrace(None)
        try:
            return work(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return wrapped
