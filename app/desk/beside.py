"""What stands beside every record of the desk: its state, what it waits for, and the ways on."""

from dataclasses import dataclass

from app.desk.visit import Visit
from app.web import links
from kb.desk.records import find
from kb.desk.tables import Record
from kb.log import read as log
from kb.publish.finding import Finding
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
        """The gate's. What waits for a second reader, alone or with all that goes with it, is said once, and last."""
        found = self.review.findings
        along = {f"{one.address}: {READING}" for one in self.review.along}
        unread = {one.where for one in found if one.shuts and one.where in {READING, *along}}
        rest = [one for one in found if one.where not in unread]
        return [*rest, _unread(READING in unread, len(unread & along))] if unread else rest

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


def _unread(itself: bool, others: int) -> Finding:
    along = f"{others} records that go" if others > 1 else "a record that goes"
    if itself and others:
        return Finding(f"Nobody else has approved this content, nor {along} with it.", READING, _HAND_OVER)
    what = "this content" if itself else f"{along} with it"
    return Finding(f"Nobody else has approved {what}.", READING, _HAND_OVER)
