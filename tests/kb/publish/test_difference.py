"""What a draft says otherwise than its latest edition."""

from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import change_agent, find_agent
from kb.desk.appearances import add_appearance
from kb.desk.claims import change_claim, find_claim
from kb.desk.sources import find_source
from kb.formats.changes import Change
from kb.publish.difference import differences
from kb.publish.withdraw import withdraw
from tests.factories import desk
from tests.factories.whole import STATEMENT, Whole
from tests.support.databases import BASE
from tests.support.publishing import note, put_out


def seen(engine: Engine, record: str) -> list[Change] | None:
    with writing(engine) as session:
        return differences(session, BASE, record)


def test_nothing_is_published(engine: Engine, drafts: Whole) -> None:
    assert seen(engine, drafts.claim.id) is None


def test_every_kind_is_as_it_was_published(engine: Engine, drafts: Whole) -> None:
    put_out(engine)
    for record in (drafts.claim, drafts.carla, drafts.article, drafts.office, drafts.walking):
        assert seen(engine, record.id) == []


def test_field_by_field(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    put_out(engine)
    note(engine, claim, "Another note.")
    found = {one.field: (one.before, one.after) for one in seen(engine, claim) or ()}
    assert found["note@en"] == ("Invented.", "Another note.")
    assert found["title@en"] == ("The walkers of 2017", None)
    assert not any(field.startswith(("edition", "cited")) for field in found)


def test_words_of_what_is_cited(engine: Engine, drafts: Whole) -> None:
    """A draft's words come in only where that draft would be published with it."""
    claim = drafts.claim.id
    put_out(engine)
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, drafts.carla.id), desk.agent_entry("Carla E."))
        new = desk.agent(session, "A new voice")
        link = desk.link_entry("A new voice", agent=new.id)
        made = find_claim(session, claim)
        add_appearance(
            session, LOCAL_OPERATOR, made, desk.appearance_entry(find_source(session, drafts.copy.id), link), None
        )
    told = [f"{one.label}: {one.before} → {one.after}" for one in seen(engine, claim) or ()]
    assert any("A new voice" in one for one in told)
    assert not any("Carla E." in one for one in told)


def test_a_half_draft_and_a_withdrawn_record(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    put_out(engine)
    withdraw(engine, LOCAL_OPERATOR, claim, "It does not stand.")
    assert seen(engine, claim) == []
    with writing(engine) as session:
        entry = desk.claim_entry(statement=STATEMENT, claim_type=None, commitment=None, question=None)
        change_claim(session, LOCAL_OPERATOR, find_claim(session, claim), entry)
    gone = {one.field for one in seen(engine, claim) or () if one.after is None}
    assert {"claimType", "commitment", "question@en"} <= gone
