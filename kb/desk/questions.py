"""Open questions: what would have to be read; add, change, find, remove."""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.aspects import aspect_of
from kb.desk.changes import Deed, added, changed, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Code, Prose, RecordId, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Claim, OpenQuestion, Origin, Source
from kb.values import vocabulary

# The stem of its fragment, `#open-1`.
KIND = "open"


class QuestionEntry(Entry):
    """With `would_settle` where a source is known that would; it is then graded like evidence, and never counted."""

    label: Prose
    would_settle: RecordId | None = None
    aspect: Code | None = None
    origin: RecordId | None = None
    grade: Annotated[str, one_of(vocabulary.GRADE)] | None = None
    grade_reason: Prose | None = None

    @model_validator(mode="after")
    def _source_is_graded(self) -> Self:
        if not (self.would_settle is None) == (self.grade is None) == (self.grade_reason is None):
            raise refused("a source is graded, with a reason; without one there is no grade.", "Give all, or none.")
        return self


def add_question(session: Session, actor: Actor, claim: Claim, entry: QuestionEntry) -> OpenQuestion:
    require(actor, "edit")
    columns = _columns(session, claim.id, entry)
    question = OpenQuestion(claim_id=claim.id, number=next_number(session, claim.id, KIND), **columns)
    keep(session, question)
    added(session, _deed(actor, "add_question", question), [question])
    return question


def change_question(session: Session, actor: Actor, question: OpenQuestion, entry: QuestionEntry) -> OpenQuestion:
    require(actor, "edit")
    columns = _columns(session, question.claim_id, entry)
    changed(session, _deed(actor, "change_question", question), [(question, columns)])
    return question


def remove_question(session: Session, actor: Actor, question: OpenQuestion) -> None:
    require(actor, "edit")
    removed(session, _deed(actor, "remove_question", question), [question])


def find_question(session: Session, claim_id: str, number: int) -> OpenQuestion:
    wanted = select(OpenQuestion).where(OpenQuestion.claim_id == claim_id, OpenQuestion.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchRecord("the claim has no such open question.", where=fragment(KIND, number))
    return found


def _columns(session: Session, claim_id: str, entry: QuestionEntry) -> dict[str, Any]:
    if entry.would_settle is not None:
        records.need(session, Source, entry.would_settle, "would_settle")
    if entry.origin is not None:
        records.need(session, Origin, entry.origin, "origin")
    aspect = aspect_of(session, claim_id, entry.aspect) if entry.aspect else None
    return entry.model_dump(exclude={"would_settle", "aspect", "origin"}) | {
        "would_settle_id": entry.would_settle,
        "aspect_id": aspect.id if aspect else None,
        "origin_id": entry.origin,
    }


def _deed(actor: Actor, verb: str, question: OpenQuestion) -> Deed:
    return Deed(actor, verb, question.claim_id, fragment(KIND, question.number))
