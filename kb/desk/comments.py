"""Comments: what a reader at the desk says of a field. They are open or resolved, and never go."""

from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import Actor, NotAllowed
from kb.desk.chance import now
from kb.desk.changes import keep, state_of
from kb.desk.entry import Entry
from kb.desk.forms import Prose, checked
from kb.desk.parts import fragment, next_number
from kb.desk.records import NoSuchRecord, hold
from kb.desk.tables import Comment
from kb.errors import Refused
from kb.values.prose import shown

KIND = "comment"
# The field of a comment on the record as a whole.
WHOLE = "record"
LIMIT = 200


def _field(text: str) -> str:
    if not text or len(text) > LIMIT or not text.isprintable() or " " in text:
        raise Refused(
            f"“{shown(text)}” is not the path of a field.", remedy="Write it as statement or evidence-2/note."
        )
    return text


class CommentEntry(Entry):
    """`field` is a path in the compiled draft, as `statement` or `evidence-2/note`; `record` is all of it."""

    field: Annotated[str, checked(_field)] = WHOLE
    body: Prose


def add_comment(session: Session, actor: Actor, record_id: str, entry: CommentEntry, about: str) -> Comment:
    """`about` are the words that it is said of, as the draft has them now; '' where there are none."""
    _may(actor)
    number = next_number(session, record_id, KIND)
    words = {"field": entry.field, "about": about, "body": entry.body}
    comment = Comment(record_id=record_id, number=number, actor=actor.name, made_at=now(session), **words)
    keep(session, comment)
    # A comment is no change of the content: whoever has the record open can still save.
    history.note(session, actor, "add_comment", record_id, fragment(KIND, number), None, _state(comment))
    return comment


def resolve_comment(session: Session, actor: Actor, comment: Comment) -> Comment:
    """Nothing happens where it is resolved already."""
    return _turn(session, actor, comment, "resolve_comment")


def reopen_comment(session: Session, actor: Actor, comment: Comment) -> Comment:
    """Nothing happens where it is open."""
    return _turn(session, actor, comment, "reopen_comment")


def comments_of(session: Session, record_id: str) -> list[Comment]:
    """The oldest first. `kb.publish.remarks` says which of them are about words that are gone."""
    return list(session.scalars(select(Comment).where(Comment.record_id == record_id).order_by(Comment.number)))


def find_comment(session: Session, record_id: str, number: int) -> Comment:
    """Raises NoSuchRecord."""
    wanted = select(Comment).where(Comment.record_id == record_id, Comment.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchRecord("there is no such comment.", where=fragment(KIND, number))
    return found


def _turn(session: Session, actor: Actor, comment: Comment, verb: str) -> Comment:
    _may(actor)
    hold(session, comment.record_id)
    session.refresh(comment)
    resolving = verb == "resolve_comment"
    if (comment.resolved_at is not None) == resolving:
        return comment
    before = _state(comment)
    comment.resolved_at = now(session) if resolving else None
    comment.resolved_by = actor.name if resolving else None
    session.flush()
    part = fragment(KIND, comment.number)
    history.note(session, actor, verb, comment.record_id, part, before, _state(comment))
    return comment


def _state(comment: Comment) -> dict[str, dict[str, object]]:
    return {KIND: state_of(comment)}


def _may(actor: Actor) -> None:
    """Whoever may edit or review may say something."""
    if not (actor.may("edit") or actor.may("review")):
        what = f"{actor.name} may not comment."
        raise NotAllowed(what, remedy="It takes one of these roles: contributor, editor, reviewer.")
