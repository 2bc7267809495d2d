"""Twenty queries over the whole corpus, with the claims that they must find, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.imports import import_corpus
from kb.log import read
from kb.projections.catalogue.query import parse
from kb.projections.catalogue.search import Asked, search
from kb.projections.follow import catch_up
from kb.settings import Settings
from tests.support.publishing import founded, put_out

pytestmark = pytest.mark.corpus
QUERIES = {
    "followers": "C02 C15 C17 C18 C22",
    "72,000": "C22",
    "72 000": "C22",
    "72000 follower": "C22",
    "Abu Rouk": "C23 C24",
    "walid denies": "C24",
    "الثريا": "C12 C13",
    "هدي نعيم": "C13",
    "المالكى": "C44",
    "وزير الخارجيه": "C44",
    "DECLARE directeur": "C23",
    "Bensouda": "C36 C38 C42",
    '"coordinated inauthentic behavior"': "C02 C04",
    "“coordinated inauthentic” 652": "C04",
    "seed:C04": "C04",
    "khamakarpress -poll*": "C08 C09 C10 C14 C15 C16 C18 C19 C20 C21 C25",
    "treaties": "C27 C30 C35",
    "“We support Jeremy Corbyn” manager": "C23",
    '"human shields"': "C41",
    "Lobel likely": "C06",
    "وليد": "",
    "jérémy corbyn prosecutor": "",
}


@pytest.fixture
def corpus(engine: Engine, settings: Settings, shared: Path) -> dict[str, str]:
    """External id by record."""
    founded(engine, settings)
    import_corpus(engine, shared / "seed", blobs=Blobs(settings.blobs), method_version=1)
    put_out(engine)
    catch_up(engine)
    with Session(engine) as session:
        found = [one for one in read.current(session) if one.record_kind == "claim"]
        return {one.record: one.document["mainEntity"]["externalIds"][0].rpartition("/")[2] for one in found}


def test_each_query_finds_its_claims(engine: Engine, corpus: dict[str, str]) -> None:
    assert len(corpus) == 44
    found = {}
    with Session(engine) as session:
        for text in QUERIES:
            rows = search(session, Asked(parse(text), {"kind": ("claim",)}, limit=200)).rows
            found[text] = " ".join(sorted(corpus[row.record] for row in rows))
    assert found == QUERIES
