"""Bytes back into documents: one bad file for each defect, named after it."""

import json
from pathlib import Path

import pytest

from kb.documents.reading import read_document
from kb.errors import Broken, Refused
from tests.support.editions import INVALID, Given, corpus, valid

EXPECTED = json.loads((INVALID / "expected.json").read_text("utf-8"))
ERRORS = {"Broken": Broken, "Refused": Refused}


@pytest.mark.parametrize("edition", valid(), ids=lambda one: one.path.stem)
def test_a_valid_edition_is_read_as_it_was_written(edition: Given) -> None:
    assert read_document(edition.data) == edition.document


@pytest.mark.corpus
def test_every_example_is_read_as_it_was_written(shared: Path) -> None:
    for edition in corpus(shared):
        assert read_document(edition.data) == edition.document, edition.path.name


def test_each_defect_is_expected() -> None:
    assert {path.stem for path in INVALID.glob("*.jsonld")} == set(EXPECTED)


@pytest.mark.parametrize("defect", sorted(EXPECTED))
def test_each_defect_is_refused_in_its_place(defect: str) -> None:
    wanted = EXPECTED[defect]
    with pytest.raises((Broken, Refused)) as refusal:
        read_document((INVALID / f"{defect}.jsonld").read_bytes())
    assert isinstance(refusal.value, ERRORS[wanted["error"]])
    assert refusal.value.where == wanted["where"]
    assert refusal.value.what
