"""Servers for a benchmark: on a free port of loopback, ended by their own process id."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.rounds import CommandFailed

PATIENCE_SECONDS = 600


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    command: Sequence[str | Path], ready: str, *, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The server, from when the address `ready` answers 200. Raises CommandFailed where it never does."""
    server = subprocess.Popen(
        [str(word) for word in command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(ready, server)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], *, every: float = 0.05) -> float:
    """Seconds until the address answers 200."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE_SECONDS:
        if server.poll() is not None:
            raise CommandFailed(f"the server at {address} ended with {server.returncode}")
        try:
            if httpx.get(address, timeout=PATIENCE_SECONDS).status_code == 200:
                return time.perf_counter() - begun
        except httpx.TransportError:
            pass
        time.sleep(every)
    raise CommandFailed(f"no answer at {address} in {PATIENCE_SECONDS} seconds")
