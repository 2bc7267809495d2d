"""The fifteen questions over the examples and fixtures of the vocabulary: the rows that were proven, on two engines."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store
from rdflib import Dataset

from kb.library.terms import fill, new_dataset
from tests.factories.documents import BASE
from tests.support.answers import QUESTIONS, About, Answers, Row
from tests.support.asked import by_oxigraph, by_rdflib, in_order, index_of_documents, question
from tests.support.editions import corpus

pytestmark = pytest.mark.corpus
ABOUT = About(f"{BASE}claims/ngpr8acpm#it", f"{BASE}agents/ggp2g6f1r#it", f"{BASE}topics/fixture-wide#it", "2026-11-24")


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Any]:
    return [given.document for given in corpus(shared)]


@pytest.fixture(scope="module")
def store(documents: list[Any]) -> Store:
    return index_of_documents(documents)


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    made = new_dataset(default_union=False)
    fill(made, store)
    return made


def proven(shared: Path) -> dict[str, list[Row]]:
    """Rows by the name of the question, which in the file has a number before it."""
    given = json.loads((shared / "rdf" / "queries" / "expected.json").read_text("utf-8"))
    return {name.partition("-")[2]: in_order(map(tuple, one["rows"])) for name, one in given.items()}


@pytest.mark.parametrize("name", QUESTIONS)
def test_two_engines_and_the_documents_say_the_same(
    name: str, shared: Path, documents: list[Any], store: Store, dataset: Dataset
) -> None:
    expected = proven(shared)[name]
    assert expected
    query = question(name, ABOUT)
    assert in_order(by_oxigraph(store, query)) == expected
    assert in_order(by_rdflib(dataset, query)) == expected
    assert in_order(Answers(documents)(name, ABOUT)) == expected


def test_the_questions_as_they_were_given_have_the_same_rows(shared: Path, store: Store) -> None:
    given = sorted((shared / "rdf" / "queries").glob("*.rq"))
    found = {path.stem.partition("-")[2]: in_order(by_oxigraph(store, path.read_text("utf-8"))) for path in given}
    assert found == proven(shared)
