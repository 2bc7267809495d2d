"""Which source a piece of evidence is from: one that is here, the one used last, a new one, or one nobody has read."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.forms.picking import newest
from app.desk.visit import Visit
from app.desk.weighing.around import Around
from kb.desk.sources import find_source
from kb.desk.tables import Appearance, Evidence, Passage, Source


def kept_source(visit: Visit) -> Source | None:
    """The source that the form carries, or the address names; None where none is chosen. Raises NoSuchRecord."""
    given = visit.typed.value("source") if visit.form else visit.asked("source")
    return find_source(visit.session, given) if given else None


def choose_source(visit: Visit, known: Around) -> Response:
    """Ways to a source, those that this claim uses already first."""
    last = _last(visit.session)
    return visit.page(
        "desk/evidence_source.html",
        known=known,
        last=last,
        others=[one for one in _of_claim(visit.session, known) if last is None or one.id != last.id],
        offered=newest(visit.session, "source"),
    )


def _last(session: Session) -> Source | None:
    """The source of the evidence that was added last at this desk."""
    joined = select(Source).join(Passage, Passage.source_id == Source.id)
    wanted = joined.join(Evidence, Evidence.passage_id == Passage.id).order_by(Evidence.id.desc()).limit(1)
    return session.scalars(wanted).first()


def _of_claim(session: Session, known: Around) -> list[Source]:
    """Sources in which the claim stands, or that are its evidence."""
    standing = select(Passage.source_id).join(Appearance, Appearance.passage_id == Passage.id)
    weighed = select(Passage.source_id).join(Evidence, Evidence.passage_id == Passage.id)
    ids = standing.where(Appearance.claim_id == known.claim.id).union(
        weighed.where(Evidence.claim_id == known.claim.id)
    )
    return list(session.scalars(select(Source).where(Source.id.in_(ids)).order_by(Source.title, Source.id)))
