"""A process that is divided off this one, and what it tells until it ends."""

import os
import pickle
import struct
import sys


class End:
    """`told`: what it left, None where it never came to that; then `why` and `trace` say how it ended."""

    def __init__(self):
        self.told = None
        self.why = ""
        self.trace = ""
        #: Tests that came to their end, by their ids.
        self.ended = set()


def divided(work, hear, meanwhile):
    """
    Runs `work` in a process of its own, with the pipe that it tells by; `hear` takes what it reports and warns of, as it comes.
    `meanwhile` is done here while it begins.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        work(os.fdopen(writing, "wb"))
    os.close(writing)
    end = End()
    with os.fdopen(reading, "rb") as pipe:
        meanwhile()
        for kind, value in messages(pipe):
            if kind == "end":
                end.told = value
            elif kind == "broken":
                end.why, end.trace = value["why"], value["trace"]
            else:
                hear(kind, value)
                if kind == "report" and value["when"] == "teardown":
                    end.ended.add(value["nodeid"])
    _, status = os.waitpid(pid, 0)
    if end.told is None and not end.why:
        end.why = "its process ended by signal %d" % (status & 127) if status & 127 else "its process ended early"
    return end


def messages(pipe):
    """What the other process tells, as it tells it, until it ends."""
    while True:
        head = pipe.read(8)
        if len(head) < 8:
            return
        text = pipe.read(struct.unpack("!Q", head)[0])
        yield pickle.loads(text)
