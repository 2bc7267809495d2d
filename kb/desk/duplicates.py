"""What may be logged already: quotes of a source that overlap, and figures that say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Select, literal, or_, select, union_all
from sqlalchemy.orm import Session

from kb.desk.labels import labels_of
from kb.desk.parts import fragment
from kb.desk.tables import Appearance, Figure, OtherPlace, Passage, Snapshot
from kb.errors import Refused
from kb.values.keys import keys
from kb.values.period import overlap, read_period
from kb.values.wanted import find

# Words that stand in many phrases and so make no two of them alike.
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


@dataclass(frozen=True)
class Logged:
    """A part of a claim that is at the desk; `exact` are its words, the place is known of verified quotes."""

    claim_id: str
    label: str
    part: str
    start: int | None
    end: int | None
    exact: str


class Counting(Protocol):
    """What is compared of a figure; a row and an entry have it alike."""

    @property
    def value(self) -> str | None: ...
    @property
    def low(self) -> str | None: ...
    @property
    def high(self) -> str | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def counted(self) -> str | None: ...
    @property
    def period(self) -> str | None: ...


def overlapping(session: Session, source_id: str, start: int | None, end: int | None, exact: str) -> list[Logged]:
    """Appearances of claims in this source that share words with the quote, in the order of the text.

    By their places in the newest text that we hold, where both have one; else where one quote holds the other.
    """
    rows = session.execute(_quotes_of(source_id)).all()
    found = [row for row in rows if _overlaps(row, start, end, exact)]
    labels = labels_of(session, {row.claim_id for row in found}) if found else {}
    logged = [
        Logged(row.claim_id, labels.get(row.claim_id, ""), _part(row), row.start_at, row.end_at, row.exact)
        for row in found
    ]
    return sorted(logged, key=lambda one: (one.start is None, one.start or 0, one.claim_id, one.part))


def same_figure(session: Session, figures: str | Sequence[Counting], besides: str | None = None) -> list[Logged]:
    """Figures of other claims with the same number, of things alike and not of another time.

    `figures` are those of a claim by its id, or entries; `besides` is a claim to leave out. Years and dates, and words
    without a number, are too common to say anything.
    """
    if isinstance(figures, str):
        own = select(Figure).where(Figure.claim_id == figures, Figure.evidence_id.is_(None))
        given: Sequence[Counting] = session.scalars(own).all()
        besides = figures
    else:
        given = figures
    numbers = {number for one in given if (number := _number(one)) is not None}
    if not numbers:
        return []
    there = session.scalars(_with_numbers(numbers, besides)).all()
    found = [row for row in there if any(_is_alike(row, one) for one in given)]
    labels = labels_of(session, {row.claim_id for row in found}) if found else {}
    return [
        Logged(
            row.claim_id,
            labels.get(row.claim_id, ""),
            fragment("figure", row.number),
            row.start_at,
            row.end_at,
            row.raw,
        )
        for row in found
    ]


def _quotes_of(source_id: str) -> Any:
    """Every quote of an appearance or of its further places; `is_newest` where it was verified in the newest text."""
    newest = (
        select(Snapshot.id)
        .where(Snapshot.source_id == source_id, Snapshot.holding == "held")
        .order_by(Snapshot.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    words = (Passage.start_at, Passage.end_at, Passage.exact, Passage.state)
    is_newest = (Passage.snapshot_id == newest).label("is_newest")

    def quotes(place: Any) -> Select[Any]:
        columns = (Appearance.claim_id, Appearance.number, place.label("place"), *words, is_newest)
        return select(*columns).where(Passage.source_id == source_id, Passage.exact.is_not(None))

    own = quotes(literal(0)).join(Appearance, Appearance.passage_id == Passage.id)
    further = quotes(OtherPlace.number).join(OtherPlace, OtherPlace.passage_id == Passage.id)
    return union_all(own, further.join(Appearance, Appearance.id == OtherPlace.appearance_id))


def _part(row: Any) -> str:
    appearance = fragment("appearance", row.number)
    return fragment(f"{appearance}-place", row.place) if row.place else appearance


def _overlaps(row: Any, start: int | None, end: int | None, exact: str) -> bool:
    if row.state == "verified" and row.is_newest and start is not None and end is not None:
        return bool(start < row.end_at and row.start_at < end)
    return _holds(row.exact, exact) or _holds(exact, row.exact)


def _holds(longer: str, shorter: str) -> bool:
    return bool(find(longer, shorter, limit=1))


def _with_numbers(numbers: Iterable[str], besides: str | None) -> Select[Figure]:
    wanted = list(numbers)
    same = or_(Figure.value.in_(wanted), Figure.low.in_(wanted), Figure.high.in_(wanted))
    other = Figure.claim_id != besides if besides is not None else literal(True)
    return select(Figure).where(same, other, Figure.evidence_id.is_(None)).order_by(Figure.claim_id, Figure.number)


def _number(figure: Counting) -> str | None:
    """The number by which a figure goes: “over 600” and “600” are both 600."""
    return figure.value or figure.low or figure.high


def _is_alike(one: Counting, other: Counting) -> bool:
    return _number(one) == _number(other) and bool(_words(one) & _words(other)) and not _of_other_time(one, other)


def _words(figure: Counting) -> set[str]:
    """The words for what is counted; a unit that is a sign, such as %, is one itself."""
    said = keys(f"{figure.unit} {figure.counted or ''}") or [figure.unit.strip()]
    return {key.removesuffix("s") for key in said} - _SMALL


def _of_other_time(one: Counting, other: Counting) -> bool:
    """A period that one of them lacks tells nothing apart."""
    if one.period is None or other.period is None:
        return False
    try:
        return not overlap(read_period(one.period), read_period(other.period))
    except Refused:
        return one.period != other.period
