"""Where the words of a figure stand: found in the quotes that it is of, chosen where they stand more than once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.entry import BadEntry, Fault
from kb.desk.tables import Appearance, Evidence, Passage

FIELD = "place"
# More of them nobody goes through, and how much is shown around each.
MOST, AROUND = 20, 25


@dataclass(frozen=True)
class RawPlace:
    """Code points in the text of record, end exclusive; the words around tell two of them apart."""

    start: int
    end: int
    before: str
    raw: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}"

    @property
    def words(self) -> str:
        return f"…{self.before}{self.raw}{self.after}…"


def quotes_of(session: Session, claim_id: str, evidence: str) -> Sequence[Passage]:
    """The quote of this evidence, by its number; without one those in which the claim itself stands."""
    if evidence:
        number = int(evidence) if evidence.isascii() and evidence.isdigit() and len(evidence) < 10 else 0
        own = select(Passage).join(Evidence, Evidence.passage_id == Passage.id)
        return session.scalars(own.where(Evidence.claim_id == claim_id, Evidence.number == number)).all()
    own = select(Passage).join(Appearance, Appearance.passage_id == Passage.id)
    return session.scalars(own.where(Appearance.claim_id == claim_id).order_by(Appearance.number)).all()


def places(quotes: Sequence[Passage], raw: str) -> list[RawPlace]:
    """Each place once, in the order of the quotes; none where they are not known to a place themselves."""
    found: dict[tuple[int, int], RawPlace] = {}
    for quote in quotes:
        if quote.exact is None or quote.start_at is None or not raw:
            continue
        at = quote.exact.find(raw)
        while at >= 0 and len(found) < MOST:
            one = _place(quote.exact, quote.start_at, at, raw)
            found.setdefault((one.start, one.end), one)
            at = quote.exact.find(raw, at + 1)
    return list(found.values())


def chosen_place(there: Sequence[RawPlace], key: str) -> RawPlace | None:
    """The one that the form names, or the only one; None where there is none. Raises BadEntry where it is not clear."""
    if len(there) < 2:
        return there[0] if there else None
    for one in there:
        if one.key == key:
            return one
    what = f"the words stand in the quote {len(there)} times."
    raise BadEntry((Fault(FIELD, what, "Choose which of them the figure is."),))


def _place(exact: str, start: int, at: int, raw: str) -> RawPlace:
    end = at + len(raw)
    return RawPlace(start + at, start + end, exact[max(0, at - AROUND) : at], raw, exact[end : end + AROUND])
