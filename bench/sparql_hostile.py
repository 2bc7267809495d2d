"""How long a lookup takes while others put queries that mean harm: `python -m bench.sparql_hostile --minutes 10`.

It serves the sample, or the knowledge base that `--data` names. All clients are on loopback, each with an address of
its own, since limits are per address. Times are reported, and judged by whoever reads them.
"""

import argparse
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx

from tests.support.ears import listening
from tests.support.killers import KILLERS, Killer
from tests.support.processes import children

# As many as run within the time that one address may ask for in a minute.
FOR_ONE_ADDRESS = 3
# Between two lookups: a reader who clicks, not a race.
PAUSE_SECONDS = 0.05
FIRST = "SELECT ?s { ?s a <http://schema.org/Claim> } ORDER BY ?s LIMIT 1"
PATIENCE_SECONDS = 120


@dataclass
class Taken:
    """Seconds of each lookup, and the statuses that were given."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def told(self) -> str:
        """In milliseconds."""
        p95 = self.p95 * 1000
        middle = median(self.seconds) * 1000
        return f"{len(self.seconds)} lookups, median {middle:.1f} ms, p95 {p95:.1f} ms, statuses {dict(self.statuses)}"

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]


def main(words: Sequence[str] | None = None) -> int:
    """0 where the server was there at the end, no packet came, and each lookup was answered."""
    wanted = _wanted(words)
    with tempfile.TemporaryDirectory() as made, listening() as ear:
        data = wanted.data or _sample(Path(made))
        with _served(data, wanted.port) as (server, base):
            subject = _first_subject(base)
            idle = look_up(base, subject, wanted.idle)
            print(f"idle:       {idle.told()}", flush=True)
            before = _memory(server.pid)
            given = Counter[int]()
            fired = _fire(base, ear.address, wanted, given)
            meanwhile = look_up(base, subject, 60 * wanted.minutes)
            for thread in fired:
                thread.join()
            print(f"under fire: {meanwhile.told()}")
            print(f"p95 under fire: {meanwhile.p95 / idle.p95:.1f} times idle")
            print(f"hostile queries: {given.total()}, statuses {dict(sorted(given.items()))}")
            alive = server.poll() is None
            print(
                f"server: {'the same process' if alive else 'ENDED'}, {(_memory(server.pid) - before) / 2**20:+.1f} MiB"
            )
            left = _settled(server.pid)
            print(f"processes left: {left} (the keeper, and a child that waits); calls to elsewhere: {ear.calls}")
    return 0 if alive and left == 2 and not ear.calls and set(meanwhile.statuses) == {200} else 1


def look_up(base: str, subject: str, seconds: float) -> Taken:
    """One client that asks for one subject again and again, each time in other words, so that no answer is kept."""
    taken = Taken()
    end = time.monotonic() + seconds
    with httpx.Client(base_url=base, timeout=60) as client:
        for number in itertools.count():
            if time.monotonic() >= end and number > 1:
                return taken
            query = f"SELECT ?p ?o {{ <{subject}> ?p ?o }} # {number} {end}"
            start = time.perf_counter()
            reply = client.get("/sparql", params={"query": query})
            taken.seconds.append(time.perf_counter() - start)
            taken.statuses[reply.status_code] += 1
            time.sleep(PAUSE_SECONDS)
    return taken


def _wanted(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10, help="under fire (10)")
    parser.add_argument("--idle", type=float, default=30, help="seconds without (30)")
    parser.add_argument("--data", type=Path, help="a knowledge base; left out, the sample is made")
    parser.add_argument("--hostile", type=int, default=4, help="clients at a time that mean harm (4)")
    parser.add_argument("--port", type=int, default=0, help="left out, one that is free")
    return parser.parse_args(words)


def _sample(folder: Path) -> Path:
    _claimbase(folder, "init", "--sample").check_returncode()
    return folder


def _claimbase(data: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(_command(*words), env=_surroundings(data), check=False, capture_output=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", *words]


def _surroundings(data: Path) -> dict[str, str]:
    """No setting of another installation reaches it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBASE_")}
    return kept | {"CLAIMBASE_DATA": str(data)}


@contextmanager
def _served(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
    command = _command("serve", "--port", str(port))
    with subprocess.Popen(
        command, env=_surroundings(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield server, f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _first_subject(base: str) -> str:
    """Of a claim, once the index is made."""
    end = time.monotonic() + PATIENCE_SECONDS
    with httpx.Client(base_url=base, timeout=60) as client:
        while True:
            try:
                reply = client.get("/sparql", params={"query": FIRST})
                if reply.status_code == 200:
                    return str(reply.json()["results"]["bindings"][0]["s"]["value"])
            except httpx.TransportError:
                # It is not listening yet.
                pass
            if time.monotonic() > end:
                raise TimeoutError("the index was not made")
            time.sleep(0.1)


def _fire(base: str, elsewhere: str, wanted: argparse.Namespace, given: Counter[int]) -> list[threading.Thread]:
    end = time.monotonic() + 60 * wanted.minutes
    addresses = (f"127.{one}.{two}.{three}" for one in range(2, 250) for two in range(250) for three in range(1, 250))
    threads = []
    for number in range(wanted.hostile):
        first = number * len(KILLERS) // wanted.hostile
        killers = itertools.cycle([*KILLERS[first:], *KILLERS[:first]])
        shooting = _Shooting(base, elsewhere, killers, addresses, end)
        threads.append(threading.Thread(target=shooting.run, args=[given], daemon=True))
    for thread in threads:
        thread.start()
    return threads


_turn = threading.Lock()


@dataclass(frozen=True)
class _Shooting:
    """One client at a time, who comes from another address before it is turned away."""

    base: str
    elsewhere: str
    killers: Iterator[Killer]
    addresses: Iterator[str]
    end: float

    def run(self, given: Counter[int]) -> None:
        while time.monotonic() < self.end:
            with _turn:
                transport = httpx.HTTPTransport(local_address=next(self.addresses))
            with httpx.Client(base_url=self.base, transport=transport, timeout=120) as client:
                for killer in itertools.islice(self.killers, FOR_ONE_ADDRESS):
                    reply = client.post("/sparql", data={"query": killer.calling(self.elsewhere)})
                    with _turn:
                        given[reply.status_code] += 1


def _memory(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _settled(pid: int) -> int:
    """Processes below the server, once those that still run have had their time."""
    end = time.monotonic() + 30
    while (left := len(children(pid))) != 2 and time.monotonic() < end:
        time.sleep(0.2)
    return left


if __name__ == "__main__":
    sys.exit(main())
