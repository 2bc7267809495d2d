"""The fifteen questions over the published corpus, each row held against the documents."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import Store
from sqlalchemy.orm import Session

from app.cli.founding import found_empty
from kb.blobs import Blobs
from kb.db import open_engine
from kb.desk.actors import LOCAL_OPERATOR
from kb.imports import import_corpus
from kb.library import open_dataset
from kb.log import read
from kb.publish.reference import resolve
from kb.publish.withdraw import withdraw
from kb.settings import Settings
from tests.factories.corpus import copied, edit
from tests.factories.documents import BASE
from tests.support.answers import QUESTIONS, About, Answers, Json
from tests.support.asked import by_oxigraph, by_rdflib, in_order, index_of, question
from tests.support.databases import Stock, settings_for
from tests.support.endpoint import JSON, Endpoint
from tests.support.publishing import put_out
from tests.support.served import served

# On one worker, which publishes the corpus once.
pytestmark = [pytest.mark.corpus, pytest.mark.xdist_group("questions")]
CORRECTED, WITHDRAWN = "C04", "C01"
# No source of the corpus was retracted, and no two of its claims that both hold contradict each other.
WITHOUT_ROWS = {"retracted-source", "contradicting-both-hold"}


@dataclass
class Corpus:
    """Published whole; then one claim is corrected, and another withdrawn."""

    store: Store
    answers: Answers
    about: About
    settings: Settings


@pytest.fixture(scope="module")
def corpus(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Corpus:
    folder = tmp_path_factory.mktemp("questions")
    settings = settings_for(folder / "var", None)
    found_empty(settings, BASE)
    engine = open_engine(settings)
    blobs, changed = Blobs(settings.blobs), copied(shared / "seed", folder / "seed")
    import_corpus(engine, changed, blobs=blobs, method_version=1)
    assert put_out(engine).refused == {}
    edit(changed, "assessments.json", doubt)
    import_corpus(engine, changed, blobs=blobs, method_version=1)
    with Session(engine) as session:
        claim, gone = (resolve(session, f"seed:{name}").record for name in (CORRECTED, WITHDRAWN))
    put_out(engine, claim, kind="correction", note="The confidence was too high.")
    withdraw(engine, LOCAL_OPERATOR, gone, "Tried out.")
    with Session(engine) as session:
        store = index_of(session)
        editions = [one.document for one in read.everything(session)]
    engine.dispose()
    return Corpus(store, Answers(editions), About(claim=f"{BASE}claims/{claim}#it", day="2026-01-01"), settings)


def doubt(value: Json) -> None:
    found = next(one for one in value["assessments"] if one["claim"] == CORRECTED)
    found["confidence"] -= 0.1


def abouts(name: str, corpus: Corpus) -> list[About]:
    """All that a question can be about."""
    things = corpus.answers.things
    if name in ("attribution-chain", "evidence-by-stance", "verdict-history"):
        return [replace(corpus.about, claim=claim["@id"]) for claim in corpus.answers.claims]
    if name == "said-by-agent-not-read":
        return [replace(corpus.about, agent=iri) for iri in things if "/agents/" in iri]
    if name == "topic-with-narrower":
        return [replace(corpus.about, topic=iri) for iri in things if "/topics/" in iri]
    return [corpus.about]


def telling(name: str, corpus: Corpus) -> About:
    """One of which something is known."""
    return next((one for one in abouts(name, corpus) if corpus.answers(name, one)), corpus.about)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_row_is_the_documents_own(name: str, corpus: Corpus) -> None:
    rows = 0
    for about in abouts(name, corpus):
        expected = in_order(corpus.answers(name, about))
        assert in_order(by_oxigraph(corpus.store, question(name, about))) == expected, about
        rows += len(expected)
    assert bool(rows) == (name not in WITHOUT_ROWS)


def test_a_user_of_rdflib_finds_the_same(corpus: Corpus) -> None:
    dataset = open_dataset(corpus.settings.data)
    for name in QUESTIONS:
        about = telling(name, corpus)
        expected = in_order(corpus.answers(name, about))
        assert in_order(by_rdflib(dataset, question(name, about))) == expected, name


def test_the_endpoint_answers_with_the_same(corpus: Corpus) -> None:
    with served(corpus.settings) as address, Endpoint(address) as endpoint:
        endpoint.wait()
        for name in QUESTIONS:
            about = telling(name, corpus)
            found = endpoint.get(question(name, about), Accept=JSON).raise_for_status().json()
            names, rows = found["head"]["vars"], found["results"]["bindings"]
            given = [tuple(row[one]["value"] if one in row else None for one in names) for row in rows]
            assert in_order(given) == in_order(corpus.answers(name, about)), name


def test_what_became_of_the_two_claims(corpus: Corpus) -> None:
    history = in_order(by_oxigraph(corpus.store, question("verdict-history", corpus.about)))
    assert [(row[0], row[2].rpartition("-")[2], row[5]) for row in history if row[2]] == [
        ("1", "new", None),
        ("2", "correction", "The confidence was too high."),
    ]
    changes = by_oxigraph(corpus.store, question("corrections", corpus.about))
    # Both may have happened within a second, so that neither is the first.
    assert {(row[1], (row[2] or "").rpartition("-")[2]) for row in changes} == {
        ("2", "correction"),
        ("2", "withdrawal"),
    }
    labels = by_oxigraph(corpus.store, question("claimskg-label", corpus.about))
    assert len(labels) == 43
