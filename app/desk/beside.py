"""What stands beside every record of the desk: its state, what it waits for, and the ways on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.desk.visit import Visit
from app.web import links
from kb.desk.records import find
from kb.desk.tables import Record
from kb.log import read as log
from kb.publish.finding import Finding
from kb.publish.gate import UNREAD
from kb.publish.review import Review, review_of

# The place of what a second reader does.
READING = "review"
_HAND_OVER = "Hand it to a second reader, or publish it without one and say why."


@dataclass(frozen=True)
class Beside:
    """`address` and `version` are of the newest edition, "" and 0 where there is none."""

    id: str
    kind: str
    address: str
    version: int
    withdrawn: bool
    review: Review

    @property
    def findings(self) -> list[Finding]:
        """The gate's, joined."""
        found: Iterable[Finding] = self.review.findings
        if self.review.own_work:
            # Whoever wrote it knows that somebody else has to read it.
            found = (one for one in found if one.what == UNREAD or not one.where.endswith(f": {READING}"))
        return joined(found)

    @property
    def shutting(self) -> list[Finding]:
        """What of them shuts the gate."""
        return [one for one in self.findings if one.shuts]

    @property
    def page(self) -> str:
        return links.version(self.address, self.version) if self.version else ""


def beside(visit: Visit, record_id: str) -> Beside:
    """Compiles the draft once. Raises NoSuchRecord, NoSuchDraft."""
    record = find(visit.session, Record, record_id)
    edition = log.latest(visit.session, record_id)
    review = review_of(visit.session, visit.actor, visit.desk.site.base, record_id)
    return Beside(
        record_id,
        record.kind,
        edition.address if edition else "",
        edition.version if edition else 0,
        record.withdrawn,
        review,
    )


def joined(findings: Iterable[Finding]) -> list[Finding]:
    """What waits for a second reader, alone or with all that goes with it, said once, and last."""
    found = list(findings)
    places = [one.where for one in found if one.what == UNREAD]
    rest = [one for one in found if one.what != UNREAD]
    return [*rest, _unread(places)] if places else rest


def _unread(places: Sequence[str]) -> Finding:
    others = len(places) - (READING in places)
    along = f"{others} records that go with it" if others > 1 else "a record that goes with it"
    own = "this content" if READING in places else ""
    what = ", nor ".join(words for words in (own, along if others else "") if words)
    return Finding(f"Nobody else has approved {what}.", READING, _HAND_OVER)
