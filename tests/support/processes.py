"""Other processes, as the machine tells of them, and waiting for what they do."""

import time
from collections.abc import Callable
from pathlib import Path

# In looks of a fiftieth of a second.
PATIENCE = 1_000


def children(of: int) -> list[int]:
    """The processes below one, however deep."""
    found: list[int] = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text("utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == of and fields[0] != "Z":
            pid = int(place.parent.name)
            found += [pid, *children(pid)]
    return found


def wait_until(holds: Callable[[], bool]) -> bool:
    """False where it did not come to hold."""
    for _ in range(PATIENCE):
        if holds():
            return True
        time.sleep(0.02)
    return False
