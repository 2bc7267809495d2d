"""Figures in a claim and in its evidence: add, change, find, remove."""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.aspects import aspect_of
from kb.desk.changes import Deed, added, changed, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Code, Decimal, Edtf, Language, Offset, Ordinal, Printed, Prose, RecordId, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.records import Dangling, NoSuchRecord
from kb.desk.removal import StillNeeded
from kb.desk.tables import Agent, Appearance, Claim, Evidence, Figure, Passage, Topic
from kb.errors import Refused
from kb.values import vocabulary
from kb.values.figure import Figure as Number
from kb.values.figure import check_figure

KIND = "figure"


class NotInQuote(Refused):
    """The words of a figure stand elsewhere than it says."""


class FigureEntry(Entry):
    """`evidence` is the number of the evidence in whose quote it stands; None is the claim itself."""

    evidence: Ordinal | None = None
    aspect: Code | None = None
    raw: Printed
    raw_language: Language
    value: Decimal | None = None
    low: Decimal | None = None
    low_inclusive: bool | None = None
    high: Decimal | None = None
    high_inclusive: bool | None = None
    comparator: Annotated[str, one_of(vocabulary.COMPARATOR)]
    unit: Prose
    counted: Prose | None = None
    measure: RecordId | None = None
    scope: Prose | None = None
    rounding_step: Decimal | None = None
    period: Edtf | None = None
    period_note: Prose | None = None
    counted_by: Prose | None = None
    counted_by_agent: RecordId | None = None
    share_of: Ordinal | None = None
    start: Offset | None = None
    end: Offset | None = None
    note: Prose | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = ("raw", "comparator", "unit", "value", "low", "high", "low_inclusive", "high_inclusive")
        try:
            check_figure(Number(**{name: getattr(self, name) for name in (*names, "rounding_step", "period")}))
        except Refused as refusal:
            raise refused(refusal.what, refusal.remedy or "Give no bound that the words do not give.") from refusal
        if (self.start is None) != (self.end is None):
            raise refused("start and end go together.", "Give both, or neither.")
        if self.start is not None and self.end is not None and self.end - self.start != len(self.raw):
            what = f"from {self.start} to {self.end} is not the place of {len(self.raw)} characters."
            raise refused(what, "Count in code points, with the end exclusive.")
        return self


def add_figure(session: Session, actor: Actor, claim: Claim, entry: FigureEntry) -> Figure:
    """Raises NotInQuote where its words are not those of the quote that they stand in."""
    require(actor, "edit")
    columns = _columns(session, claim.id, entry)
    figure = Figure(claim_id=claim.id, number=next_number(session, claim.id, KIND), **columns)
    keep(session, figure)
    added(session, _deed(actor, "add_figure", figure), [figure])
    return figure


def change_figure(session: Session, actor: Actor, figure: Figure, entry: FigureEntry) -> Figure:
    require(actor, "edit")
    columns = _columns(session, figure.claim_id, entry)
    if columns["share_of_id"] == figure.id:
        raise Dangling("a figure is no share of itself.", where="share_of", remedy="Name another figure.")
    changed(session, _deed(actor, "change_figure", figure), [(figure, columns)])
    return figure


def remove_figure(session: Session, actor: Actor, figure: Figure) -> None:
    require(actor, "edit")
    part = fragment(KIND, figure.number)
    if session.scalar(select(Figure.id).where(Figure.share_of_id == figure.id).limit(1)) is not None:
        raise StillNeeded("another figure is a share of it.", where=part, remedy="Change that figure first.")
    removed(session, _deed(actor, "remove_figure", figure), [figure])


def find_figure(session: Session, claim_id: str, number: int) -> Figure:
    found = session.scalars(select(Figure).where(Figure.claim_id == claim_id, Figure.number == number)).first()
    if found is None:
        raise NoSuchRecord("the claim has no such figure.", where=fragment(KIND, number))
    return found


def _columns(session: Session, claim_id: str, entry: FigureEntry) -> dict[str, Any]:
    evidence = _evidence(session, claim_id, entry.evidence)
    _check_words(session, claim_id, entry, evidence)
    if entry.measure is not None:
        records.need(session, Topic, entry.measure, "measure")
    if entry.counted_by_agent is not None:
        records.need(session, Agent, entry.counted_by_agent, "counted_by_agent")
    apart = {"evidence", "aspect", "measure", "counted_by_agent", "share_of", "start", "end"}
    return entry.model_dump(exclude=apart) | {
        "evidence_id": evidence.id if evidence else None,
        "aspect_id": aspect_of(session, claim_id, entry.aspect).id if entry.aspect else None,
        "measure_id": entry.measure,
        "counted_by_agent_id": entry.counted_by_agent,
        "share_of_id": _whole(session, claim_id, entry.share_of).id if entry.share_of else None,
        "start_at": entry.start,
        "end_at": entry.end,
    }


def _evidence(session: Session, claim_id: str, number: int | None) -> Evidence | None:
    if number is None:
        return None
    wanted = select(Evidence).where(Evidence.claim_id == claim_id, Evidence.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        what = f"the claim has no evidence {number}."
        raise Dangling(what, where="evidence", remedy="Add the evidence first.")
    return found


def _whole(session: Session, claim_id: str, number: int) -> Figure:
    """The figure of which another is a share."""
    try:
        return find_figure(session, claim_id, number)
    except NoSuchRecord as error:
        raise Dangling(f"the claim has no figure {number}.", where="share_of", remedy="Name another figure.") from error


def _check_words(session: Session, claim_id: str, entry: FigureEntry, evidence: Evidence | None) -> None:
    if evidence is not None:
        exact = records.part_of(session, Passage, evidence.passage_id).exact
        if exact is not None and entry.raw not in exact:
            what = f"“{entry.raw}” does not stand in the quote of the evidence."
            raise NotInQuote(what, where="raw", remedy="Copy it from the quote.")
        return
    if entry.start is None or entry.end is None:
        return
    own = select(Passage).join(Appearance, Appearance.passage_id == Passage.id).where(Appearance.claim_id == claim_id)
    placed = [quote for quote in session.scalars(own) if quote.start_at is not None]
    here = [_words_at(quote, entry.start, entry.end) for quote in placed]
    if placed and not any(words == entry.raw for words in here):
        there = next(
            (f"stands “{words}”, not “{entry.raw}”" for words in here if words), "is none of the claim's quotes"
        )
        what = f"from {entry.start} to {entry.end} {there}."
        raise NotInQuote(what, where="start", remedy="Correct the place, or leave it out.")


def _words_at(quote: Passage, start: int, end: int) -> str | None:
    """What stands there, None where that is outside of the quote."""
    if quote.exact is None or quote.start_at is None or quote.end_at is None:
        return None
    inside = quote.start_at <= start and end <= quote.end_at
    return quote.exact[start - quote.start_at : end - quote.start_at] if inside else None


def _deed(actor: Actor, verb: str, figure: Figure) -> Deed:
    return Deed(actor, verb, figure.claim_id, fragment(KIND, figure.number))
