"""Figures at the desk: a number as printed and as read, read back in words before it is saved."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import Response

from app.desk.forms.form import DO, Form
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import newest
from app.desk.logging.figures import Proposal, proposals
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.weighing.around import Around, around
from app.desk.weighing.dropping import DROP, check_sure
from app.desk.weighing.figure_form import filled, opened, read_form, reads_back, said_back, with_proposal
from app.desk.weighing.raw_places import places, quotes_of
from kb.desk.figures import add_figure, change_figure, find_figure, remove_figure
from kb.desk.passages import QuoteEntry
from kb.desk.records import hold
from kb.desk.tables import Figure, Passage, Record

rooms = Rooms()
# Buttons beside the one that saves.
READ_BACK, TAKE = "readback", "take"


@rooms.page("/desk/claims/{id}/figures/new", "edit")
def new_figure(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    evidence = visit.form.value("evidence") if visit.form else visit.asked("evidence")
    quotes = quotes_of(visit.session, known.claim.id, evidence)
    form = visit.form or opened(quotes, evidence if quotes else "", known.aspect_of(evidence))
    return _sheet(visit, known, form, quotes)


@rooms.deed("/desk/claims/{id}/figures/new", "edit", again=new_figure)
def make_figure(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    if (form := _looked_at(visit, known)) is not None:
        return new_figure(replace(visit, form=form))
    figure = add_figure(visit.session, visit.actor, known.claim, read_form(visit, known.claim.id))
    return visit.to(f"desk/claims/{known.claim.id}/figures/{figure.number}", done="added")


@rooms.page("/desk/claims/{id}/figures/{n}", "edit")
def show_figure(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    figure = find_figure(visit.session, known.claim.id, visit.number("n"))
    form = visit.form or marked(filled(visit, known, figure), visit.session.get_one(Record, known.claim.id))
    return _sheet(visit, known, form, quotes_of(visit.session, known.claim.id, form.value("evidence")), figure)


@rooms.deed("/desk/claims/{id}/figures/{n}", "edit", again=show_figure)
def save_figure(visit: Visit) -> Response:
    session = visit.session
    known = around(session, visit.path("id"))
    figure = find_figure(session, known.claim.id, visit.number("n"))
    if (form := _looked_at(visit, known)) is not None:
        return show_figure(replace(visit, form=form))
    record = hold(session, known.claim.id)
    before = record.revision
    check_fresh(session, record.id, visit.typed, lambda: filled(visit, known, figure))
    if visit.typed.value(DO) == DROP:
        check_sure(visit.typed)
        remove_figure(session, visit.actor, figure)
        return visit.to(f"desk/claims/{known.claim.id}#figures", done="removed")
    change_figure(session, visit.actor, figure, read_form(visit, known.claim.id))
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{known.claim.id}/figures/{figure.number}", done=done)


def _sheet(
    visit: Visit, known: Around, form: Form, quotes: Sequence[Passage], figure: Figure | None = None
) -> Response:
    return visit.page(
        "desk/figure.html",
        form=form,
        known=known,
        figure=figure,
        quotes=[one for one in quotes if one.exact],
        found=[] if figure else [one for one, _ in _found(quotes)],
        places=places(quotes, form.value("raw").strip()),
        others=[one for one in known.figures if figure is None or one.id != figure.id],
        reads_back=said_back(form),
        offered=newest(visit.session, "topic", "agent"),
    )


def _looked_at(visit: Visit, known: Around) -> Form | None:
    """The form to look at again: read back, or filled in with what the quote proposes. None where it is to be saved."""
    deed, _, target = visit.typed.value(DO).partition(":")
    if deed == READ_BACK:
        reads_back(visit.typed)
        return visit.typed
    if deed == TAKE:
        quotes = quotes_of(visit.session, known.claim.id, visit.typed.value("evidence"))
        for one, start in _found(quotes):
            if one.key == target:
                return with_proposal(visit.typed, one.fields, one.key, start)
        return visit.typed
    return None


def _found(quotes: Sequence[Passage]) -> list[tuple[Proposal, int | None]]:
    """What the first of the quotes proposes, with where that quote begins."""
    for quote in quotes:
        if quote.exact is not None and quote.language is not None:
            entry = QuoteEntry(exact=quote.exact, language=quote.language)
            return [(one, quote.start_at) for one in proposals(entry)]
    return []
