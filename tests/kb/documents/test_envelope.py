"""The seal: an edition taken apart and sealed again is the same to the byte, `cited` included."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from kb.documents.canonical import canonical
from kb.documents.cited import CitedRecord, cite
from kb.documents.envelope import Draft, Sealing, seal
from kb.errors import Missing, Refused
from tests.support.editions import Given, corpus, draft_of, sealing_of, valid

BASE = "http://localhost:8000/"
A, B, C = (f"{BASE}sources/{name * 9}#it" for name in "abc")


@pytest.mark.parametrize("edition", valid(), ids=lambda one: one.path.stem)
def test_sealed_again_it_is_the_same_to_the_byte(edition: Given) -> None:
    document = seal(draft_of(edition.document), sealing_of(edition.document, valid()))
    assert canonical(document) == edition.data


@pytest.mark.corpus
def test_every_example_sealed_again_is_the_same_to_the_byte(shared: Path) -> None:
    editions = corpus(shared)
    for edition in editions:
        document = seal(draft_of(edition.document), sealing_of(edition.document, editions))
        assert canonical(document) == edition.data, edition.path.name


def _whole() -> tuple[Draft, Sealing]:
    edition = next(one for one in valid() if one.path.stem == "claim-whole")
    return draft_of(edition.document), sealing_of(edition.document, valid())


def test_what_is_cited_needs_its_words() -> None:
    draft, sealing = _whole()
    gone = max(draft.cites)
    fewer = {iri: record for iri, record in sealing.cited.items() if iri != gone}
    with pytest.raises(Missing) as missing:
        seal(draft, dataclasses.replace(sealing, cited=fewer))
    assert missing.value.where == gone


def test_a_draft_that_cites_less_than_it_says_is_refused() -> None:
    draft, sealing = _whole()
    with pytest.raises(Refused) as refusal:
        seal(dataclasses.replace(draft, cites=draft.cites - {max(draft.cites)}), sealing)
    assert refusal.value.where == "/cited"


def test_the_draft_is_left_as_it_was() -> None:
    draft, sealing = _whole()
    before = canonical(draft.entity)
    seal(draft, sealing)
    assert canonical(draft.entity) == before


def _source(iri: str, **more: Any) -> CitedRecord:
    entity = {
        "@id": iri,
        "title": {"it": f"Titolo {iri[-4]}"},
        "publisherAsPrinted": {"en": "Wire", "it": "Filo"},
        "published": {"edtf": "2019"},
        **more,
    }
    return CitedRecord(iri, "source", 1, entity)


def test_what_stands_behind_a_source_is_an_iri_where_it_is_cited_and_words_where_not() -> None:
    known = {
        A: _source(A, copyOf=B, derivedFrom=[B, C], copyOfAsPrinted={"en": "what is printed"}),
        B: _source(B),
        C: _source(C, title={"ar": "كتاب"}),
    }
    alone = cite(f"{BASE}claims/x", frozenset({A}), known)[0]
    assert alone["citedCopyOfInWords"] == {"en": "what is printed"}
    assert alone["citedDerivedFromInWords"] == {"it": ["Filo: Titolo b"], "ar": ["Wire: كتاب"]}
    assert "citedCopyOf" not in alone
    together = cite(f"{BASE}claims/x", frozenset({A, B}), known)[0]
    assert together["citedCopyOf"] == B
    assert together["citedDerivedFrom"] == [B]
    assert "citedCopyOfInWords" not in together
    assert list(together["citedDerivedFromInWords"]) == ["ar"]


def test_a_copy_without_words_of_its_own_is_named_by_publisher_and_title() -> None:
    known = {A: _source(A, copyOf=B), B: _source(B)}
    assert cite(f"{BASE}claims/x", frozenset({A}), known)[0]["citedCopyOfInWords"] == {"it": "Filo: Titolo b"}
