"""SPARQL through HTTP: eight queries, loading and memory, a lookup beside runaways, and how soon a change is seen."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import geometric_mean, median

from bench.corpora import corpus
from bench.job import Bench
from bench.peers import peer_version
from bench.rounds import CommandFailed, in_turn
from bench.row import Corpus, Figure, Ratio, Row, Side
from bench.sparql.asking import QUERIES, Endpoint, Solution, values
from bench.sparql.endpoints import COMMANDS, OURS, OXIGRAPH, OXRDFLIB, RDFLIB, Served, default_graph, serving
from bench.sparql.runaways import lookups, p95
from bench.sparql.visible import Publishing

# Above the first size peers on rdflib are left out, which take minutes to load, and then seconds for each answer; above
# the second our index is on disk, and there are lookups alone.
MOST_OF_RDFLIB, MOST_IN_MEMORY = 10_000, 100_000
LOOKUP = "a lookup"
# One of the first five rounds of the figures is left to warm up.
WARM = 1
ASKED = (
    "Eight queries (bench/sparql/*.rq) by GET over a connection that is kept, JSON, each up to 15 times or for a "
    "second in a round. Each round asks of another claim, agent, topic, word and value, the same for all; each request "
    "ends in another comment, so that no answer that our endpoint has kept can serve. All answers are compared."
)
REMARKS = (
    "Peers hold the default graph alone (the current set and the vocabulary); ours has each edition as a graph, too.",
    "oxigraph serve has its store in memory, as without --location; its users on disk have slower answers.",
)
LARGE = (
    "CLAIMBASE_SPARQL_MEMORY is 16 GiB: by the usual 2 GiB the index would be on disk here. Graphs were loaded once "
    "and not counted: all answers are compared."
)


def rows(bench: Bench) -> Iterator[Row]:
    """At each size the queries; loading again and again up to 10,000; beside runaways, and after a publication."""
    for claims in bench.light:
        folder, measures = corpus("light", claims)
        if claims > MOST_IN_MEMORY:
            yield lookup(bench, folder, measures)
            continue
        with tempfile.TemporaryDirectory() as made:
            triples = default_graph(folder, Path(made) / "claims.nt")
            yield from queries(bench, folder, triples, measures)
            if claims <= MOST_OF_RDFLIB:
                yield loading(bench, folder, triples, measures)
        yield under_fire(bench, folder, measures)
        yield visible(bench, folder, measures)


def queries(bench: Bench, folder: Path, triples: Path, measures: Corpus) -> Iterator[Row]:
    names = _sides(measures.claims, OURS, OXIGRAPH, RDFLIB, OXRDFLIB)
    answers: dict[tuple[str, int], list[Solution]] = {}
    with ExitStack() as opened:
        all_ = {name: opened.enter_context(serving(name, folder, triples)) for name in names}
        if measures.claims <= MOST_OF_RDFLIB:
            _check_loaded(all_)
        asked = values(all_[OURS].endpoint, bench.rounds + WARM)
        sums = in_turn(
            {name: partial(one.endpoint.round, asked, answers) for name, one in all_.items()},
            bench.rounds,
            warm=WARM,
        )
        figures = [figure for name, one in all_.items() for figure in _figures(name, one, measures)]
        ends = {name: one.endpoint for name, one in all_.items()}
    means = {name: [geometric_mean(medians.values()) for medians in ends[name].taken[WARM:]] for name in names}
    size = f"light-{measures.claims}"
    yield _of_queries(f"sparql-sum-{size}", "the sum of the medians", sums, measures, (12, 1), _split(ends))
    yield _of_queries(f"sparql-mean-{size}", "the geometric mean of the medians", means, measures, (6, None), figures)


def _of_queries(
    key: str,
    what: str,
    taken: dict[str, list[float]],
    measures: Corpus,
    aims: tuple[float, float | None],
    figures: Sequence[Figure],
) -> Row:
    ratios = [
        Ratio(f"{name}, by ours", name, OURS, aims[0] if name == RDFLIB else None)
        for name in (RDFLIB, OXRDFLIB)
        if name in taken
    ]
    if OXIGRAPH in taken:
        ratios.append(Ratio(f"ours, by {OXIGRAPH}", OURS, OXIGRAPH, aims[1], "at most"))
    return Row(
        key=key,
        title=f"Eight queries through HTTP, {measures.claims:,} light claims: {what}",
        method=ASKED,
        sides=[Side(name, COMMANDS[name], "ms", some) for name, some in taken.items()],
        ratios=ratios,
        figures=figures,
        corpus=measures,
        measure=f"SPARQL: {what}",
        grows=OURS,
        guarded=True,
        remarks=REMARKS if measures.claims <= MOST_OF_RDFLIB else (*REMARKS, LARGE),
        versions=_versions(),
    )


def loading(bench: Bench, folder: Path, triples: Path, measures: Corpus) -> Row:
    names = _sides(measures.claims, OURS, OXIGRAPH)
    memory: dict[str, list[float]] = {name: [] for name in names}

    def load(name: str) -> float:
        with serving(name, folder, triples) as one:
            memory[name].append(one.memory / one.quads() * 1e6)
            return one.seconds

    seconds = in_turn({name: partial(load, name) for name in names}, bench.rounds, warm=0)
    return Row(
        key=f"sparql-load-light-{measures.claims}",
        title=f"Loading for SPARQL, {measures.claims:,} light claims",
        method="From the start of the server until it answers from all that there is. Memory is that of the process "
        "that has the store, the empty process included, for each million quads that it has.",
        sides=[Side(name, COMMANDS[name], "s", seconds[name]) for name in names],
        figures=[Figure(f"{name}, MiB for a million quads", median(memory[name]), "MiB") for name in names],
        corpus=measures,
        measure="SPARQL: loading",
        grows=OURS,
        remarks=["Loading by the peers on rdflib is a figure of the row of the mean: once, since it takes long."],
        versions=_versions(),
    )


def under_fire(bench: Bench, folder: Path, measures: Corpus) -> Row:
    with serving(OURS, folder, folder) as served:
        claim = values(served.endpoint, 1)["claim"][0]
        sides = {
            "idle": lambda: p95(lookups(served.endpoint.address, claim, runaways=0)),
            "beside two runaways": lambda: p95(lookups(served.endpoint.address, claim, runaways=2)),
        }
        taken = in_turn(sides, bench.rounds, warm=0)
    return Row(
        key=f"sparql-fire-light-{measures.claims}",
        title=f"A lookup beside runaway queries, {measures.claims:,} light claims: the 95th percentile",
        method="A hundred lookups of one claim, each in other words, 20 ms apart; beside two queries of other clients "
        "that run until they are stopped, by their ten seconds or their memory, and are then put anew.",
        sides=[Side(name, COMMANDS[OURS], "ms", taken[name]) for name in sides],
        ratios=[Ratio("beside two runaways, by idle", "beside two runaways", "idle", 3, "at most")],
        corpus=measures,
        versions=_versions(),
    )


def visible(bench: Bench, folder: Path, measures: Corpus) -> Row:
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "copy"
        shutil.copytree(folder, copy)
        with serving(OURS, copy, copy) as served:
            publishing = Publishing(copy, served.endpoint, bench.rounds + WARM)
            taken = in_turn({"until it is seen": publishing.once}, bench.rounds, warm=WARM)
    return Row(
        key=f"sparql-visible-light-{measures.claims}",
        title=f"From publication to the endpoint, {measures.claims:,} light claims",
        method="`claimbase withdraw` of one claim beside the server; from its commit, which is looked for every "
        "millisecond, to the first answer that has the new version, asked for again and again.",
        sides=[Side("until it is seen", "claimbase withdraw", "ms", taken["until it is seen"])],
        figures=[Figure("the whole command", median(publishing.commands), "s")],
        corpus=measures,
        measure="SPARQL: from publication to the endpoint",
        grows="until it is seen",
        versions=_versions(),
    )


def lookup(bench: Bench, folder: Path, measures: Corpus) -> Row:
    with serving(OURS, folder, folder, on_disk=True) as served:
        found = served.endpoint.ask("SELECT ?x WHERE { ?x a <http://schema.org/Claim> } LIMIT 1")
        claim = found[0]["x"]["value"]
        taken = in_turn({LOOKUP: lambda: p95(lookups(served.endpoint.address, claim, runaways=0))}, bench.rounds)
    return Row(
        key=f"sparql-lookup-light-{measures.claims}",
        title=f"A lookup, {measures.claims:,} light claims: the 95th percentile",
        method="A hundred lookups of one claim, each in other words, 20 ms apart. The index is on disk.",
        sides=[Side(LOOKUP, COMMANDS[OURS], "ms", taken[LOOKUP])],
        figures=[Figure("until it answers", served.seconds, "s")],
        corpus=measures,
        versions=_versions(),
    )


def _sides(claims: int, *names: str) -> list[str]:
    return [name for name in names if name in (OURS, OXIGRAPH) or claims <= MOST_OF_RDFLIB]


def _figures(name: str, one: Served, measures: Corpus) -> Iterator[Figure]:
    yield Figure(f"{name}: start and load, once", one.seconds, "s")
    yield Figure(f"{name}: memory", one.memory, "MiB")
    if measures.claims <= MOST_OF_RDFLIB:
        yield Figure(f"{name}: quads", one.quads(), "")


def _split(ends: dict[str, Endpoint]) -> list[Figure]:
    """The median of each query over the rounds."""
    return [
        Figure(f"{query}: {name}", median(medians[query] for medians in end.taken[WARM:]), "ms")
        for query in QUERIES
        for name, end in ends.items()
    ]


def _check_loaded(all_: dict[str, Served]) -> None:
    """All have the same triples in their default graph. Of more claims, ours does not count them all in ten seconds."""
    counts = {name: one.triples() for name, one in all_.items()}
    if len(set(counts.values())) != 1:
        raise CommandFailed(f"the sides differ in what they have loaded: {counts}")


def _versions() -> dict[str, str]:
    names = ("rdflib-endpoint", "rdflib", "oxrdflib", "pyoxigraph", "uvicorn")
    return {"oxigraph": peer_version("oxigraph", "oxigraph")} | {name: peer_version("oxrdflib", name) for name in names}
