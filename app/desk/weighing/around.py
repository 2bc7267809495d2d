"""What a claim has that its evidence, searches and figures refer to: its name, its aspects, and each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.claims import find_claim
from kb.desk.labels import labels_of
from kb.desk.tables import Aspect, Claim, Evidence, Figure, Passage, Source
from kb.values import vocabulary
from kb.values.prose import shown

# How much of a title or a quote tells one piece of evidence from another.
TOLD = 60


@dataclass(frozen=True)
class Piece:
    """A piece of evidence in one line."""

    id: int
    number: int
    stance: str
    aspect: str
    code: str
    title: str
    grade: str
    state: str
    exact: str | None

    @property
    def words(self) -> str:
        stance = vocabulary.STANCE.label(self.stance)
        return f"{self.number}. {stance}: {self.aspect}. {shown(self.title, TOLD)}"

    @property
    def not_counted(self) -> tuple[str, ...]:
        return why_not_counted(self.stance, self.grade, is_read=self.state != "unseen")


@dataclass(frozen=True)
class Around:
    """`label` is what the claim is called, "" where it has no words yet."""

    claim: Claim
    label: str
    aspects: Sequence[Aspect]
    evidence: Sequence[Piece]
    figures: Sequence[Figure]

    @property
    def codes(self) -> Mapping[int, str]:
        """Code of an aspect by its key."""
        return {one.id: one.code for one in self.aspects}

    @property
    def only_aspect(self) -> str:
        """The code of the aspect where there is but one."""
        return self.aspects[0].code if len(self.aspects) == 1 else ""

    def evidence_number(self, evidence_id: int | None) -> int | None:
        return next((one.number for one in self.evidence if one.id == evidence_id), None)

    def aspect_of(self, evidence: str) -> str:
        """The code of the aspect on which the evidence of this number bears, else of the only one."""
        return next((one.code for one in self.evidence if str(one.number) == evidence), self.only_aspect)

    @property
    def offered_evidence(self) -> list[tuple[int, str]]:
        return [(one.number, one.words) for one in self.evidence]

    @property
    def offered_aspects(self) -> list[tuple[str, str]]:
        return [(one.code, f"{one.label}{'' if one.main else ', not main'}") for one in self.aspects]


def around(session: Session, claim_id: str) -> Around:
    """Five statements, however much there is. Raises NoSuchRecord."""
    claim = find_claim(session, claim_id)
    aspects = session.scalars(select(Aspect).where(Aspect.claim_id == claim.id).order_by(Aspect.position)).all()
    figures = session.scalars(select(Figure).where(Figure.claim_id == claim.id).order_by(Figure.number)).all()
    return Around(claim, labels_of(session, [claim.id]).get(claim.id, ""), aspects, _pieces(session, claim.id), figures)


def why_not_counted(stance: str, grade: str, *, is_read: bool) -> tuple[str, ...]:
    """Why a piece of evidence does not count; nothing where it does, or nothing is said yet."""
    reasons = (
        (stance == "mentions", "it only mentions the matter"),
        (stance == "same_origin", "it is what the claim itself rests on, or a copy of that"),
        (grade == "X", "its source has grade X"),
        (not is_read, "nobody here has read it"),
    )
    return tuple(words for holds, words in reasons if holds)


def _pieces(session: Session, claim_id: str) -> list[Piece]:
    rows = session.execute(
        select(Evidence, Passage, Source.title, Aspect)
        .join(Passage, Passage.id == Evidence.passage_id)
        .join(Source, Source.id == Passage.source_id)
        .join(Aspect, Aspect.id == Evidence.aspect_id)
        .where(Evidence.claim_id == claim_id)
        .order_by(Evidence.number)
    )
    return [
        Piece(one.id, one.number, one.stance, aspect.label, aspect.code, title, one.grade, quote.state, quote.exact)
        for one, quote, title, aspect in rows
    ]
