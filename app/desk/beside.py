"""What stands beside every record of the desk: its state, what it waits for, and the ways on."""

from dataclasses import dataclass

from app.desk.visit import Visit
from app.web import links
from kb.desk.tables import Record
from kb.log import read as log
from kb.publish.finding import Finding
from kb.publish.review import Review, review_of


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
    def shutting(self) -> list[Finding]:
        """What of the gate's list shuts it."""
        return [one for one in self.review.findings if one.shuts]

    @property
    def page(self) -> str:
        return links.version(self.address, self.version) if self.version else ""


def beside(visit: Visit, record_id: str) -> Beside:
    """Compiles the draft once. Raises NoSuchDraft."""
    record = visit.session.get_one(Record, record_id)
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
