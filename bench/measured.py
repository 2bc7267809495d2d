"""Runs one command and writes its seconds and its highest memory to a file: `measured.py FILE COMMAND…`.

A small process of its own, since the system counts the memory of whoever starts a command as the command's.
"""

import json
import os
import sys
import time

with open(sys.argv[1], "w") as figures:  # noqa: PTH123 - pathlib would make this process twice as large
    begun = time.perf_counter()
    pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    json.dump({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}, figures)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
