"""What others would pick instead, each in an environment of its own, so that ours keeps its versions."""

import shutil
import subprocess
import sys
from pathlib import Path

from bench.corpora import ROOM
from bench.rounds import CommandFailed

LOCKS = Path(__file__).with_name("locks")


class PeerMissing(Exception):
    """A peer is not on this machine; the row says so, and how to get it."""


def peer(name: str) -> Path:
    """The folder of programs of a peer's environment; built from its lock file where it is not there.

    Raises CommandFailed with the installer's words.
    """
    folder, lock = ROOM / "peers" / name, LOCKS / f"{name}.lock"
    built = folder / lock.name
    if built.exists() and built.read_bytes() == lock.read_bytes():
        return (folder / "bin").absolute()
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip: list[str | Path] = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    said = subprocess.run([*pip, "--require-hashes", "-r", lock], capture_output=True, text=True, check=False)
    if said.returncode != 0:
        raise CommandFailed(f"{name} could not be installed: {said.stderr.strip()[-800:]}")
    shutil.copyfile(lock, built)
    return (folder / "bin").absolute()


def peer_version(name: str, package: str) -> str:
    """The version that a peer's lock file names."""
    for line in (LOCKS / f"{name}.lock").read_text("utf-8").splitlines():
        if line.startswith(f"{package}=="):
            return line.split("==")[1].split()[0].rstrip(";\\")
    return "unknown"


def program(name: str, package: str) -> str:
    """A program of the system. Raises PeerMissing with the Debian package that brings it."""
    if found := shutil.which(name, path="/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"):
        return found
    raise PeerMissing(f"{name} is not on this machine (Debian: apt-get install {package})")
