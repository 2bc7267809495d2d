"""Where a claim stands: another appearance from any source, and an appearance that is changed or taken away."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk import chain
from app.desk.forms.form import DO, Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen, newest, picked
from app.desk.logging.appearing import appearance_entry, quote_in
from app.desk.logging.opening import opened
from app.desk.logging.places import kept_places, place_of, quote_again, start_of, with_new_place
from app.desk.logging.quoted import ELSEWHERE, EXACT, texts_for
from app.desk.naming import naming_of
from app.desk.reader import kept, open_reading, turned
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.appearances import (
    AppearanceEntry,
    add_appearance,
    change_appearance,
    find_appearance,
    links_of,
    places_of,
    remove_appearance,
)
from kb.desk.claims import find_claim
from kb.desk.entry import BadEntry
from kb.desk.labels import labels_of
from kb.desk.sources import find_source
from kb.desk.tables import Appearance, ChainLink, Claim, LinkHedge, Passage, Record, Source
from kb.errors import Refused
from kb.publish.compile.rows import grouped

rooms = Rooms()
SOURCE = "source"
# Buttons of the form: the chosen words as a further place of the same, and the appearance taken away.
PLACE, DROP = "place", "drop"


@rooms.page("/desk/claims/{id}/appearances/new", "edit")
def new_appearance(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    asked = visit.form or form_of({SOURCE: visit.asked(SOURCE)})
    try:
        source_id = picked(visit.session, asked, SOURCE, "source").id
    except BadEntry as bad:
        return _which(replace(visit, status=422), claim, asked.with_problem(bad))
    if not source_id:
        return _which(visit, claim, asked)
    source = find_source(visit.session, source_id)
    form = visit.form or opened(visit.session, source)
    return _page(visit, claim, source, form, kept(visit.form, visit.request.query_params))


@rooms.deed("/desk/claims/{id}/appearances/new", "edit", again=new_appearance)
def make_appearance(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    if (again := turned(visit.typed)) is not None:
        return new_appearance(replace(visit, form=again))
    source = find_source(visit.session, visit.typed.value(SOURCE))
    entry = _entry(visit, source, Gathering())
    made = add_appearance(visit.session, visit.actor, claim, entry, texts_for(visit, visit.typed))
    return visit.to(f"desk/claims/{claim.id}#appearance-{made.number}", done="added")


@rooms.page("/desk/claims/{id}/appearances/{number}", "edit")
def show_appearance(visit: Visit) -> Response:
    claim, row, passage = _found(visit)
    source = find_source(visit.session, passage.source_id)
    held = visit.desk.texts(visit.session).of(source.id)
    if visit.form is not None:
        return _page(visit, claim, source, visit.form, kept(visit.form, {}), row)
    form = marked(_filled(visit.session, row), visit.session.get_one(Record, claim.id))
    if passage.state != "verified" and held:
        form = form.with_values({ELSEWHERE: "yes"})
    return _page(visit, claim, source, form, visit.request.query_params or start_of(passage, held), row)


@rooms.deed("/desk/claims/{id}/appearances/{number}", "edit", again=show_appearance)
def save_appearance(visit: Visit) -> Response:
    session = visit.session
    claim, row, passage = _found(visit)
    if (again := turned(visit.typed)) is not None:
        return show_appearance(replace(visit, form=again))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(session, row))
    before, deed = record.revision, visit.typed.value(DO)
    if deed == DROP:
        remove_appearance(session, visit.actor, row)
        return visit.to(f"desk/claims/{claim.id}#appearances", done="removed")
    source, faults = find_source(session, passage.source_id), Gathering()
    texts = texts_for(visit, visit.typed)
    held = texts.of(source.id) if texts else None
    places = kept_places(session, row, visit.typed, held)
    if deed == PLACE:
        further = quote_in(visit, source, faults)
        faults.check()
        entry = _entry(visit, source, faults, with_new_place(places, further), quote_again(passage, held))
    else:
        entry = _entry(visit, source, faults, places)
    change_appearance(session, visit.actor, row, entry, texts)
    done = "saved" if record.revision != before else "unchanged"
    where = f"desk/claims/{claim.id}"
    return visit.to(f"{where}/appearances/{row.number}" if deed == PLACE else f"{where}#appearances", done=done)


def _entry(visit: Visit, source: Source, faults: Gathering, places: Any = (), quote: Any = None) -> AppearanceEntry:
    """Raises BadEntry with everything that is wrong."""
    quote = quote or quote_in(visit, source, faults)
    entry = appearance_entry(naming_of(visit), source, quote, faults, places)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return entry


def _which(visit: Visit, claim: Claim, form: Form) -> Response:
    """First of all, in which source."""
    offered, label = newest(visit.session, "source"), _label(visit, claim)
    return visit.page("desk/which_source.html", form=form, claim=claim, label=label, offered=offered)


def _page(
    visit: Visit, claim: Claim, source: Source, form: Form, keep: Mapping[str, str], row: Appearance | None = None
) -> Response:
    places = [place_of(visit.session, one) for one in places_of(visit.session, row)] if row else []
    return visit.page(
        "desk/appearance.html",
        form=chain.keyed(form),
        claim=claim,
        label=_label(visit, claim),
        appearance=row,
        places=places,
        source=source,
        reading=open_reading(visit, source.id, keep=keep),
        offered=newest(visit.session, "agent", "source"),
    )


def _label(visit: Visit, claim: Claim) -> str:
    return labels_of(visit.session, [claim.id]).get(claim.id, "a claim without words")


def _found(visit: Visit) -> tuple[Claim, Appearance, Passage]:
    claim = find_claim(visit.session, visit.path("id"))
    row = find_appearance(visit.session, claim.id, visit.number("number"))
    return claim, row, visit.session.get_one(Passage, row.passage_id)


def _filled(session: Session, row: Appearance) -> Form:
    """Chain and certainty, and the words with their place, as the appearance has them."""
    links = links_of(session, row)
    hedges = grouped(session, LinkHedge, LinkHedge.link_id, [one.id for one in links], LinkHedge.position)
    form = chain.filled(links, hedges, chosen(session, _spoken_of(links)))
    passage = session.get_one(Passage, row.passage_id, populate_existing=True)
    if passage.state == "verified":
        words = {"start": str(passage.start_at), "end": str(passage.end_at)}
    else:
        words = {EXACT: passage.exact or ""}
    certainty = {"certainty": row.certainty} if row.certainty else {}
    return form.with_values({**words, **certainty, "certainty_reason": row.certainty_reason or ""})


def _spoken_of(links: list[ChainLink]) -> list[str | None]:
    return [one for link in links for one in (link.agent_id, link.source_id)]
