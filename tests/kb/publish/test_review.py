"""Reviewing: handing over, approving exactly what was read with what goes along, and handing back."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, select

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.agents import change_agent, find_agent
from kb.desk.comments import CommentEntry, add_comment
from kb.desk.entry import BadEntry
from kb.desk.evidence import find_evidence
from kb.desk.reviews import OwnWork
from kb.desk.tables import Approval, Handover, History, Record
from kb.desk.topics import TopicEntry, add_topic, change_topic
from kb.publish.checklist import CHECKS, OTHER_CHECKS
from kb.publish.publish import PublishEntry, publish
from kb.publish.review import (
    ApprovalVoid,
    ApproveEntry,
    NothingToRead,
    ReturnEntry,
    Review,
    approve,
    hand_back,
    review_of,
    submit,
)
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.databases import BASE
from tests.support.publishing import READER, latest, made_of, note, proven, put_out

OTHER = Actor("another reader", frozenset({"reviewer"}))
CONTRIBUTOR = Actor("a contributor", frozenset({"contributor"}))
PUBLISHER = Actor("a publisher", frozenset({"publisher"}))
BOTH = Actor("an editor who also reviews", frozenset({"editor", "reviewer"}))


def seen(engine: Engine, record: str, actor: Actor = READER) -> Review:
    with writing(engine) as session:
        return review_of(session, actor, BASE, record)


def ticked(review: Review, **more: Any) -> ApproveEntry:
    given = {
        "content_digest": review.digest,
        "checks": tuple(review.checks),
        "along": {one.record: one.digest for one in review.along},
    }
    return ApproveEntry(**given | more)


def read(engine: Engine, record: str, actor: Actor = READER, **more: Any) -> None:
    entry = ticked(seen(engine, record, actor), **more)
    with writing(engine) as session:
        approve(session, actor, BASE, record, entry)


def rows(engine: Engine, record: str) -> list[str]:
    with writing(engine) as session:
        return list(session.scalars(select(History.verb).where(History.record_id == record).order_by(History.id)))


def test_from_hand_to_hand_to_the_public(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    with writing(engine) as session:
        handed = submit(session, LOCAL_OPERATOR, BASE, claim, "The year is the hard part.")
        again = submit(session, LOCAL_OPERATOR, BASE, claim, "Once more.")
    assert (again.id, again.note) == (handed.id, "The year is the hard part.")
    review = seen(engine, claim)
    assert (review.handover and review.handover.note, review.own_work, review.checks) == (handed.note, False, CHECKS)
    assert {one.kind for one in review.along} == {"agent", "topic", "origin", "source"}
    assert not any(one.approved or one.own_work for one in review.along)
    read(engine, claim, comment="Well found.")
    review = seen(engine, claim)
    assert [(one.actor, one.comment) for one in review.approvals] == [(READER.name, "Well found.")]
    assert [one for one in review.findings if one.shuts] == []
    assert all(one.approved for one in review.along)
    receipt = publish(engine, LOCAL_OPERATOR, [claim], PublishEntry())
    assert (len(receipt.published), receipt.refused) == (11, {})
    assert latest(engine, claim).document["reviewed"] is True
    after = seen(engine, claim)
    assert (after.handover, after.void, len(after.approvals)) == (None, (), 1)


def test_each_step_is_one_row_and_leaves_the_revision_to_editors(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    with writing(engine) as session:
        before, revision = len(rows(engine, claim)), session.get_one(Record, claim).revision
    with writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, claim)
        digest = review_of(session, READER, BASE, claim).digest
        hand_back(session, READER, BASE, claim, ReturnEntry(content_digest=digest, comment="Say more."))
    assert rows(engine, claim)[before:] == ["submit", "hand_back"]
    with writing(engine) as session:
        assert session.get_one(Record, claim).revision == revision


@pytest.mark.parametrize("words", ["", "\x00", "\ud800", "x" * 100_001])
def test_a_note_is_words(engine: Engine, drafts: Whole, words: str) -> None:
    with pytest.raises(BadEntry) as raised, writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, drafts.claim.id, words)
    assert raised.value.where == "note"
    assert len(str(raised.value)) < 200


def test_roles(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    entry = ticked(seen(engine, claim))
    back = ReturnEntry(content_digest=entry.content_digest, comment="No.")
    for actor in (CONTRIBUTOR, PUBLISHER, READER):
        with pytest.raises(NotAllowed), writing(engine) as session:
            submit(session, actor, BASE, claim)
    for actor in (CONTRIBUTOR, PUBLISHER):
        with pytest.raises(NotAllowed), writing(engine) as session:
            approve(session, actor, BASE, claim, entry)
        with pytest.raises(NotAllowed), writing(engine) as session:
            hand_back(session, actor, BASE, claim, back)
    with writing(engine) as session:
        assert session.scalars(select(Approval)).all() == [] == session.scalars(select(Handover)).all()


def test_what_was_changed_since_it_was_opened_is_not_approved(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    opened = ticked(seen(engine, claim))
    note(engine, claim, "Another note.")
    with pytest.raises(ApprovalVoid, match="changed since it was opened"), writing(engine) as session:
        approve(session, READER, BASE, claim, opened)
    entry = ReturnEntry(content_digest=opened.content_digest, comment="Mend the year.")
    with pytest.raises(ApprovalVoid), writing(engine) as session:
        hand_back(session, READER, BASE, claim, entry)
    opened = ticked(seen(engine, claim))
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, drafts.carla.id), desk.agent_entry("Carla E."))
    with pytest.raises(ApprovalVoid) as raised, writing(engine) as session:
        approve(session, READER, BASE, claim, opened)
    assert raised.value.where == drafts.carla.id
    with writing(engine) as session:
        assert session.scalars(select(Approval)).all() == []


def test_a_change_voids_and_says_so(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    read(engine, claim)
    note(engine, claim, "Another note.")
    review = seen(engine, claim)
    assert review.approvals == ()
    (void,) = review.void
    assert void.in_words.startswith(f"Approved by {READER.name} on ")
    assert void.in_words.endswith(", voided by a change.")
    assert [one.where for one in review.findings if one.shuts] == ["review"]


def test_what_went_into_an_edition_is_not_void(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    read(engine, claim)
    publish(engine, LOCAL_OPERATOR, [claim], PublishEntry())
    note(engine, claim, "Another note.")
    assert seen(engine, claim).void == ()
    with writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, claim)
    assert seen(engine, claim).handover is not None
    read(engine, claim, OTHER)
    assert made_of(publish(engine, LOCAL_OPERATOR, [claim], PublishEntry())) == [(claim, 2, "update")]


def test_every_check_is_ticked(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    some = tuple(word for word in CHECKS if word not in {"figures", "fairness"})
    with pytest.raises(BadEntry) as raised:
        read(engine, claim, checks=(*some, "beauty"))
    assert [fault.field for fault in raised.value.faults] == ["checks.beauty", "checks.figures", "checks.fairness"]
    with pytest.raises(BadEntry):
        read(engine, drafts.walking.id, checks=tuple(CHECKS))
    read(engine, drafts.walking.id, checks=tuple(OTHER_CHECKS))


def test_own_work(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    assert seen(engine, claim, LOCAL_OPERATOR).own_work
    with pytest.raises(OwnWork):
        read(engine, claim, LOCAL_OPERATOR)
    with writing(engine) as session:
        topic = drafts.walking
        entry = TopicEntry(slug=topic.slug, label="Walks", broader=topic.broader_id)
        change_topic(session, BOTH, session.get_one(type(topic), topic.id), entry)
        add_comment(session, BOTH, claim, CommentEntry(body="I only say something."), "")
    review = seen(engine, claim, BOTH)
    assert (review.own_work, [one.label for one in review.along if one.own_work]) == (False, ["Walks"])
    assert [one.what for one in review.findings if "yourself" in one.what] == [
        "You have worked on “Walks” yourself, and it is published with this."
    ]
    read(engine, claim, BOTH)
    assert [one.label for one in seen(engine, claim).along if not one.approved] == ["Walks"]
    assert claim in publish(engine, LOCAL_OPERATOR, [claim], PublishEntry()).refused
    read(engine, drafts.walking.id, OTHER)
    assert publish(engine, LOCAL_OPERATOR, [claim], PublishEntry()).refused == {}


def test_what_nobody_says_was_read_is_not_approved(engine: Engine, drafts: Whole) -> None:
    read(engine, drafts.claim.id, along={})
    assert not any(one.approved for one in seen(engine, drafts.claim.id).along)


def test_what_does_not_go_along_is_not_approved_beside(engine: Engine, drafts: Whole) -> None:
    with writing(engine) as session:
        other = desk.topic(session, "elsewhere", "Elsewhere").id
    review = seen(engine, other)
    read(engine, drafts.claim.id, along={other: review.digest})
    assert seen(engine, other).approvals == ()


def test_handing_back_takes_back_ones_own_approval(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    for actor in (READER, OTHER):
        read(engine, claim, actor)
    digest = seen(engine, claim).digest
    with writing(engine) as session:
        back = hand_back(session, READER, BASE, claim, ReturnEntry(content_digest=digest, comment="The year!"))
    review = seen(engine, claim)
    assert (review.handover and review.handover.id, [one.actor for one in review.approvals]) == (back.id, [OTHER.name])
    with writing(engine) as session:
        assert submit(session, LOCAL_OPERATOR, BASE, claim).id != back.id


def test_there_is_nothing_to_read_in_what_was_published(engine: Engine, settings: Any, drafts: Whole) -> None:
    put_out(engine)
    with pytest.raises(NothingToRead, match="version 1"), writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, drafts.claim.id)
    read(engine, drafts.claim.id)
    proven(settings)


def test_evidence_added_meanwhile_voids(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    opened = ticked(seen(engine, claim))
    with writing(engine) as session:
        find_evidence(session, claim, 1).note = "Slipped in."
    with pytest.raises(ApprovalVoid), writing(engine) as session:
        approve(session, READER, BASE, claim, opened)


@pytest.mark.parametrize("rounds", [4, pytest.param(500, marks=pytest.mark.slow)])
def test_approve_against_edit(engine: Engine, drafts: Whole, rounds: int) -> None:
    """Whoever comes first, what is approved is what was read."""
    claim = drafts.claim.id
    for turn in range(rounds):
        opened = ticked(seen(engine, claim))
        start, void = threading.Barrier(2), list[bool]()

        def reading(entry: ApproveEntry, gate: threading.Barrier, told: list[bool]) -> None:
            gate.wait()
            try:
                with writing(engine) as session:
                    approve(session, READER, BASE, claim, entry)
            except ApprovalVoid:
                told.append(True)

        reader = threading.Thread(target=reading, args=(opened, start, void))
        reader.start()
        start.wait()
        note(engine, claim, f"Note {turn}.")
        reader.join()
        with writing(engine) as session:
            given = session.scalars(select(Approval).where(Approval.content_digest == opened.content_digest)).all()
        assert (len([one for one in given if one.record_id == claim]), bool(void)) in {(1, False), (0, True)}
        assert seen(engine, claim).approvals == ()


def test_a_topic_of_ones_own_takes_another_reader(engine: Engine, drafts: Whole) -> None:
    with writing(engine) as session:
        own = add_topic(session, BOTH, TopicEntry(slug="theirs", label="Theirs")).id
    with pytest.raises(OwnWork):
        read(engine, own, BOTH)
    read(engine, own)
    assert made_of(publish(engine, LOCAL_OPERATOR, [own], PublishEntry())) == [(own, 1, "new")]
