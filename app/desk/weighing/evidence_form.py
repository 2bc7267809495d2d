"""The form of a piece of evidence: as it opens, as evidence fills it in, and the entries that it makes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.form import Form, form_of
from app.desk.forms.gathering import Gathering
from app.desk.forms.reading import entry_of
from app.desk.logging.figures import taken
from app.desk.visit import Visit
from app.desk.weighing import origins
from app.desk.weighing.around import Around
from app.desk.weighing.misplaced import beside
from app.desk.weighing.quotes import LANGUAGE, Place, filled_quote, place_in
from kb.desk.evidence import EvidenceEntry
from kb.desk.figures import FigureEntry
from kb.desk.records import part_of
from kb.desk.tables import Evidence, Explanation, Passage, Source
from kb.desk.texts import Texts
from kb.errors import Refused

PLAIN = (
    "stance", "strength", "strength_reason", "grade", "grade_reason", "note", "translation", "translation_language",
)  # fmt: skip
# What another point from the same quotation, or the same reference for another claim, takes over.
ALIKE = ("grade", "grade_reason", "translation", "translation_language")
# What the reader is asked for by an address.
PLACES = ("start", "end", "find", "hit", "from", "pane")
WORDS = "en"
MISPLACED = {"strength": "strength_reason", "a translation": "translation_language"}


@dataclass(frozen=True)
class Weighed:
    """What a form says of a piece of evidence, with the figures that were ticked."""

    entry: EvidenceEntry
    texts: Texts | None
    figures: tuple[FigureEntry, ...]


def opened(visit: Visit, around: Around, source: Source, like: Evidence | None) -> Form:
    """A new piece; of `like` it has the passage and what goes with it, where that is of the same source."""
    values = {LANGUAGE: source.language, "aspect": around.only_aspect, "translation_language": WORDS}
    values |= {name: text for name in PLACES if (text := visit.asked(name))}
    passage = part_of(visit.session, Passage, like.passage_id) if like else None
    if like is None or passage is None or passage.source_id != source.id:
        return form_of({**values, **origins.proposed(visit.session, source)})
    values |= {name: getattr(like, name) or values.get(name, "") for name in ALIKE}
    values |= filled_quote(visit.session, visit.desk.texts(visit.session), passage)
    return form_of({**values, **origins.filled(visit.session, source, like.origin_id)})


def filled(visit: Visit, around: Around, evidence: Evidence) -> Form:
    """The form as the evidence fills it in."""
    session = visit.session
    passage = part_of(session, Passage, evidence.passage_id)
    source = session.get_one(Source, passage.source_id)
    plain = {name: getattr(evidence, name) or "" for name in PLAIN}
    plain["translation_language"] = evidence.translation_language or WORDS
    return form_of(
        {
            **plain,
            "aspect": around.codes[evidence.aspect_id],
            "explains": [str(number) for number in _explained(session, evidence)],
            **origins.filled(session, source, evidence.origin_id),
            **filled_quote(session, visit.desk.texts(session), passage),
        }
    )


def read_form(visit: Visit, source: Source, before: Passage | None = None) -> Weighed:
    """Origins that are new are made on the way; whoever refuses the rest refuses them too. Raises BadEntry."""
    faults, form = Gathering(), visit.typed
    place = place_in(visit, source, form, faults, before)
    quote = place.quote if place else None
    origin = origins.origin_in(visit, source, faults, was_read=quote is not None)
    figures = tuple(taken(form, quote, [form.value("aspect")] if form.value("aspect") else [], faults))
    entry = _entry(form, source, place, origin, faults)
    faults.check()
    if entry is None or place is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return Weighed(entry, place.texts, figures)


def _entry(
    form: Form, source: Source, place: Place | None, origin: str | None, faults: Gathering
) -> EvidenceEntry | None:
    """Everything wrong with the other fields is said, too, where place or origin are not there yet."""
    given: dict[str, Any] = {
        "source": source.id,
        "quote": place.quote if place else None,
        "origin": origin or source.id,
    }
    if not form.value("translation").strip():
        given |= {"translation": None, "translation_language": None}
    with faults.at(), beside(MISPLACED):
        return entry_of(EvidenceEntry, form, **given)
    return None


def _explained(session: Session, evidence: Evidence) -> list[int]:
    wanted = (
        select(Evidence.number)
        .join(Explanation, Explanation.explained_id == Evidence.id)
        .where(Explanation.evidence_id == evidence.id)
        .order_by(Evidence.number)
    )
    return list(session.scalars(wanted))
