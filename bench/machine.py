"""What a report was measured on: processors, memory, system and versions, and nothing that names a place."""

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

OURS = ("sqlalchemy", "pyoxigraph", "rdflib", "fastapi", "uvicorn", "pydantic", "zstandard")


def machine() -> dict[str, str]:
    """Facts by name."""
    return {
        "processor": _first(Path("/proc/cpuinfo"), "model name"),
        "cores": str(os.cpu_count()),
        "memory": f"{int(_first(Path('/proc/meminfo'), 'MemTotal').split()[0]) / 2**20:.0f} GiB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in OURS},
    }


def commit() -> str:
    """The commit that was measured; “-dirty” where files differ from it, other than those that measuring writes."""
    number = _git("rev-parse", "--short=10", "HEAD")
    differs = _git("status", "--porcelain", "--", ".", ":(exclude)docs/performance", ":(exclude)docs/performance.md")
    return f"{number}{'-dirty' if differs else ''}" if number else "unknown"


def load() -> str:
    """How busy the machine was in the last minute."""
    return f"{os.getloadavg()[0]:.2f}"


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False).stdout.strip()


def _first(path: Path, name: str) -> str:
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "0 unknown"
