"""Claim page and version page: by one process and by two, beside the same bytes as files, and beside a row's page."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

from bench.corpora import CLAIMBASE, SEED, corpus, env
from bench.files import as_files
from bench.job import Bench
from bench.load import SECONDS, Asked
from bench.peers import PeerMissing, peer, peer_version
from bench.rounds import CommandFailed, in_turn
from bench.row import Corpus, Ratio, Row, Side
from bench.serving import free_port, served

MANY = 500
# Pages that nobody has asked for yet: so many a round, so that a thousand are enough for five rounds and one to warm.
NEW = 150
CONNECTIONS = 8
OURS, TWO, FILES, DATASETTE = "one process", "two processes", "nginx, files", "Datasette"
AIM, AIM_OF_ROWS = 0.3, 50.0
COMMANDS = {
    OURS: "CLAIMBASE_SPARQL_MEMORY=0 claimbase serve --public",
    TWO: "CLAIMBASE_SPARQL_MEMORY=0 claimbase serve --public --workers 2",
    FILES: "nginx, one worker, no access log, files kept open, the same bytes",
    DATASETTE: "datasette claimbase.db: /claimbase/catalogue_record/ID",
}
BY_WRK = (
    f"wrk over loopback on the same machine, one thread, {SECONDS} seconds a side and round; every kind of answer is "
    "looked at before, and no answer may fail."
)


@dataclass(frozen=True)
class Pages:
    """Servers over one corpus by their sides, and claims drawn from it by a fixed seed: `claims/37d2qfnqr`."""

    bases: Mapping[str, str]
    claims: Sequence[str]
    missing: Sequence[str]

    def asked(self, side: str, claims: Sequence[str], *, version: bool = False) -> list[str]:
        """The addresses of these claims' pages as that server has them."""
        if side == DATASETTE:
            return [f"/claimbase/catalogue_record/{claim.rpartition('/')[2]}" for claim in claims]
        if side == FILES:
            return [f"/{_file(claim, version=version)}" for claim in claims]
        return [f"/{claim}/v1" if version else f"/{claim}" for claim in claims]


def rows(bench: Bench) -> Iterator[Row]:
    """At each size many pages, and pages nobody has asked for; at the first of each profile one hot page."""
    sizes = [("light", claims) for claims in bench.light] + [("seed", claims) for claims in bench.seed[:1]]
    for profile, claims in sizes:
        folder, measures = corpus(profile, claims)
        with _serving(folder) as pages:
            if claims in (*bench.light[:1], *bench.seed[:1]) and not bench.guard:
                yield _hot(bench, measures, pages, 16)
                if profile == "light":
                    yield _hot(bench, measures, pages, 1)
            if profile == "light":
                yield _many(bench, measures, pages)
                yield _new(bench, measures, folder, pages)


def _hot(bench: Bench, measures: Corpus, pages: Pages, connections: int) -> Row:
    """One claim's page and its first version's, whole and unchanged, asked for over and over."""
    one = pages.claims[:1]
    sides: dict[str, Callable[[], float]] = {}
    commands: dict[str, str] = {}
    for side in pages.bases:
        for name, version, unchanged in _kinds(side):
            asked = Asked(pages.bases[side], pages.asked(side, one, version=version), connections, unchanged)
            sides[f"{side}: {name}"], commands[f"{side}: {name}"] = asked.rate, COMMANDS[side]
    ratios = [
        Ratio(f"{name}, {side} by files", f"{side}: {name}", f"{FILES}: {name}", AIM)
        for side in (OURS, TWO)
        for name, _, _ in _kinds(side)
        if FILES in pages.bases
    ]
    ratios.append(Ratio("claim page, one process by Datasette", f"{OURS}: claim", f"{DATASETTE}: claim", AIM_OF_ROWS))
    values = in_turn(sides, bench.rounds)
    return Row(
        key=f"pages-hot-{connections}-{measures.profile}-{measures.claims}",
        title=f"One page over and over, {_connections(connections)}, {measures.claims:,} {measures.profile} claims",
        method=f"{BY_WRK} {_connections(connections).capitalize()}, GET, and GET with If-None-Match (304).",
        sides=[Side(name, commands[name], "1/s", some) for name, some in values.items()],
        ratios=ratios,
        corpus=measures,
        remarks=pages.missing,
        versions=_versions(),
    )


def _many(bench: Bench, measures: Corpus, pages: Pages) -> Row:
    """Five hundred pages in turn."""
    sides = {side: Asked(base, pages.asked(side, pages.claims)).rate for side, base in pages.bases.items()}
    values = in_turn(sides, bench.rounds)
    by_files = [Ratio(f"{side} by files", side, FILES, AIM) for side in (OURS, TWO) if FILES in pages.bases]
    return Row(
        key=f"pages-many-light-{measures.claims}",
        title=f"{MANY} claim pages in turn, {measures.claims:,} light claims",
        method=f"{BY_WRK} 16 connections; {MANY} claims drawn from the corpus by a fixed seed, the same for all sides.",
        sides=[Side(name, COMMANDS[name], "1/s", some) for name, some in values.items()],
        ratios=[*by_files, Ratio("one process by Datasette", OURS, DATASETTE, AIM_OF_ROWS)],
        corpus=measures,
        measure=f"{MANY} claim pages in turn",
        grows=OURS,
        guarded=True,
        remarks=pages.missing,
        versions=_versions(),
    )


def _new(bench: Bench, measures: Corpus, folder: Path, pages: Pages) -> Row:
    """Pages that are made for the first time, one after the other: by a process that has just been started."""
    with _ours(folder, 1) as base:
        drawn = _drawn(folder, NEW * (bench.rounds + 1))
        turns = {OURS: count(), DATASETTE: count()}

        def first(side: str, at: str) -> float:
            number = next(turns[side])
            claims = [drawn[(number * NEW + n) % len(drawn)] for n in range(NEW)]
            return _one_by_one(at, pages.asked(side, claims))

        sides = {OURS: lambda: first(OURS, base), DATASETTE: lambda: first(DATASETTE, pages.bases[DATASETTE])}
        values = in_turn(sides, bench.rounds)
    enough = len(drawn) >= NEW * (bench.rounds + 1)
    return Row(
        key=f"pages-new-light-{measures.claims}",
        title=f"Claim pages nobody has asked for before, {measures.claims:,} light claims",
        method=f"{NEW} pages a round over one connection that is kept, each asked for once by a Python client. Nothing "
        "of ours is kept from before; Datasette makes its pages each time.",
        sides=[Side(name, COMMANDS[name], "1/s", some) for name, some in values.items()],
        ratios=[Ratio("one process by Datasette", OURS, DATASETTE)],
        corpus=measures,
        measure="Claim pages made anew",
        grows=OURS,
        guarded=True,
        remarks=() if enough else ["The corpus has too few claims for so many rounds: some pages came twice."],
        versions=_versions(),
    )


@contextmanager
def _serving(folder: Path) -> Iterator[Pages]:
    claims, missing = _drawn(folder, MANY), []
    with ExitStack() as opened:
        bases = {OURS: opened.enter_context(_ours(folder, 1)), TWO: opened.enter_context(_ours(folder, 2))}
        # A connection is one process's for good: with so many of them, both have made all of the pages.
        for _ in range(CONNECTIONS):
            _bytes(bases[TWO], claims)
        try:
            bases[FILES] = opened.enter_context(as_files(_bytes(bases[OURS], claims)))
        except PeerMissing as away:
            missing.append(f"Not beside files: {away}.")
        bases[DATASETTE] = opened.enter_context(_datasette(folder))
        yield Pages(bases, claims, [*missing, _weights(bases[OURS], claims)])


@contextmanager
def _ours(folder: Path, workers: int) -> Iterator[str]:
    """Readers' pages, without an index for queries: no page asks it, and while it is made it is in the way."""
    base = f"http://127.0.0.1:{(port := free_port())}"
    words: list[str | Path] = [CLAIMBASE, "serve", "--public", "--port", str(port), "--workers", str(workers)]
    with served(words, f"{base}/healthz", env=env(folder) | {"CLAIMBASE_SPARQL_MEMORY": "0"}):
        yield base


@contextmanager
def _datasette(folder: Path) -> Iterator[str]:
    base = f"http://127.0.0.1:{(port := free_port())}"
    words: list[str | Path] = [peer("datasette") / "datasette", "serve", folder / "claimbase.db", "--port", str(port)]
    with served(words, f"{base}/-/versions.json", env=env(folder)):
        yield base


def _drawn(folder: Path, number: int) -> list[str]:
    """Addresses of claims, drawn by a fixed seed: all of them where there are no more."""
    database = sqlite3.connect(f"file:{folder / 'claimbase.db'}?mode=ro", uri=True)
    asked = "SELECT address FROM edition WHERE record_kind = 'claim' AND version = 1 ORDER BY seq"
    found = [address for (address,) in database.execute(asked)]
    database.close()
    return random.Random(SEED).sample(found, min(number, len(found)))


def _bytes(base: str, claims: Sequence[str]) -> dict[str, bytes]:
    with httpx.Client(base_url=base, headers={"Accept": "text/html"}) as client:
        pages = {_file(claim, version=False): client.get(f"/{claim}").content for claim in claims}
        return pages | {_file(claims[0], version=True): client.get(f"/{claims[0]}/v1").content}


def _file(claim: str, *, version: bool) -> str:
    return claim.replace("/", "-") + ("-v1" if version else "")


def _kinds(side: str) -> list[tuple[str, bool, bool]]:
    """Name, whether a version, whether unchanged."""
    claim, unchanged = ("claim", False, False), ("claim 304", False, True)
    version = [("version", True, False), ("version 304", True, True)]
    return {DATASETTE: [claim], TWO: [claim, unchanged]}.get(side, [claim, unchanged, *version])


def _one_by_one(base: str, paths: Sequence[str]) -> float:
    """Pages a second."""
    with httpx.Client(base_url=base, headers={"Accept": "text/html"}) as client:
        client.get("/-/versions.json")
        begun = time.perf_counter()
        for path in paths:
            if client.get(path).status_code != 200:
                raise CommandFailed(f"{base}{path} is no page")
        return len(paths) / (time.perf_counter() - begun)


def _weights(base: str, claims: Sequence[str]) -> str:
    sizes = sorted(len(data) for data in _bytes(base, claims[:50]).values())
    return f"A claim page has {sizes[0]:,} to {sizes[-1]:,} bytes, {sizes[len(sizes) // 2]:,} in the middle."


def _connections(number: int) -> str:
    return "one connection" if number == 1 else f"{number} connections"


def _versions() -> dict[str, str]:
    return {"datasette": peer_version("datasette", "datasette")}
