"""Withdrawing leaves the page with its reason; restoring brings back what stood, without a second reader."""

import pytest
from sqlalchemy import Engine, select

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.agents import change_agent, find_agent
from kb.desk.claims import change_claim, find_claim
from kb.desk.records import find
from kb.desk.tables import History, Page, Record
from kb.documents.claim import LEFT_WHEN_WITHDRAWN, Claim
from kb.errors import Refused
from kb.log.read import standing
from kb.publish.withdraw import KEPT_OF_A_CLAIM, NotStanding, restore, withdraw
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import STATEMENT, Whole
from tests.support.databases import BASE
from tests.support.publishing import UNREVIEWED, editions, entity, latest, made_of, proven, put_out
from tests.support.readings import Shapes


@pytest.fixture
def out(engine: Engine, drafts: Whole) -> Whole:
    put_out(engine)
    return drafts


def is_withdrawn(engine: Engine, record: str) -> bool:
    with writing(engine) as session:
        return find(session, Record, record).withdrawn


def test_what_is_kept_is_what_the_model_leaves() -> None:
    keys = {field.alias or name for name, field in Claim.model_fields.items() if name in LEFT_WHEN_WITHDRAWN}
    assert keys == KEPT_OF_A_CLAIM


def test_a_claim_leaves_its_question_and_its_replies(engine: Engine, settings: Settings, out: Whole) -> None:
    before = entity(engine, out.claim.id)
    receipt = withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    assert made_of(receipt) == [(out.claim.id, 2, "withdrawal")]
    document = latest(engine, out.claim.id).document
    assert document["changeNote"] == {"en": "Logged twice."}
    assert (document["reviewed"], document["unreviewedReason"]) == (
        False,
        {"en": "A withdrawal needs no second reader."},
    )
    left = document["mainEntity"]
    assert left.keys() == KEPT_OF_A_CLAIM - {"relations"}
    assert left["concerns"] == before["concerns"]
    assert [reply["short"] for reply in left["replies"]] == [reply["short"] for reply in before["replies"]]
    assert not any("saidIn" in reply for reply in left["replies"])
    assert is_withdrawn(engine, out.claim.id)
    with writing(engine) as session:
        assert standing(session, latest(engine, out.claim.id)).state == "withdrawn"
    proven(settings)


def test_it_stays_withdrawn_however_often_everything_is_published(engine: Engine, out: Whole) -> None:
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    receipt = put_out(engine)
    assert made_of(receipt) == []
    assert out.claim.id not in receipt.unchanged
    told = put_out(engine, out.claim.id).refused[out.claim.id]
    assert "withdrawn" in told[0].what


def test_no_draft_slips_into_a_withdrawal(engine: Engine, out: Whole) -> None:
    with writing(engine) as session:
        row = find_claim(session, out.claim.id)
        change_claim(session, LOCAL_OPERATOR, row, desk.claim_entry(note="A draft.", statement=STATEMENT))
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    assert entity(engine, out.claim.id)["note"] == {"en": "Invented."}


def test_restored_it_says_what_it_said(engine: Engine, settings: Settings, out: Whole) -> None:
    before = latest(engine, out.claim.id)
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    receipt = restore(engine, LOCAL_OPERATOR, out.claim.id, "It was not.")
    assert made_of(receipt) == [(out.claim.id, 3, "restoration")]
    after = latest(engine, out.claim.id)
    assert after.content_digest == before.content_digest
    assert after.document["unreviewedReason"] == {"en": UNREVIEWED}
    assert after.document["changeNote"] == {"en": "It was not."}
    assert not is_withdrawn(engine, out.claim.id)
    assert put_out(engine).published == []
    proven(settings)


def test_another_content_needs_a_second_reader(engine: Engine, out: Whole) -> None:
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    with writing(engine) as session:
        row = find_claim(session, out.claim.id)
        change_claim(session, LOCAL_OPERATOR, row, desk.claim_entry(note="A draft.", statement=STATEMENT))
    receipt = restore(engine, LOCAL_OPERATOR, out.claim.id, "It was not.")
    assert [one.where for one in receipt.refused[out.claim.id]] == ["review"]
    assert is_withdrawn(engine, out.claim.id)
    assert latest(engine, out.claim.id).version == 2
    receipt = restore(engine, LOCAL_OPERATOR, out.claim.id, "It was not.", unreviewed="One person.")
    assert made_of(receipt) == [(out.claim.id, 3, "restoration")]
    assert latest(engine, out.claim.id).document["unreviewedReason"] == {"en": "One person."}


def test_restoring_drags_nothing_along(engine: Engine, out: Whole) -> None:
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    with writing(engine) as session:
        topic = desk.topic(session, "another", "Another").id
        row = find_claim(session, out.claim.id)
        entry = desk.claim_entry(note="Invented.", statement=STATEMENT, topics=(topic,))
        change_claim(session, LOCAL_OPERATOR, row, entry)
    receipt = restore(engine, LOCAL_OPERATOR, out.claim.id, "It was not.", unreviewed="One person.")
    (finding,) = receipt.refused[out.claim.id]
    assert topic in finding.mend


def test_a_source_keeps_its_words(engine: Engine, settings: Settings, out: Whole) -> None:
    before = entity(engine, out.record.id)
    withdraw(engine, LOCAL_OPERATOR, out.record.id, "It is a forgery.")
    edition = latest(engine, out.record.id)
    assert (edition.change, edition.document["mainEntity"]) == ("withdrawal", before)
    assert put_out(engine).published == []
    assert made_of(restore(engine, LOCAL_OPERATOR, out.record.id, "It is not."))[0][1:] == (3, "restoration")
    proven(settings)


def test_only_what_stands_can_go(engine: Engine, out: Whole) -> None:
    with writing(engine) as session:
        draft = desk.agent(session, "Nobody yet").id
        method = session.scalars(select(Page).where(Page.slug == "method")).one().id
    own = editions(engine)[1].record
    with pytest.raises(NotStanding, match="nothing is published"):
        withdraw(engine, LOCAL_OPERATOR, draft, "x")
    for record in (own, method, editions(engine)[0].record):
        with pytest.raises(NotStanding, match="rests on"):
            withdraw(engine, LOCAL_OPERATOR, record, "x")
    with pytest.raises(NotStanding, match="not withdrawn"):
        restore(engine, LOCAL_OPERATOR, out.claim.id, "x")
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "x")
    with pytest.raises(NotStanding, match="already"):
        withdraw(engine, LOCAL_OPERATOR, out.claim.id, "x")
    with pytest.raises(Refused):
        restore(engine, LOCAL_OPERATOR, out.claim.id, "  ")


def test_only_a_publisher_may(engine: Engine, out: Whole) -> None:
    editor = Actor("an editor", frozenset({"editor", "reviewer", "admin"}))
    for verb in (withdraw, restore):
        with pytest.raises(NotAllowed):
            verb(engine, editor, out.claim.id, "x")


def test_each_leaves_two_rows_of_history(engine: Engine, out: Whole) -> None:
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "x")
    restore(engine, LOCAL_OPERATOR, out.claim.id, "y")
    with writing(engine) as session:
        wanted = select(History.verb).where(History.record_id == out.claim.id).order_by(History.id.desc()).limit(4)
        assert list(session.scalars(wanted))[::-1] == ["withdraw", "publish", "restore", "publish"]


def test_an_agent_renamed_meanwhile_needs_a_reader(engine: Engine, out: Whole) -> None:
    withdraw(engine, LOCAL_OPERATOR, out.carla.id, "She asked for it.")
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, out.carla.id), desk.agent_entry("Carla Renamed"))
    assert out.carla.id in restore(engine, LOCAL_OPERATOR, out.carla.id, "She agreed.").refused
    assert BASE in latest(engine, out.carla.id).document["@id"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_shapes_accept_every_step(engine: Engine, out: Whole) -> None:
    withdraw(engine, LOCAL_OPERATOR, out.claim.id, "Logged twice.")
    restore(engine, LOCAL_OPERATOR, out.claim.id, "It was not.")
    shapes = Shapes()
    for edition in editions(engine):
        if edition.record in {out.claim.id, out.article.id, out.office.id, out.walkers.id, out.carla.id}:
            assert shapes.complaints(edition.document) == []
