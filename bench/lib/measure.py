"""Runs a command to its end and prints how long it took, how much of the processors and how much memory.

Small on purpose: the system counts the memory of the process that starts another into the peak of the
started one, so a large starter would hide small peaks.
"""

import json
import os
import sys
import time

stdin, output, *argv = sys.argv[1:]
write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
actions = [
    (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, output, write, 0o644),
    (os.POSIX_SPAWN_DUP2, 1, 2),
]
start = time.perf_counter()
process = os.posix_spawnp(argv[0], argv, os.environ, file_actions=actions)
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - start
unit = 1024 if sys.platform == "darwin" else 1
print(
    json.dumps(
        {
            "ms": round(seconds * 1000, 2),
            "cpuMs": round((usage.ru_utime + usage.ru_stime) * 1000, 2),
            "peakKb": usage.ru_maxrss // unit,
            "exitCode": os.waitstatus_to_exitcode(status),
        }
    )
)
