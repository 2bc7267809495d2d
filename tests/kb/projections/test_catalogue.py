"""The catalogue: rows, links, lists, relations both ways."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.documents import addresses
from kb.documents.canonical import digest
from kb.documents.references import references
from kb.log.read import Edition
from kb.projections.catalogue import lists
from kb.projections.catalogue.links import Link, links
from kb.projections.catalogue.rows import listed
from tests.factories.documents import BASE
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.statements import Statements


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def reading(engine: Engine, kb: Knowledge) -> Session:
    with Session(engine) as session:
        yield session


def test_a_claim_row_says_what_its_document_says(reading: Session, kb: Knowledge) -> None:
    row = lists.find(reading, kb.denied)
    assert row is not None
    assert (row.kind, row.address, row.version, row.seq) == ("claim", f"claims/{kb.denied}", 1, 9)
    assert (row.verdict, row.failing, row.confidence, row.band) == (
        "partly_supported",
        "year:contradicted",
        "0.9",
        "high",
    )
    assert (row.seen_evidence, row.origins) == (2, 1)
    assert row.label == "Is it so that Bela Invented moved the summit?"
    assert row.replies == "Bela Invented denies it."
    assert row.line == "Bela Invented denies it. Partly supported; the year is contradicted."
    assert (row.who, row.published, row.lang, row.reviewed) == ("Invented Survey", "1863-05-01", "en", False)
    assert (row.standing, row.change, row.genre, row.seen) == ("current", "new", None, None)


def test_the_latest_edition_is_listed_and_the_withdrawn_stay_marked(reading: Session, kb: Knowledge) -> None:
    rows = {row.record: row for row in lists.list_records(reading, "claim").rows}
    assert set(rows) == {kb.claim, kb.denied, kb.gone}
    assert (rows[kb.claim].version, rows[kb.claim].change) == (2, "correction")
    gone = rows[kb.gone]
    assert (gone.version, gone.standing, gone.verdict, gone.line) == (2, "withdrawn", None, "Withdrawn.")
    assert (gone.failing, gone.confidence, gone.origins) == (None, None, None)


def test_every_kind_has_its_row(reading: Session, kb: Knowledge) -> None:
    counted = {"foundation": 1, "agent": 3, "topic": 1, "origin": 1, "source": 1, "page": 1, "claim": 3}
    assert lists.counts(reading) == counted | {"withdrawn": 1}
    source = lists.find(reading, kb.source)
    assert source is not None
    assert (source.label, source.who, source.published, source.genre, source.seen) == (
        "Heights of the Invented Alps",
        "Invented Survey",
        "1863-05-01",
        "report",
        True,
    )
    assert source.line is source.verdict is source.statement is None
    at = lists.at_addresses(reading, ["topics/heights", "method", "foundation", "claims/none"])
    assert {address: row.label for address, row in at.items()} == {
        "topics/heights": "Heights",
        "method": "Method",
        "foundation": BASE,
    }


def test_pages_of_a_list_follow_one_another(reading: Session, kb: Knowledge) -> None:
    for newest in (False, True):
        seen, after = [], None
        while True:
            page = lists.list_records(reading, "agent", after, limit=1, newest=newest)
            seen += [row.label for row in page.rows]
            if (after := page.next) is None:
                break
        expected = ["Bela Invented", "Invented desk", "Invented Survey"]
        assert seen == (["Bela Invented", "Invented Survey", "Invented desk"] if newest else expected)
    assert lists.list_records(reading, "agent", limit=3).next is None
    assert len(lists.list_records(reading, "agent", limit=0).rows) == 1
    with pytest.raises(lists.UnknownCursor):
        lists.list_records(reading, "agent", "nothing")


def test_claims_that_name_a_record(reading: Session, kb: Knowledge) -> None:
    source = f"sources/{kb.source}"
    assert {row.record for row in lists.claims_of(reading, source, "evidence").rows} == {kb.claim, kb.denied}
    assert {row.record for row in lists.claims_of(reading, source, "appears_in", "said_in").rows} == {
        kb.claim,
        kb.denied,
    }
    assert lists.claims_of(reading, source, "found").rows == ()
    assert {row.record for row in lists.claims_of(reading, "topics/heights", "topic").rows} == {
        kb.claim,
        kb.denied,
        kb.gone,
    }
    origin = addresses.record_of(kb.world.origin)
    assert {row.kind for row in lists.records_of(reading, origin).rows} == {"claim", "source"}
    first = lists.claims_of(reading, "topics/heights", limit=2)
    rest = lists.claims_of(reading, "topics/heights", limit=2, after=first.next)
    assert len({row.record for row in (*first.rows, *rest.rows)}) == 3


def test_relations_both_ways_in_one_statement(
    engine: Engine, reading: Session, kb: Knowledge, statements: Callable[[Engine], Statements]
) -> None:
    with statements(engine) as seen:
        found = lists.related(reading, kb.claim)
    assert len(seen) == 1
    assert [(one.word, one.row.record) for one in found] == [("needed_by", kb.denied), ("same_event", kb.gone)]
    assert [one.row.standing for one in found] == ["current", "withdrawn"]
    assert [(one.word, one.row.record) for one in lists.related(reading, kb.denied)] == [("depends_on", kb.claim)]
    assert [(one.word, one.row.record) for one in lists.related(reading, kb.gone)] == [("same_event", kb.claim)]


def test_a_list_costs_two_statements_at_most(
    engine: Engine, reading: Session, kb: Knowledge, statements: Callable[[Engine], Statements]
) -> None:
    with statements(engine) as seen:
        lists.list_records(reading, "claim", after=kb.claim)
    assert len(seen) <= 2


def as_edition(file: Path, kind: str) -> Edition:
    data = file.read_bytes()
    document = json.loads(data)
    address = document["editionOf"].removeprefix(BASE).removesuffix("#it")
    return Edition(
        1,
        document["recordId"],
        kind,
        address,
        document["version"],
        document["change"],
        document["issued"],
        digest(data),
        "0" * 64,
        document.get("previousDigest"),
        "0" * 64,
        data,
    )


@pytest.mark.corpus
def test_every_reference_of_every_example_is_a_link(shared: Path) -> None:
    count = 0
    for file in sorted((shared / "rdf").glob("*/*.jsonld")):
        kind = addresses.kind_of(addresses.record_of(json.loads(file.read_bytes())["editionOf"]))
        edition = as_edition(file, kind)
        entity = edition.document["mainEntity"]
        wanted = {addresses.record_of(one) for one in references(entity)}
        # The desk that assesses is not linked, and relations are links although they are not cited.
        wanted -= {addresses.record_of(edition.document["publisher"])}
        wanted |= {addresses.record_of(one) for kind in entity.get("relations", {}).values() for one in kind}
        assert {link.target for link in links(edition)} == wanted, file.name
        assert all(isinstance(link, Link) and link.address == edition.address for link in links(edition))
        assert listed(edition).label
        count += 1
    assert count > 80
