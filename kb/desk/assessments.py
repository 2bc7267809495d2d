"""Assessments: one for each claim, with a verdict on each aspect; add, change, find, remove.

The headline is computed from the main aspects wherever it is wanted. Only an editor's departure from it is stored.
"""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.aspects import aspect_of
from kb.desk.changes import Deed, Items, added, changed, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Code, Confidence, Day, Ordinal, Prose, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.tables import AspectVerdict, Assessment, Claim
from kb.errors import Conflict
from kb.values import vocabulary

KIND = "assessment"


class AssessedTwice(Conflict):
    """The claim has an assessment already."""


class VerdictEntry(Entry):
    """The verdict on one aspect, named by its code."""

    aspect: Code
    verdict: Annotated[str, one_of(vocabulary.VERDICT)]
    confidence: Confidence
    reason: Prose | None = None


class AssessmentEntry(Entry):
    """`method_version` is the version of the page “method” in force when it was made."""

    confidence: Confidence
    reason: Prose
    confidence_reason: Prose | None = None
    would_change: Prose | None = None
    override_verdict: Annotated[str, one_of(vocabulary.VERDICT)] | None = None
    override_reason: Prose | None = None
    assessed_on: Day
    method_version: Ordinal
    verdicts: tuple[VerdictEntry, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.override_verdict is None) != (self.override_reason is None):
            raise refused("a verdict against the rule has a reason.", "Give both, or leave it to the rule.")
        codes = [one.aspect for one in self.verdicts]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise refused(f"the aspect {twice[0]} is judged twice.", "Judge each aspect once.")
        return self


def add_assessment(session: Session, actor: Actor, claim: Claim, entry: AssessmentEntry) -> Assessment:
    require(actor, "assess")
    if find_assessment(session, claim.id) is not None:
        raise AssessedTwice("the claim has an assessment.", where=KIND, remedy="Change that one.")
    wanted = _verdicts(session, claim.id, entry)
    number = next_number(session, claim.id, KIND)
    assessment = Assessment(claim_id=claim.id, number=number, **entry.model_dump(exclude={"verdicts"}))
    keep(session, assessment)
    added(session, _deed(actor, "add_assessment", assessment), [assessment], [_items(assessment, wanted)])
    return assessment


def change_assessment(session: Session, actor: Actor, assessment: Assessment, entry: AssessmentEntry) -> Assessment:
    """Verdicts that the entry leaves out go."""
    require(actor, "assess")
    wanted = _verdicts(session, assessment.claim_id, entry)
    rows = [(assessment, entry.model_dump(exclude={"verdicts"}))]
    changed(session, _deed(actor, "change_assessment", assessment), rows, [_items(assessment, wanted)])
    return assessment


def remove_assessment(session: Session, actor: Actor, assessment: Assessment) -> None:
    require(actor, "assess")
    removed(session, _deed(actor, "remove_assessment", assessment), [assessment], [_items(assessment, [])])


def find_assessment(session: Session, claim_id: str) -> Assessment | None:
    """None where nobody has assessed the claim."""
    return session.scalars(select(Assessment).where(Assessment.claim_id == claim_id)).first()


def _verdicts(session: Session, claim_id: str, entry: AssessmentEntry) -> list[dict[str, Any]]:
    return [
        {
            "aspect_id": aspect_of(session, claim_id, one.aspect, "verdicts").id,
            "verdict": one.verdict,
            "confidence": one.confidence,
            "reason": one.reason,
        }
        for one in entry.verdicts
    ]


def _items(assessment: Assessment, wanted: list[dict[str, Any]]) -> Items:
    return Items(AspectVerdict, {"assessment_id": assessment.id}, wanted)


def _deed(actor: Actor, verb: str, assessment: Assessment) -> Deed:
    return Deed(actor, verb, assessment.claim_id, fragment(KIND, assessment.number))
