"""rdflib, a third reader, agrees with what is stored and with the walker."""

import json
from pathlib import Path

import pytest
import rdflib

from kb.documents.canonical import canonical, digest
from kb.documents.graph import quads
from kb.log.read import Edition
from kb.verify.quads import check_quads, check_quads_by_rdflib
from tests.factories.claims import World
from tests.factories.documents import Press


def as_edition(data: bytes) -> Edition:
    document = json.loads(data)
    names = (document["recordId"], "claim", "claims/x", document["version"], document["change"], document["issued"])
    return Edition(1, *names, digest(data), "0" * 64, None, "0" * 64, data)


def a_claim() -> bytes:
    press = Press()
    world = World(press)
    for kind, entity in world.entities():
        press.seal(kind, entity)
    return canonical(press.seal("claim", world.claim()))


def test_readers_agree_and_differences_are_told() -> None:
    edition = as_edition(a_claim())
    stored = quads(edition.data)
    assert list(check_quads(edition, edition.document, stored)) == []
    assert list(check_quads_by_rdflib(edition, stored)) == []
    lines = stored.splitlines(keepends=True)
    wrong = {
        "not among the stored": b"".join(lines[1:]),
        "does not say": stored + lines[0].replace(b"claims", b"claimz"),
        "not in their form": b"".join(reversed(lines)),
        "not among": stored.replace(b"Invented", b"Invested", 1),
    }
    for words, data in wrong.items():
        (fault,) = check_quads(edition, edition.document, data)
        assert words in fault.problem
        assert (fault.record, fault.version, fault.where) == (edition.record, 1, "nquads")
    assert [fault.where for fault in check_quads_by_rdflib(edition, b"".join(lines[1:]))] == ["nquads"]
    assert [fault.where for fault in check_quads_by_rdflib(edition, b"no quads")] == ["nquads"]


@pytest.mark.parametrize("before", [True, False])
def test_rdflib_is_left_as_it_was(before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", before)
    edition = as_edition(a_claim())
    assert list(check_quads_by_rdflib(edition, quads(edition.data))) == []
    assert rdflib.NORMALIZE_LITERALS is before


@pytest.mark.corpus
def test_walker_pyoxigraph_and_rdflib_agree_on_every_example(shared: Path) -> None:
    for file in sorted((shared / "rdf").glob("*/*.jsonld")):
        edition = as_edition(file.read_bytes())
        stored = quads(edition.data)
        assert list(check_quads(edition, edition.document, stored)) == [], file.name
        assert list(check_quads_by_rdflib(edition, stored)) == [], file.name
