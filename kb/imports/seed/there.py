"""What the desk has of a claim already: all its parts, in a fixed number of statements."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kb.db import DeskTable
from kb.desk import externals
from kb.desk.tables import (
    Appearance,
    Aspect,
    AspectVerdict,
    Assessment,
    ChainLink,
    ClaimText,
    Concerned,
    Evidence,
    Explanation,
    Figure,
    LinkHedge,
    Mention,
    OpenQuestion,
    OtherPlace,
    PartCounter,
    Passage,
    Reply,
    Search,
)

Table = TypeVar("Table", bound=DeskTable)


class There:
    """Parts of one claim, None for a new one; holding them keeps the session from asking for each again."""

    def __init__(self, session: Session, claim_id: str | None, scheme: str, scope: str) -> None:
        self._session = session
        own: list[Any] = [claim_id] if claim_id else []
        self.texts = self._some(ClaimText, ClaimText.claim_id, own)
        self.aspects = self._some(Aspect, Aspect.claim_id, own)
        self.appearances = self._some(Appearance, Appearance.claim_id, own)
        self.mentions = self._some(Mention, Mention.claim_id, own)
        self.concerned = self._some(Concerned, Concerned.claim_id, own)
        self.figures = self._some(Figure, Figure.claim_id, own)
        self.evidence = self._some(Evidence, Evidence.claim_id, own)
        self.questions = self._some(OpenQuestion, OpenQuestion.claim_id, own)
        self.searches = self._some(Search, Search.claim_id, own)
        self.replies = self._some(Reply, Reply.claim_id, own)
        self.assessment = next(iter(self._some(Assessment, Assessment.claim_id, own)), None)
        self._counters = self._some(PartCounter, PartCounter.record_id, own)
        self._parts_of_parts()
        found = externals.known_parts(session, own, scheme, scope) if own else {}
        # The file's id → the part's fragment, and the reverse.
        self.file_ids: dict[str, str] = dict(found.get(claim_id or "", {}))

    def passage(self, key: int) -> Passage:
        return self._session.get_one(Passage, key)

    def hedges(self, link: ChainLink) -> list[LinkHedge]:
        return [one for one in self._hedges if one.link_id == link.id]

    def aspect_code(self, key: int | None) -> str | None:
        return next((one.code for one in self.aspects if one.id == key), None)

    def explained(self, evidence: Evidence) -> list[int]:
        """Numbers of what a piece of evidence explains."""
        numbers = {one.id: one.number for one in self.evidence}
        return sorted(numbers[one.explained_id] for one in self._explained if one.evidence_id == evidence.id)

    def named(self, *stems: str) -> dict[str, str]:
        """Those fragments with one of these stems to which the file gave an id → that id."""
        return {part: value for part, value in self.file_ids.items() if part.rsplit("-", 1)[0] in stems}

    def _parts_of_parts(self) -> None:
        places = [row.id for row in self.appearances]
        self.links = self._some(ChainLink, ChainLink.appearance_id, places)
        self.other_places = self._some(OtherPlace, OtherPlace.appearance_id, places)
        self._hedges = self._some(LinkHedge, LinkHedge.link_id, [row.id for row in self.links])
        self._explained = self._some(Explanation, Explanation.evidence_id, [row.id for row in self.evidence])
        judged = [self.assessment.id] if self.assessment else []
        self.verdicts = self._some(AspectVerdict, AspectVerdict.assessment_id, judged)
        keys: list[int | None] = [row.passage_id for row in self.appearances]
        keys += [row.passage_id for row in self.other_places] + [row.passage_id for row in self.evidence]
        keys += [row.passage_id for row in self.searches] + [row.passage_id for row in self.replies]
        self._passages = self._some(Passage, Passage.id, [key for key in keys if key is not None])

    def _some(self, table: type[Table], column: InstrumentedAttribute[Any], values: list[Any]) -> Sequence[Table]:
        if not values:
            return []
        wanted = select(table).where(column.in_(values)).order_by(*table.__table__.primary_key)
        # Lists are written beside the session, which would go on showing what it saw before.
        return self._session.scalars(wanted.execution_options(populate_existing=True)).all()
