"""Sentences of a source that were not made claims, each with the reason; beside its text."""

from dataclasses import replace

from sqlalchemy import select
from starlette.responses import Response

from app.desk.forms.form import Form
from app.desk.forms.reading import entry_of
from app.desk.reader import kept, open_reading, quote_entry, turned
from app.desk.reading.quoting import refused
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.left_out import LeftOutEntry, add_left_out, find_left_out, remove_left_out
from kb.desk.sources import find_source
from kb.desk.tables import LeftOutSentence, Passage

rooms = Rooms()


@rooms.page("/desk/sources/{id}/left-out", "edit")
def show_left_out(visit: Visit) -> Response:
    source_id = visit.path("id")
    reading = open_reading(visit, source_id, keep=kept(visit.form, visit.request.query_params))
    wanted = (
        select(LeftOutSentence.number, LeftOutSentence.reason, Passage.exact, Passage.language, Passage.start_at)
        .join(Passage, Passage.id == LeftOutSentence.passage_id)
        .where(LeftOutSentence.source_id == source_id)
        .order_by(Passage.start_at, LeftOutSentence.number)
    )
    sentences = visit.session.execute(wanted).all()
    form = visit.form or Form({})
    return visit.page("desk/left_out.html", form=form, reading=reading, sentences=sentences)


@rooms.deed("/desk/sources/{id}/left-out", "edit", again=show_left_out)
def leave_out(visit: Visit) -> Response:
    if (form := turned(visit.typed)) is not None:
        return show_left_out(replace(visit, form=form))
    source = find_source(visit.session, visit.path("id"))
    quote = quote_entry(visit, source.id, visit.typed)
    if quote is None:
        raise refused("It is not said which sentence.", "Find it, select it, or take its paragraph.")
    entry = entry_of(LeftOutEntry, visit.typed, quote=quote)
    add_left_out(visit.session, visit.actor, source, entry, visit.desk.texts(visit.session))
    place = {"from": str(quote.start)} if quote.start is not None else {}
    return visit.to(f"desk/sources/{source.id}/left-out", done="added", **place)


@rooms.deed("/desk/sources/{id}/left-out/{n}/remove", "edit", again=show_left_out)
def take_in(visit: Visit) -> Response:
    sentence = find_left_out(visit.session, visit.path("id"), visit.number("n"))
    remove_left_out(visit.session, visit.actor, sentence)
    return visit.to(f"desk/sources/{sentence.source_id}/left-out", done="removed")
