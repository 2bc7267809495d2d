"""Search, against PostgreSQL's own over the same texts: whole pages, the same in JSON, and the search alone."""

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
from sqlalchemy import Engine

from bench.corpora import CLAIMBASE, SEED, corpus, env
from bench.job import Bench
from bench.peers import PeerMissing
from bench.postgres import Cluster, cluster, copied
from bench.rounds import CommandFailed, Measure, in_turn
from bench.row import Corpus, Figure, Ratio, Row, Side
from bench.search import drawn, tsvector
from bench.serving import free_port, served
from kb.db import open_reading_engine, reading
from kb.projections.catalogue.lists import LIMIT
from kb.projections.catalogue.query import parse
from kb.projections.catalogue.search import Asked, search
from kb.settings import Settings

PEER = "tsvector"
# “1,234 claims” above the hits, from ten thousand on with a narrow space; “No claims” has no number.
COUNTED = re.compile(r'role="status"><b>([0-9][^a-z]*)')
# Queries are not asked, and their index would be made beside what is measured.
WITHOUT_INDEX = {"CLAIMBASE_SPARQL_MEMORY": "0"}
CLAIMS = {"kind": ("claim",)}
METHOD = (
    "The 95th percentile of {number} queries drawn from the corpus' own words by a seed, each asked once a round. "
    "Ours finds claims, orders them, counts every facet exactly and shows {limit}: as a whole page through HTTP, as "
    "JSON through HTTP, and in the process itself without either. PostgreSQL's own is SQL through psycopg: `t @@ q` by "
    "a GIN index over a `tsvector` of the same keys of the same claims, {limit} numbers by `ts_rank`, and `count(*)`; "
    "it counts no facets and shows nothing. Both find the same number of hits, which is checked."
)
REMARK = (
    "The corpus came into PostgreSQL row by row from its log, and its lists by `claimbase rebuild catalogue`; "
    "`VACUUM ANALYZE` ran on both. shared_buffers is 512 MB."
)
# A side asks one query and gives the number of hits.
Ask = Callable[[str], int]


@dataclass(frozen=True)
class Asking:
    """What asks, by side, and each query with the number of its hits."""

    sides: Mapping[str, Ask]
    queries: Mapping[str, Sequence[str]]
    hits: Mapping[str, int]


def rows(bench: Bench) -> Iterator[Row]:
    """A row for each size and kind of query."""
    try:
        with cluster() as made:
            for claims in bench.light:
                yield from of_size(bench, made, claims)
    except PeerMissing as missing:
        raise CommandFailed(str(missing)) from missing


def of_size(bench: Bench, made: Cluster, claims: int) -> Iterator[Row]:
    folder, measures = corpus("light", claims)
    queries = drawn.draw(folder, SEED)
    with ExitStack() as opened:
        asking = prepared(opened, made, folder, queries, f"light{claims}")
        for kind in queries:
            yield of_kind(bench, made, measures, asking, kind)


def prepared(opened: ExitStack, made: Cluster, folder: Path, queries: Mapping[str, Sequence[str]], name: str) -> Asking:
    """Servers over both databases, and PostgreSQL's own search; they end with `opened`."""
    environments = {"SQLite": env(folder), "PostgreSQL": copied(made, folder, name)}
    made.create(f"peer{name}")
    tsvector.fill(made.plain(f"peer{name}"), folder)
    connection = opened.enter_context(tsvector.connected(made.plain(f"peer{name}")))
    sides: dict[str, Ask] = {PEER: lambda query: tsvector.ask(connection, query, LIMIT)}
    client = opened.enter_context(httpx.Client(timeout=120))
    for database, environment in environments.items():
        port = free_port()
        command: list[str | Path] = [CLAIMBASE, "serve", "--public", "--port", str(port)]
        opened.enter_context(served(command, f"http://127.0.0.1:{port}/search.json", env=environment | WITHOUT_INDEX))
        engine = open_reading_engine(Settings(data=folder, database_url=environment.get("CLAIMBASE_DATABASE_URL")))
        opened.callback(engine.dispose)
        sides |= of_database(client, f"http://127.0.0.1:{port}", engine, database)
    every = [query for some in queries.values() for query in some]
    hits = {query: sides["SQLite, search alone"](query) for query in every}
    return Asking(sides, queries, hits)


def of_database(client: httpx.Client, address: str, engine: Engine, database: str) -> dict[str, Ask]:
    def page(query: str) -> int:
        reply = client.get(f"{address}/search", params={"q": query}, headers={"Accept": "text/html"})
        said = COUNTED.search(reply.raise_for_status().text)
        return int(re.sub(r"[^0-9]", "", said[1])) if said else 0

    def data(query: str) -> int:
        reply = client.get(f"{address}/search.json", params={"q": query, "kind": "claim"})
        return int(reply.raise_for_status().json()["total"])

    def alone(query: str) -> int:
        with reading(engine) as session:
            return search(session, Asked(parse(query), CLAIMS)).total

    return {f"{database}, page": page, f"{database}, JSON": data, f"{database}, search alone": alone}


def of_kind(bench: Bench, made: Cluster, measures: Corpus, asking: Asking, kind: str) -> Row:
    queries = asking.queries[kind]
    middles: dict[str, list[float]] = {name: [] for name in asking.sides}
    sides = {name: timed(name, ask, queries, asking.hits, middles[name]) for name, ask in asking.sides.items()}
    values = in_turn(sides, bench.rounds)
    ratios = [Ratio(f"{name} to PostgreSQL's own", name, PEER, None, "at most") for name in sides if name != PEER]
    word = kind.replace(" ", "-")
    found = [asking.hits[query] for query in queries]
    return Row(
        key=f"search-{word}-light-{measures.claims}",
        title=f"Search for {kind}, {measures.claims:,} light claims",
        method=METHOD.format(number=len(queries), limit=LIMIT),
        sides=[Side(name, "claimbase serve --public", "ms", values[name]) for name in sides],
        ratios=ratios,
        figures=[
            *(Figure(f"{name}: median of the queries", median(middles[name]), "ms") for name in sides),
            Figure("hits of a query, median", median(found), ""),
        ],
        corpus=measures,
        measure=f"search: {kind}, a page on SQLite",
        grows="SQLite, page",
        guarded=True,
        remarks=[REMARK, f"The queries: {', '.join(queries)}."],
        versions={"PostgreSQL": made.version},
    )


def timed(name: str, ask: Ask, queries: Sequence[str], hits: Mapping[str, int], middles: list[float]) -> Measure:
    """The 95th percentile in milliseconds; the median goes to `middles`. Raises CommandFailed at a wrong answer."""

    def once() -> float:
        took = []
        for query in queries:
            begun = time.perf_counter()
            found = ask(query)
            took.append((time.perf_counter() - begun) * 1000)
            if not is_right(found, hits[query], query):
                raise CommandFailed(f"{name} finds {found} for {query}, and not {hits[query]}")
        middles.append(median(took))
        return sorted(took)[math.ceil(0.95 * len(took)) - 1]

    return once


def is_right(found: int, wanted: int, query: str) -> bool:
    """Of a phrase PostgreSQL may find more, since its words may go on from one line to the next."""
    return found == wanted or ('"' in query and found > wanted)
