"""A claim's workbench: everything that hangs on it as it stands on the desk, and what the gate says of each part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.beside import Beside, beside
from app.desk.chain import innermost_first
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.where import REVIEW, section_of, way_to_mend
from kb.desk.claims import find_claim
from kb.desk.labels import labels_of
from kb.desk.tables import ChainLink, Claim, Comment, Evidence, Figure, Relation
from kb.publish.compile.claim_rows import ClaimRows
from kb.publish.finding import Finding
from kb.values.readback import read_back
from kb.values.vocabulary import INVERSE

rooms = Rooms()
NUMBERS = ("raw", "value", "low", "low_inclusive", "high", "high_inclusive", "comparator", "unit", "counted", "scope")


@dataclass(frozen=True)
class Mend:
    """A finding of the gate with the page on which it is mended; `of` is the other record that it is said of."""

    finding: Finding
    way: str
    of: str = ""


@dataclass(frozen=True)
class Bench:
    """`rows` are the claim's own, in the order of the document; `labels` name every record that they speak of."""

    claim: Claim
    rows: ClaimRows
    labels: Mapping[str, str]
    relations: Sequence[Relation]
    findings: Mapping[str, Sequence[Mend]]
    comments: int

    @property
    def title(self) -> str:
        """What it is called: the question, else what it states."""
        said = {row.field: row.text for row in reversed(self.rows.texts[self.claim.id])}
        return said.get("title") or said.get("question") or said.get("statement") or "A claim without words"

    def texts(self, field: str) -> list[Any]:
        return [row for row in self.rows.texts[self.claim.id] if row.field == field]

    def words(self, kind: str) -> list[Any]:
        return [row for row in self.rows.words[self.claim.id] if row.kind == kind]

    def chain(self, appearance: int) -> list[ChainLink]:
        return innermost_first(self.rows.links[appearance])

    def by_origin(self) -> list[tuple[str, list[Evidence]]]:
        """In the order in which origins first carry evidence."""
        found: dict[str, list[Evidence]] = {}
        for one in self.rows.evidence[self.claim.id]:
            found.setdefault(one.origin_id, []).append(one)
        return list(found.items())

    def related(self) -> list[tuple[str, str]]:
        """How it stands to which other claims, said from its side."""
        return [
            (one.type, one.target_id)
            if one.claim_id == self.claim.id
            else (INVERSE.get(one.type, one.type), one.claim_id)
            for one in self.relations
        ]

    def code(self, aspect: int | None) -> str:
        """The aspect's name by its row; "" for none."""
        return next((one.label for one in self.rows.aspects[self.claim.id] if one.id == aspect), "")

    def reads_back(self, figure: Figure) -> str:
        return read_back({name: getattr(figure, name) for name in (*NUMBERS, "period")})


@rooms.page("/desk/claims/{id}", "edit", "review", "publish")
def show_claim(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    side = beside(visit, claim.id)
    return visit.page("desk/claim.html", bench=_bench(visit.session, claim, side), beside=side)


def _bench(session: Session, claim: Claim, side: Beside) -> Bench:
    rows = ClaimRows(session, [claim.id])
    ends = (Relation.claim_id == claim.id) | (Relation.target_id == claim.id)
    relations = session.scalars(select(Relation).where(ends).order_by(Relation.id)).all()
    still_open = (Comment.record_id == claim.id) & Comment.resolved_at.is_(None)
    comments = session.scalar(select(func.count()).select_from(Comment).where(still_open)) or 0
    labels = labels_of(session, _spoken_of(rows, claim, relations))
    return Bench(claim, rows, labels, relations, _by_section(side), comments)


def _by_section(side: Beside) -> dict[str, list[Mend]]:
    """That a second reader is still to come is told beside the page, once and not of each record."""
    found: dict[str, list[Mend]] = {}
    along = {one.address: one.label for one in side.review.along}
    for one in side.review.findings:
        address, _, place = one.where.rpartition(": ")
        if place != REVIEW:
            mend = Mend(one, way_to_mend(side, one.where), along.get(address, ""))
            found.setdefault(section_of(one.where), []).append(mend)
    return found


def _spoken_of(rows: ClaimRows, claim: Claim, relations: Iterable[Relation]) -> set[str]:
    """Ids of all records that the page names."""
    found: set[str | None] = {*rows.agents, *rows.sources}
    found |= {one.origin_id for one in rows.evidence[claim.id]}
    found |= {one.topic_id for one in rows.topics[claim.id]} | {one.measure_id for one in rows.figures[claim.id]}
    found |= {one.would_settle_id for one in rows.questions[claim.id]}
    found |= {one.source_id for links in rows.links.values() for one in links}
    found |= {end for one in relations for end in (one.claim_id, one.target_id)}
    return {one for one in found if one is not None}
