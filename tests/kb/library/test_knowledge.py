"""A knowledge base as a `Dataset` of rdflib holds what the index of SPARQL holds, graph by graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Dataset
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db.migrate import downgrade, revisions
from kb.errors import Broken, CannotStart, Missing, Problem, Refused
from kb.formats.ns.published import vocabulary_nquads
from kb.library import open_dataset
from kb.log import read
from kb.settings import Settings
from tests.factories.documents import BASE
from tests.support.asked import index_of
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove
from tests.support.stored import everything_stored
from tests.support.tamper import EDITION

Graphs = dict[str, set[str]]


@pytest.fixture
def known(engine: Engine, tmp_path: Path) -> Knowledge:
    """Fourteen editions, of which one has no content any more."""
    known = publish_knowledge(engine, tmp_path)
    remove(engine, known)
    return known


def by_graph(dataset: Dataset) -> Graphs:
    """Triples as N-Triples writes them, by the name of their graph; "" for the default graph."""
    found: Graphs = {}
    for graph in dataset.graphs():
        name = "" if graph.identifier == dataset.default_graph.identifier else str(graph.identifier)
        found[name] = {str(quad.triple) for quad in parse(graph.serialize(format="nt"), format=RdfFormat.N_TRIPLES)}
    return found


def grouped(quads: Iterable[Quad]) -> Graphs:
    found: Graphs = defaultdict(set)
    for quad in quads:
        found[getattr(quad.graph_name, "value", "")].add(str(quad.triple))
    return dict(found)


def read_again(engine: Engine) -> Iterator[Quad]:
    """Each edition in its graph, the current ones and the vocabulary in the default graph, from the stored N-Quads."""
    yield from parse(vocabulary_nquads(), format=RdfFormat.N_QUADS)
    with Session(engine) as session:
        current = {edition.seq for edition in read.current(session)}
        for seq, nquads in read.with_quads(session):
            for quad in parse(nquads, format=RdfFormat.N_QUADS):
                yield quad
                if seq in current:
                    yield Quad(quad.subject, quad.predicate, quad.object)


def test_it_holds_what_the_index_holds(settings: Settings, engine: Engine, known: Knowledge) -> None:
    found = by_graph(open_dataset(settings.database))
    with Session(engine) as session:
        assert found == grouped(index_of(session))
    log = found.pop(f"{BASE}log")
    assert len(log) == 14 * 8 + 11
    assert found == grouped(read_again(engine))
    page = f"{BASE}claims/{known.claim}"
    assert {f"{page}/v2", f"{page}/v3"} <= set(found)
    assert f"{page}/v1" not in found


def test_questions_are_about_what_is_current(settings: Settings, engine: Engine, known: Knowledge) -> None:
    dataset = open_dataset(settings.database)
    version = f"?edition dcat:isVersionOf <{BASE}claims/{known.gone}#it> ; dcat:version ?version"
    current = dataset.query(f"SELECT ?version {{ {version} }}")
    everything = dataset.query(f"SELECT DISTINCT ?version {{ GRAPH ?graph {{ {version} }} }} ORDER BY ?version")
    assert [str(row.version) for row in current] == ["2"]
    assert [str(row.version) for row in everything] == ["1", "2"]


def test_nothing_that_is_done_to_it_is_done_to_the_knowledge_base(settings: Settings, engine: Engine) -> None:
    publish_knowledge(engine, settings.data)
    before = everything_stored(settings)
    open_dataset(settings.database).remove((None, None, None, None))
    assert everything_stored(settings) == before


def test_a_folder_will_do(known: Knowledge, settings: Settings, database_kind: str) -> None:
    """PostgreSQL's lies elsewhere: then the folder has none."""
    if database_kind == "postgresql":
        with pytest.raises(Missing, match="no knowledge base in this folder"):
            open_dataset(settings.data)
    else:
        assert len(open_dataset(settings.data)) == len(open_dataset(str(settings.data))) > 100


def test_an_empty_one_and_an_old_one_say_so(settings: Settings, engine: Engine) -> None:
    with pytest.raises(Missing, match="the log is empty"):
        open_dataset(settings.database)
    downgrade(engine, revisions()[0])
    with pytest.raises(CannotStart, match="older than this Claimbase"):
        open_dataset(settings.database)


@pytest.mark.parametrize("stored", [b"\x00", zstandard.compress(b"<a> <b>")])
def test_what_is_stored_wrongly_is_said_to_be(
    settings: Settings, engine: Engine, known: Knowledge, stored: bytes
) -> None:
    with engine.begin() as connection:
        connection.execute(EDITION.update().where(EDITION.c.seq == 3).values(nquads=stored))
    with pytest.raises(Broken, match="the stored N-Quads cannot be read"):
        open_dataset(settings.database)


def test_a_password_is_not_told() -> None:
    with pytest.raises(CannotStart) as caught:
        open_dataset("postgresql://invented:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("nowhere", Missing),
        ("sqlite:///nowhere.db", Missing),
        ("mysql://invented:secret@127.0.0.1/none", Refused),
        ("https://facts.example.org/", Refused),
        ("://", Refused),
    ],
)
def test_other_places_are_refused(
    place: str, kind: type[Problem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(kind) as caught:
        open_dataset(place)
    assert caught.value.remedy
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
