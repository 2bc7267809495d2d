"""The page of a source's text with a new claim beside it, and what its form does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response

from app.desk.chain import keyed
from app.desk.forms.form import DO, Form
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import newest
from app.desk.logging.already import LoggedAlready, alike
from app.desk.logging.figures import Proposal, offered, proposals, taken
from app.desk.logging.opening import is_proposed, opened, with_proposed_aspect
from app.desk.logging.quoted import quote_of
from app.desk.logging.saving import keep, keep_elsewhere, leave_out, read_form
from app.desk.reader import Reading, kept, open_reading, turned
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.passages import QuoteEntry
from kb.desk.sources import find_source
from kb.desk.tables import Source
from kb.errors import Refused

rooms = Rooms()

# Buttons of the form beside those of rows and of the reader.
LOOK, ANYWAY, ALSO, NEXT, LEAVE = "look", "anyway", "also", "next", "leave"


@dataclass(frozen=True)
class Sheet:
    """What the page shows beside the form."""

    source: Source
    quote: QuoteEntry | None
    figures: Sequence[Proposal]
    proposed: frozenset[int]
    # True where the persons concerned are shown open.
    has_persons: bool


@rooms.page("/desk/sources/{id}/read", "edit")
def read_source(visit: Visit) -> Response:
    source = find_source(visit.session, visit.path("id"))
    form = visit.form or opened(visit.session, source)
    keep_open = kept(visit.form, visit.request.query_params)
    reading = open_reading(visit, source.id, keep=keep_open)
    form = keyed(with_proposed_aspect(form) if visit.form else form)
    quote = _shown(visit, source, form, reading)
    figures = proposals(quote)
    form = offered(form, figures)
    proposed = frozenset(row for row in form.rows("aspects") if is_proposed(form, row))
    sheet = Sheet(source, quote, figures, proposed, _has_persons(form))
    ticked = taken(form, quote, (), Gathering())
    return visit.page(
        "desk/log.html",
        form=form,
        sheet=sheet,
        reading=reading,
        already=alike(visit.session, source, quote, ticked),
        offered=newest(visit.session, "agent", "topic", "source"),
    )


@rooms.deed("/desk/sources/{id}/log", "edit", again=read_source)
def log_claim(visit: Visit) -> Response:
    """Saved whole with everything that is new in it. What only turns the reader saves nothing."""
    source = find_source(visit.session, visit.path("id"))
    deed, _, target = visit.typed.value(DO).partition(":")
    again = turned(visit.typed)
    if again is not None or deed == LOOK:
        return read_source(replace(visit, form=again or visit.typed))
    if deed == LEAVE:
        leave_out(visit, source)
        return _next(visit, source, "left-out")
    if deed == ALSO:
        appearance = keep_elsewhere(visit, source, target)
        return visit.to(f"desk/claims/{appearance.claim_id}#appearance-{appearance.number}", done="added")
    draft = read_form(visit, source)
    if deed != ANYWAY and (found := alike(visit.session, source, draft.quote, draft.figures)):
        raise LoggedAlready(found)
    claim = keep(visit, draft)
    return _next(visit, source, "logged") if deed == NEXT else visit.to(f"desk/claims/{claim.id}", done="added")


def _has_persons(form: Form) -> bool:
    rows = form.rows("concerned")
    return len(rows) > 1 or any(form.value(f"concerned.{row}.agent") for row in rows)


def _next(visit: Visit, source: Source, done: str) -> Response:
    """The same text again, where the last quote stood."""
    place = visit.typed.value("start")
    where = {"from": place} if place.isascii() and place.isdigit() else {}
    return visit.to(f"desk/sources/{source.id}/read", done=done, **where)


def _shown(visit: Visit, source: Source, form: Form, reading: Reading) -> QuoteEntry | None:
    """The quote as far as there is one; what is wrong with it is said when it is saved."""
    if reading.quoted is not None:
        return reading.quoted.entry(source.language)
    try:
        return quote_of(visit, source, form) if visit.form else None
    except Refused:
        return None
