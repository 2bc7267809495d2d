"""Replies of those whom a claim concerns, beside the text in which they were given; and that none was found."""

from dataclasses import replace

from starlette.responses import Response

from app.desk.forms.form import DO, Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import newest
from app.desk.forms.reading import entry_of
from app.desk.reader import kept, open_reading, turned
from app.desk.replying import SAID_IN, SOURCE, concerned_in, filled, opened, read_form, replies_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.weighing.around import Around, around
from app.desk.weighing.dropping import DROP, check_sure
from app.desk.weighing.picks import named
from app.desk.weighing.quotes import filled_quote
from kb.desk.chance import now
from kb.desk.claims import find_claim
from kb.desk.entry import BadEntry, Fault
from kb.desk.records import part_of
from kb.desk.replies import (
    NoReplyEntry,
    add_reply,
    change_reply,
    find_reply,
    remove_reply,
    set_no_reply_found,
)
from kb.desk.sources import find_source
from kb.desk.tables import Claim, Passage, Record, Reply, Source

rooms = Rooms()
# Buttons of the form: a source is opened beside it, or let go of.
OPEN, LET_GO = "open", "let-go"
READER = ("start", "end", "find", "found", "hit", "from", "first", "last", "snapshot", "exact", "elsewhere", "pane")


@rooms.page("/desk/claims/{id}/replies/new", "edit")
def new_reply(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    return _sheet(visit, known, visit.form or opened(visit, known.claim.id))


@rooms.deed("/desk/claims/{id}/replies/new", "edit", again=new_reply)
def make_reply(visit: Visit) -> Response:
    if (form := _another(visit)) is not None:
        return new_reply(replace(visit, form=form))
    claim = find_claim(visit.session, visit.path("id"))
    said = read_form(visit, _source(visit, visit.typed))
    made = add_reply(visit.session, visit.actor, claim, said.entry, said.texts)
    return visit.to(f"desk/claims/{claim.id}#reply-{made.number}", done="added")


@rooms.page("/desk/claims/{id}/replies/{number}", "edit")
def show_reply(visit: Visit) -> Response:
    session = visit.session
    known = around(session, visit.path("id"))
    reply = find_reply(session, known.claim.id, visit.number("number"))
    form = visit.form or marked(filled(visit, reply), session.get_one(Record, known.claim.id))
    if visit.form is None and (passage := _passage(visit, reply)) is not None:
        form = form.with_values(filled_quote(session, visit.desk.texts(session), passage))
    return _sheet(visit, known, form, reply)


@rooms.deed("/desk/claims/{id}/replies/{number}", "edit", again=show_reply)
def save_reply(visit: Visit) -> Response:
    if (form := _another(visit)) is not None:
        return show_reply(replace(visit, form=form))
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    reply = find_reply(session, claim.id, visit.number("number"))
    record = check_fresh(session, claim.id, visit.typed, lambda: filled(visit, reply))
    before = record.revision
    if visit.typed.value(DO) == DROP:
        check_sure(visit.typed)
        remove_reply(session, visit.actor, reply)
        return visit.to(f"desk/claims/{claim.id}#concerned", done="removed")
    said = read_form(visit, _source(visit, visit.typed), _passage(visit, reply))
    change_reply(session, visit.actor, reply, said.entry, said.texts)
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{claim.id}#reply-{reply.number}", done=done)


@rooms.page("/desk/claims/{id}/no-reply", "edit")
def show_no_reply(visit: Visit) -> Response:
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    form = visit.form or marked(_found_none(claim), session.get_one(Record, claim.id))
    if visit.form is None and not claim.no_reply_found_on:
        form = form.with_values({"found_none_on": now(session)[:10]})
    return visit.page(
        "desk/no_reply.html",
        form=form,
        known=around(session, claim.id),
        concerned=concerned_in(session, claim.id),
        replies=replies_of(session, claim.id),
    )


@rooms.deed("/desk/claims/{id}/no-reply", "edit", again=show_no_reply)
def save_no_reply(visit: Visit) -> Response:
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _found_none(claim))
    before = record.revision
    if visit.typed.value(DO) == DROP:
        set_no_reply_found(session, visit.actor, claim, NoReplyEntry(found_none_on=None))
        return visit.to(f"desk/claims/{claim.id}#concerned", done="removed")
    set_no_reply_found(session, visit.actor, claim, entry_of(NoReplyEntry, visit.typed))
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{claim.id}#concerned", done=done)


def _sheet(visit: Visit, known: Around, form: Form, reply: Reply | None = None) -> Response:
    session = visit.session
    source = _source(visit, form)
    keep = kept(form, {})
    return visit.page(
        "desk/reply.html",
        form=form,
        known=known,
        reply=reply,
        concerned=concerned_in(session, known.claim.id),
        source=source,
        reading=open_reading(visit, source.id, keep=keep) if source else None,
        offered=newest(session, "agent", "origin", *([] if source else ["source"])),
    )


def _another(visit: Visit) -> Form | None:
    """The form with its reader where a button asks for it; None where none does. Raises BadEntry at `said_in`."""
    form, deed = visit.typed, visit.typed.value(DO)
    if deed == OPEN:
        source_id = named(visit, SAID_IN, "source")
        if source_id is None:
            raise BadEntry((Fault(SAID_IN, "it is not said which source.", "Write its name first."),))
        return _without_reader(form).with_values({SOURCE: source_id, SAID_IN: ""})
    if deed == LET_GO:
        return _without_reader(form).with_values({SOURCE: ""})
    return turned(form) if form.value(SOURCE) else None


def _without_reader(form: Form) -> Form:
    typed = {name: values for name, values in form.typed.items() if name not in (*READER, DO)}
    return replace(form, typed=typed, faults=())


def _source(visit: Visit, form: Form) -> Source | None:
    """The source that is open beside the form. Raises NoSuchRecord."""
    if form.value(SOURCE):
        return find_source(visit.session, form.value(SOURCE))
    return None


def _passage(visit: Visit, reply: Reply) -> Passage | None:
    return part_of(visit.session, Passage, reply.passage_id) if reply.passage_id is not None else None


def _found_none(claim: Claim) -> Form:
    return form_of({"found_none_on": claim.no_reply_found_on or ""})
