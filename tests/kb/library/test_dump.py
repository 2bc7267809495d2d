"""Dumps of every form, plain and packed, as a `Dataset`: the triples of the log, to the letter; and torn ones."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize
from sqlalchemy.orm import Session

from kb.db import open_engine
from kb.errors import Missing, Refused
from kb.library import load
from kb.library.terms import fill, new_dataset
from kb.projections.dumps.stream import dump
from tests.factories.documents import BASE
from tests.support.databases import Stock, settings_for
from tests.support.knowledge import Knowledge, publish_knowledge

FORMS = ("nq", "trig", "nt", "ttl", "rdf", "jsonld")
THING, NAME = NamedNode("https://example.org/thing"), NamedNode("https://example.org/name")


def in_frames(data: bytes) -> bytes:
    """As dumps are made: many frames one after another, which may end within a line; some may be empty."""
    pieces = [b"", *(data[at : at + 10_000] for at in range(0, len(data), 10_000)), b""]
    return b"".join(map(zstandard.compress, pieces))


PACKERS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": in_frames}


@dataclass
class Dumps:
    """`folder` has current.* in every form and all.nq; `current` and `everything` are their triples and quads."""

    folder: Path
    known: Knowledge
    current: set[str]
    everything: set[str]


@pytest.fixture(scope="module")
def dumps(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Dumps:
    folder = tmp_path_factory.mktemp("dumps")
    with stock("sqlite").migrated(folder) as url:
        engine = open_engine(settings_for(folder, url))
        known = publish_knowledge(engine, folder)
        with Session(engine) as session:
            for form in FORMS:
                data = b"".join(dump(session, form))
                for ending, pack in PACKERS.items():
                    (folder / f"current.{form}{ending}").write_bytes(pack(data))
            everything = b"".join(dump(session, "nq", "all"))
            (folder / "all.nq").write_bytes(everything)
        engine.dispose()
    triples = {str(one) for one in parse((folder / "current.nt").read_bytes(), format=RdfFormat.N_TRIPLES)}
    return Dumps(folder, known, triples, written(everything))


def written(nquads: bytes) -> set[str]:
    return {str(quad) for quad in parse(nquads, format=RdfFormat.N_QUADS)}


def quads_of(dataset: rdflib.Dataset) -> set[str]:
    return written(dataset.serialize(format="nquads", encoding="utf-8"))


def triples_of(dataset: rdflib.Dataset) -> set[str]:
    return {str(quad.triple) for quad in parse(dataset.serialize(format="nquads"), format=RdfFormat.N_QUADS)}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_triples(dumps: Dumps, form: str, ending: str) -> None:
    dataset = load(dumps.folder / f"current.{form}{ending}")
    assert len(dataset) == len(dumps.current)
    assert triples_of(dataset) == dumps.current
    named = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert (f"{BASE}claims/{dumps.known.claim}/v2" in named) == (form in ("nq", "trig", "jsonld"))
    assert rdflib.NORMALIZE_LITERALS


def test_all_versions_stand_apart(dumps: Dumps) -> None:
    dataset = load(str(dumps.folder / "all.nq"), default_union=False)
    assert quads_of(dataset) == dumps.everything
    claim = f"?edition dcat:isVersionOf <{BASE}claims/{dumps.known.claim}#it>"
    assert not dataset.query(f"ASK {{ {claim} }}").askAnswer
    assert len(dataset.query(f"SELECT ?g {{ GRAPH ?g {{ {claim} }} }}")) == 2
    together = load(dumps.folder / "all.nq")
    assert len(together.query(f"SELECT ?edition {{ {claim} }}")) == 2


def test_files_come_together(dumps: Dumps, tmp_path: Path) -> None:
    (tmp_path / "more.ttl").write_text("<https://example.org/thing> <https://example.org/name> 0.80, _:b .")
    (tmp_path / "again.ttl").write_text("<https://example.org/thing> <https://example.org/name> _:b .")
    dataset = load(dumps.folder / "current.nq.zst", tmp_path / "more.ttl", tmp_path / "again.ttl")
    # A blank node is a file's own, whatever it is called there.
    assert len(dataset) == len(dumps.current) + 3
    assert rdflib.Literal("0.80", datatype=rdflib.XSD.decimal, normalize=False) in set(dataset.objects())


LITERALS = st.one_of(
    st.builds(Literal, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(lambda words: Literal(words, language="ar-eg"), st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(
        lambda words, kind: Literal(words, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")),
        st.sampled_from(["0.80", "1.0", "+1", "01", ".5", "true", "2026-11-25T09:00:00.000Z", "24:00", "P12M", "no"]),
        st.sampled_from(["decimal", "integer", "dateTime", "double", "boolean", "int", "duration", "invented"]),
    ),
)
TERMS = st.one_of(LITERALS, st.just(THING), st.integers(0, 3).map(lambda number: BlankNode(f"b{number}")))


@given(st.lists(st.builds(Quad, st.just(THING), st.just(NAME), TERMS, st.sampled_from([THING, NAME]))))
def test_no_term_is_rewritten(quads: Iterable[Quad]) -> None:
    dataset = new_dataset(default_union=False)
    fill(dataset, quads)
    assert quads_of(dataset) == written(serialize(quads, format=RdfFormat.N_QUADS) or b"")


@pytest.mark.parametrize("name", ["current.nq.gz", "current.nq.zst", "current.jsonld.zst", "current.trig.gz"])
def test_a_torn_file_is_no_shorter_one(dumps: Dumps, name: str, tmp_path: Path) -> None:
    whole = (dumps.folder / name).read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / name).write_bytes(whole[:length])
        with pytest.raises(Refused, match=f"{name}: the file is not whole"):
            load(tmp_path / name)


@pytest.mark.parametrize("name", ["current.nq", "current.trig", "current.ttl", "current.rdf", "current.jsonld"])
def test_what_breaks_off_within_a_statement_is_refused(dumps: Dumps, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((dumps.folder / name).read_bytes()[:-10])
    with pytest.raises(Refused):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.nq", b"\x00\xff", "not what the file's name says"),
        ("a.nq.gz", b"<a> <b> <c> .", "not packed as its name says"),
        ("a.nq.zst", b"<a> <b> <c> .", "not packed as its name says"),
        ("a.ttl", b"<thing> <name> 1 .", "not what the file's name says"),
        ("a.nt", b"<https://example.org/a> <https://example.org/b> <<( <a> <b> <c> )>> .", "not what"),
        ("a.jsonld", b"{}", "line 1 is not the document of an edition"),
        ("a.jsonld", b'{"@context": "https://example.org/context", "@id": "https://example.org/"}', "line 1"),
        ("a.jsonld", b"[" * 100_000, "line 1"),
        ("a.csv", b"", "does not say what the file holds"),
        ("a.zst", b"", "does not say what the file holds"),
        ("a", b"", "does not say what the file holds"),
    ],
)
def test_other_files_are_refused_in_words(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused, match=says) as caught:
        load(tmp_path / name)
    assert len(str(caught.value)) < 1000
    assert caught.value.where.endswith(name)


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="no such file"):
        load(tmp_path / "none.nq")
    with pytest.raises(Missing, match="Download it first"):
        load("https://facts.example.org/data/current.nq.zst")
    (tmp_path / "folder.nq").mkdir()
    with pytest.raises(Refused, match="cannot be read"):
        load(tmp_path / "folder.nq")
