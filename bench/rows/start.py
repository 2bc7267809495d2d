"""How long it takes until the command line answers, and until the server does."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.corpora import CLAIMBASE, corpus, env
from bench.job import Bench
from bench.rounds import in_turn, run
from bench.row import Ratio, Row, Side
from bench.serving import free_port, wait_for

# Beyond that many claims loading takes its minutes, which are rows of their own.
SPARQL_AT_MOST = 1_000


def rows(bench: Bench) -> Iterator[Row]:
    """The command line against a bare interpreter; the server at each size, public alone and with the desk."""
    yield command_line(bench)
    for claims in bench.light:
        yield server(bench, claims)


def command_line(bench: Bench) -> Row:
    bare = [sys.executable, "-c", "pass"]
    asked = [CLAIMBASE, "--version"]
    sides = {
        "claimbase --version": lambda: run(asked).wall,
        "python -c pass": lambda: run(bare).wall,
    }
    values = in_turn(sides, max(bench.rounds, 20), warm=3)
    return Row(
        key="start-command",
        title="Start of the command line",
        method="Whole processes, by the clock.",
        sides=[Side(name, name, "s", values[name]) for name in sides],
        ratios=[Ratio("to a bare interpreter", "claimbase --version", "python -c pass", 3, "at most")],
        guarded=True,
    )


def server(bench: Bench, claims: int) -> Row:
    folder, measures = corpus("light", claims)
    sides = {
        "first page": lambda: until_answer(folder, "/", []),
        "first page, public alone": lambda: until_answer(folder, "/", ["--public"]),
    }
    if claims <= SPARQL_AT_MOST:
        sides["first answer of SPARQL"] = lambda: until_answer(folder, "/sparql?query=ASK%7B%7D", [])
    values = in_turn(sides, bench.rounds)
    return Row(
        key=f"start-server-light-{claims}",
        title=f"Start of the server, {claims:,} light claims",
        method="From the start of `claimbase serve` to the first answer with status 200, asked for every 10 ms.",
        sides=[Side(name, "claimbase serve", "s", values[name]) for name in sides],
        corpus=measures,
        measure="server: first page",
        grows="first page",
    )


def until_answer(folder: Path, address: str, more: list[str]) -> float:
    """Seconds. Raises CommandFailed where no answer comes."""
    port = free_port()
    words = [str(CLAIMBASE), "serve", "--port", str(port), *more]
    begun = time.perf_counter()
    server = subprocess.Popen(words, env=env(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}{address}", server, every=0.01)
        return time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait()
