"""Our own pages under our own lint: no claim's page has a fault in its ClaimReview."""

import json

import httpx
import pytest

from kb.db import open_reading_engine, reading
from kb.formats.claimreview import claim_review
from kb.lint.one import lint_bytes
from kb.lint.rule import Severity
from kb.lint.together import Seen
from kb.log import read as log
from kb.log.read import Edition
from tests.support.places import Place

# On the worker that has made the knowledge bases for the browser.
pytestmark = pytest.mark.xdist_group("browser")


def claims(place: Place) -> list[Edition]:
    engine = open_reading_engine(place.settings)
    with reading(engine) as session:
        found = [one for one in log.everything(session, current_only=True) if one.record_kind == "claim"]
    engine.dispose()
    return found


def check(name: str, raw: bytes, seen: Seen) -> int:
    linted = lint_bytes(name, raw, seen, expected=False)
    assert [one for one in linted.faults.kept if one.rule.severity is not Severity.ADVICE] == []
    # What is advised is a shorter question, and nothing else.
    assert {one.rule.code for one in linted.faults.kept} <= {"claim-long"}
    return linted.reviews


def check_pages(place: Place, address: str) -> None:
    seen, reviews, found = Seen(), 0, claims(place)
    for edition in found:
        reply = httpx.get(f"{address}/{edition.address}", headers={"Accept": "text/html"})
        reviews += check(edition.address, reply.content, seen)
    assert reviews == sum(claim_review(one.document) is not None for one in found) > 0


def test_pages_of_invented_records(small_place: Place, small_address: str) -> None:
    check_pages(small_place, small_address)


@pytest.mark.corpus
def test_pages_of_the_corpus(corpus_place: Place, corpus_address: str) -> None:
    check_pages(corpus_place, corpus_address)


def test_what_pages_of_the_sample_would_hold(sample_place: Place) -> None:
    """The sample's own pages have none, since it is made up."""
    seen = Seen()
    made = [review for one in claims(sample_place) if (review := claim_review(one.document))]
    assert sum(check(review["url"], json.dumps(review).encode(), seen) for review in made) == len(made) > 10
