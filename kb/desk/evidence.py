"""Evidence: passages that bear on an aspect; add, change, find, remove. What is unseen is kept and never counted."""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.aspects import aspect_of
from kb.desk.changes import Deed, Items, added, changed, keep, removed
from kb.desk.entry import Entry
from kb.desk.figures import remove_figure
from kb.desk.forms import Code, Language, Ordinal, Prose, RecordId, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.passages import PassageEntry, add_passage, passage_columns
from kb.desk.records import Dangling, NoSuchRecord
from kb.desk.tables import Claim, Evidence, Explanation, Figure, Origin, Passage
from kb.desk.texts import Texts
from kb.values import vocabulary

KIND = "evidence"


class TranslatedEntry(Entry):
    """A translation, with the language it is in."""

    translation: Prose | None = None
    translation_language: Language | None = None

    @model_validator(mode="after")
    def _translation_has_a_language(self) -> Self:
        if (self.translation is None) != (self.translation_language is None):
            raise refused("a translation and its language go together.", "Give both, or neither.")
        return self


class EvidenceEntry(PassageEntry, TranslatedEntry):
    """`grade` is that of the source for this use; `explains` are numbers of other evidence of the claim."""

    aspect: Code
    stance: Annotated[str, one_of(vocabulary.STANCE)]
    origin: RecordId
    strength: Annotated[str, one_of(vocabulary.STRENGTH)] | None = None
    strength_reason: Prose | None = None
    grade: Annotated[str, one_of(vocabulary.GRADE)]
    grade_reason: Prose
    note: Prose | None = None
    explains: tuple[Ordinal, ...] = ()

    @model_validator(mode="after")
    def _strength_has_a_reason(self) -> Self:
        if (self.strength is None) != (self.strength_reason is None):
            raise refused("strength and its reason go together.", "Give both, or neither.")
        return self


def add_evidence(
    session: Session, actor: Actor, claim: Claim, entry: EvidenceEntry, texts: Texts | None = None
) -> Evidence:
    """Raises Dangling, NoSuchAspect, and what locating a quote raises."""
    require(actor, "edit")
    columns = _columns(session, claim.id, entry)
    passage = add_passage(session, _where(entry), texts)
    number = next_number(session, claim.id, KIND)
    evidence = Evidence(claim_id=claim.id, number=number, passage_id=passage.id, **columns)
    keep(session, evidence)
    explained = _explains(session, evidence, entry)
    added(session, _deed(actor, "add_evidence", evidence), [evidence, passage], [explained])
    return evidence


def change_evidence(
    session: Session, actor: Actor, evidence: Evidence, entry: EvidenceEntry, texts: Texts | None = None
) -> Evidence:
    require(actor, "edit")
    passage = records.part_of(session, Passage, evidence.passage_id)
    rows = [
        (evidence, _columns(session, evidence.claim_id, entry)),
        (passage, passage_columns(session, _where(entry), texts, passage)),
    ]
    deed = _deed(actor, "change_evidence", evidence)
    changed(session, deed, rows, [_explains(session, evidence, entry)])
    return evidence


def remove_evidence(session: Session, actor: Actor, evidence: Evidence) -> None:
    """Its figures go first, each with its own row of history; a reply that it carried loses it."""
    require(actor, "edit")
    for figure in session.scalars(select(Figure).where(Figure.evidence_id == evidence.id)).all():
        remove_figure(session, actor, figure)
    passage = records.part_of(session, Passage, evidence.passage_id)
    explained = Items(Explanation, {"evidence_id": evidence.id}, [])
    removed(session, _deed(actor, "remove_evidence", evidence), [evidence, passage], [explained])


def find_evidence(session: Session, claim_id: str, number: int) -> Evidence:
    found = session.scalars(select(Evidence).where(Evidence.claim_id == claim_id, Evidence.number == number)).first()
    if found is None:
        raise NoSuchRecord("the claim has no such evidence.", where=fragment(KIND, number))
    return found


def numbered_evidence(session: Session, claim_id: str, numbers: tuple[int, ...], where: str) -> list[Evidence]:
    """The evidence that an entry names by numbers, in that order. Raises Dangling."""
    if not numbers:
        return []
    wanted = select(Evidence).where(Evidence.claim_id == claim_id, Evidence.number.in_(numbers))
    there = {row.number: row for row in session.scalars(wanted)}
    for number in numbers:
        if number not in there:
            raise Dangling(f"the claim has no evidence {number}.", where=where, remedy="Add the evidence first.")
    return [there[number] for number in numbers]


def _columns(session: Session, claim_id: str, entry: EvidenceEntry) -> dict[str, Any]:
    records.need(session, Origin, entry.origin, "origin")
    apart = {"source", "quote", "aspect", "origin", "explains"}
    aspect = aspect_of(session, claim_id, entry.aspect)
    return entry.model_dump(exclude=apart) | {"aspect_id": aspect.id, "origin_id": entry.origin}


def _where(entry: EvidenceEntry) -> PassageEntry:
    return PassageEntry.model_construct(source=entry.source, quote=entry.quote)


def _explains(session: Session, evidence: Evidence, entry: EvidenceEntry) -> Items:
    explained = numbered_evidence(session, evidence.claim_id, entry.explains, "explains")
    if evidence in explained:
        raise Dangling("evidence does not explain itself.", where="explains", remedy="Name other evidence.")
    return Items(Explanation, {"evidence_id": evidence.id}, [{"explained_id": one.id} for one in explained])


def _deed(actor: Actor, verb: str, evidence: Evidence) -> Deed:
    return Deed(actor, verb, evidence.claim_id, fragment(KIND, evidence.number))
