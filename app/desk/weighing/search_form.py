"""The form of a search: as it opens, as a search fills it in, and the entry that it makes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.desk.forms.form import Form, form_of
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen
from app.desk.forms.reading import entry_of
from app.desk.visit import Visit
from app.desk.weighing.around import Around
from app.desk.weighing.misplaced import beside
from app.desk.weighing.picks import named
from app.desk.weighing.quotes import Place, filled_quote, place_in
from kb.desk.records import part_of
from kb.desk.searches import NOTHING, SearchEntry
from kb.desk.tables import Passage, Search, Source
from kb.desk.texts import Texts
from kb.errors import Refused
from kb.values.ids import is_id

PLAIN = (
    "description", "outcome", "searched_in", "searched_on", "grade", "grade_reason", "note", "translation",
    "translation_language",
)  # fmt: skip
SOURCE = "source"
WORDS = "en"
MISPLACED = {
    "a search names": "outcome",
    "a search that found nothing": "searched_in",
    "what was found": "grade",
    "a translation": "translation_language",
}


@dataclass(frozen=True)
class Sought:
    """What a form says of a search."""

    entry: SearchEntry
    texts: Texts | None


def opened(visit: Visit, around: Around) -> Form:
    """A new search is of today, and has found nothing so far."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    asked = visit.asked(SOURCE)
    source = chosen(visit.session, [asked]).get(asked, "") if is_id(asked) else ""
    begun = {SOURCE: source, "searched_on": today, "aspect": around.only_aspect, "translation_language": WORDS}
    return form_of({**begun, "outcome": "" if source else NOTHING})


def filled(visit: Visit, around: Around, search: Search) -> Form:
    """The form as the search fills it in."""
    session = visit.session
    plain = {name: getattr(search, name) or "" for name in PLAIN}
    plain["translation_language"] = search.translation_language or WORDS
    plain["aspect"] = around.codes[search.aspect_id] if search.aspect_id is not None else ""
    plain["origin"] = chosen(session, [search.origin_id])[search.origin_id]
    passage = passage_of(session, search)
    if passage is None:
        return form_of({**plain, SOURCE: ""})
    found = filled_quote(session, visit.desk.texts(session), passage)
    return form_of({**plain, SOURCE: chosen(session, [passage.source_id])[passage.source_id], **found})


def passage_of(session: Session, search: Search | None) -> Passage | None:
    """What was found and set aside."""
    return part_of(session, Passage, search.passage_id) if search and search.passage_id is not None else None


def read_form(visit: Visit, before: Passage | None = None) -> Sought:
    """Raises BadEntry."""
    faults, form = Gathering(), visit.typed
    source = origin = None
    with faults.at(field=SOURCE):
        source = named(visit, SOURCE, "source")
    with faults.at(field="origin"):
        origin = named(visit, "origin", "origin")
    place = None
    if source is not None:
        own = before if before is not None and before.source_id == source else None
        place = place_in(visit, visit.session.get_one(Source, source), form, faults, own)
    entry = _entry(form, place, origin, faults)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return Sought(entry, place.texts if place else None)


def _entry(form: Form, place: Place | None, origin: str | None, faults: Gathering) -> SearchEntry | None:
    """What is wrong with the passage is gathered by then, and would only be said once more here."""
    if faults.faults:
        return None
    given: dict[str, Any] = {"found": place.passage if place else None, "origin": origin}
    if not form.value("translation").strip():
        given |= {"translation": None, "translation_language": None}
    with faults.at(), beside(MISPLACED):
        return entry_of(SearchEntry, form, **given)
    return None
