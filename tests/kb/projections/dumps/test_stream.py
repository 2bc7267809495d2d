"""Dumps: the two sets in every form, as a stream."""

import json
from collections.abc import Callable

import pytest
from pyoxigraph import RdfFormat, parse
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.errors import Refused
from kb.formats.rdf import NoSuchForm, join
from kb.log import read
from kb.projections.dumps import stream
from kb.projections.dumps.stream import NotInThisForm, dump
from tests.support.knowledge import Knowledge
from tests.support.statements import Statements

OXIGRAPH = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
}


def test_the_sets_hold_what_they_say(engine: Engine, kb: Knowledge) -> None:
    with Session(engine) as session:
        stored = dict(read.with_quads(session))
        current = {edition.seq for edition in read.current(session)}
        everything = {str(quad) for nquads in stored.values() for quad in parse(nquads, format=RdfFormat.N_QUADS)}
        now = {
            str(quad.triple)
            for seq, nquads in stored.items()
            if seq in current
            for quad in parse(nquads, format=RdfFormat.N_QUADS)
        }
        assert (len(stored), len(current)) == (13, 11)
        for form in ("nq", "trig"):
            data = b"".join(dump(session, form, "all"))
            assert {str(quad) for quad in parse(data, format=OXIGRAPH[form])} == everything
        for form, of in OXIGRAPH.items():
            data = b"".join(dump(session, form))
            assert {str(getattr(one, "triple", one)) for one in parse(data, format=of)} == now, form
        assert b"".join(dump(session, "nq", "all")) == b"".join(stored.values())


def test_documents_go_out_one_a_line(engine: Engine, kb: Knowledge) -> None:
    with Session(engine) as session:
        lines = b"".join(dump(session, "jsonld", "all")).splitlines()
        assert [json.loads(line)["@id"] for line in lines][-1].endswith(f"claims/{kb.gone}/v2")
        assert lines == [edition.data for edition in read.everything(session)]
        assert len(b"".join(dump(session, "jsonld")).splitlines()) == 11


@pytest.mark.parametrize("form", ["nt", "ttl", "rdf"])
def test_all_versions_need_named_graphs(session: Session, form: str) -> None:
    with pytest.raises(NotInThisForm):
        dump(session, form, "all")


def test_what_does_not_exist_is_refused_before_anything_is_given(session: Session) -> None:
    with pytest.raises(NoSuchForm):
        dump(session, "n3")
    with pytest.raises(Refused):
        dump(session, "nq", "some")


@pytest.mark.parametrize("form", ["nq", "ttl"])
def test_a_dump_streams(engine: Engine, kb: Knowledge, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """A block is no larger than it must be: whoever writes them out never holds the whole."""
    with Session(engine) as session:
        whole = list(dump(session, form))
        monkeypatch.setattr(stream, "BLOCK", 5_000)
        blocks = list(dump(session, form))
        editions = list(join((nquads for _, nquads in read.with_quads(session, current_only=True)), form))
    assert len(whole) == 1
    assert whole == [b"".join(blocks)]
    assert len(blocks) > 2
    assert all(len(block) >= 5_000 for block in blocks[:-1])
    assert all(len(block) < 5_000 + max(map(len, editions)) for block in blocks)


def test_a_dump_tells_now_and_then_how_far_it_is(
    engine: Engine, kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "STEP", 5)
    steps: list[tuple[int, int]] = []
    with Session(engine) as session:
        list(dump(session, "nq", "all", lambda done, of: steps.append((done, of))))
    assert steps == [(0, 12), (5, 12), (10, 12), (12, 12)]


def test_a_dump_reads_no_document_and_asks_little(
    engine: Engine, kb: Knowledge, statements: Callable[[Engine], Statements]
) -> None:
    with Session(engine) as session, statements(engine) as asked:
        list(dump(session, "nq"))
    # The head, the editions, and that there are no more.
    assert len(asked) == 3
    assert not any("AS data" in one for one in asked)
