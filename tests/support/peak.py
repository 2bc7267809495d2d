"""A command in a process of its own that says how much memory it had at most.

`python -m tests.support.peak WORDS…`: runs `claimbase WORDS…`; the last line of standard error is the peak in KiB.
"""

import re
import sys
from pathlib import Path

from app.cli.commands import run


def peak() -> int:
    """Of this program: what `getrusage` says would count the process that started it, too."""
    found = re.search(r"^VmHWM:\s+([0-9]+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    code = run()
    print(peak(), file=sys.stderr)
    sys.exit(code)
