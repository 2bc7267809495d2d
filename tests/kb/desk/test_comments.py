"""Comments on fields: they are open or resolved, and never go; and the handing over of drafts."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.comments import (
    CommentEntry,
    add_comment,
    comments_of,
    find_comment,
    reopen_comment,
    resolve_comment,
)
from kb.desk.entry import BadEntry
from kb.desk.handover import RETURN, SUBMIT, HandoverEntry, hand, standing_of
from kb.desk.history import PUBLISH, note, workers_of
from kb.desk.records import NoSuchRecord, hold
from kb.desk.tables import History
from tests.factories import desk

READER = Actor("R. Roe", frozenset({"reviewer"}))
ADMIN = Actor("an admin", frozenset({"admin"}))
DIGEST = "ab" * 32


def test_open_resolved_open(session: Session) -> None:
    claim = desk.bare_claim(session)
    revision, known = hold(session, claim.id).revision, session.scalars(select(History.id)).all()
    comment = add_comment(session, READER, claim.id, CommentEntry(field="statement", body="Who says?"), "the words")
    assert (comment.number, comment.about, comment.resolved_at) == (1, "the words", None)
    assert resolve_comment(session, LOCAL_OPERATOR, comment).resolved_by == LOCAL_OPERATOR.name
    resolve_comment(session, READER, comment)
    assert comment.resolved_by == LOCAL_OPERATOR.name
    reopen_comment(session, READER, comment)
    reopen_comment(session, READER, comment)
    assert (comment.resolved_at, comment.resolved_by) == (None, None)
    verbs = session.scalars(select(History.verb).where(History.id.not_in(known)).order_by(History.id)).all()
    assert verbs == ["add_comment", "resolve_comment", "reopen_comment"]
    assert hold(session, claim.id).revision == revision
    assert [one.body for one in comments_of(session, claim.id)] == ["Who says?"]


def test_numbers_do_not_come_back(session: Session) -> None:
    claim = desk.bare_claim(session)
    for words in ("one", "two"):
        add_comment(session, READER, claim.id, CommentEntry(body=words), "")
    assert [one.number for one in comments_of(session, claim.id)] == [1, 2]
    assert find_comment(session, claim.id, 2).field == "record"
    with pytest.raises(NoSuchRecord):
        find_comment(session, claim.id, 3)


def test_who_may_say_something(session: Session) -> None:
    claim = desk.bare_claim(session)
    with pytest.raises(NotAllowed, match="contributor, editor, reviewer"):
        add_comment(session, ADMIN, claim.id, CommentEntry(body="Hm."), "")
    comment = add_comment(session, READER, claim.id, CommentEntry(body="Hm."), "")
    with pytest.raises(NotAllowed):
        resolve_comment(session, ADMIN, comment)


@pytest.mark.parametrize("field", ["", "a b", "x" * 201, "a\nb", "\ud800"])
def test_a_path_is_a_path(field: str) -> None:
    with pytest.raises(BadEntry) as raised:
        CommentEntry(field=field, body="Hm.")
    assert raised.value.where == "field"
    assert len(str(raised.value)) < 200


def test_reading_is_no_work(session: Session) -> None:
    claim = desk.bare_claim(session)
    comment = add_comment(session, READER, claim.id, CommentEntry(body="Hm."), "")
    resolve_comment(session, READER, comment)
    hand(session, READER, claim.id, HandoverEntry(step=RETURN, content_digest=DIGEST, note="Say more."))
    assert workers_of(session, [claim.id]) == {claim.id: {LOCAL_OPERATOR.name}}


def test_the_newest_step_stands_until_an_edition_is_made(session: Session) -> None:
    claims = [desk.bare_claim(session).id for _ in range(3)]
    for claim in claims:
        hand(session, LOCAL_OPERATOR, claim, HandoverEntry(step=SUBMIT, content_digest=DIGEST))
    hand(session, READER, claims[1], HandoverEntry(step=RETURN, content_digest=DIGEST, note="Say more."))
    note(session, LOCAL_OPERATOR, PUBLISH, claims[2])
    session.flush()
    assert {one: row.step for one, row in standing_of(session, claims).items()} == {
        claims[0]: "submit",
        claims[1]: "return",
    }
    hand(session, LOCAL_OPERATOR, claims[2], HandoverEntry(step=SUBMIT, content_digest=DIGEST))
    assert standing_of(session, claims)[claims[2]].step == "submit"
    with pytest.raises(NotAllowed):
        hand(session, READER, claims[0], HandoverEntry(step=SUBMIT, content_digest=DIGEST))
    with pytest.raises(NotAllowed):
        hand(
            session,
            Actor("an editor", frozenset({"editor"})),
            claims[0],
            HandoverEntry(step=RETURN, content_digest=DIGEST, note="No."),
        )
