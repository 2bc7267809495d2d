"""Evidence at the desk: a passage beside the form that says what it bears on, how, and what it is worth."""

import re
from dataclasses import replace

from starlette.responses import Response

from app.desk.forms.form import DO, Form
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import newest
from app.desk.logging.figures import Proposal, offered, proposals
from app.desk.reader import kept, open_reading, turned
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.weighing.around import Around, around, why_not_counted
from app.desk.weighing.dropping import DROP, check_sure
from app.desk.weighing.evidence_form import filled, opened, read_form
from app.desk.weighing.picks import named
from app.desk.weighing.quotes import UNREAD, shown_quote
from app.desk.weighing.sources import choose_source, kept_source
from kb.desk.entry import BadEntry, Fault
from kb.desk.evidence import add_evidence, change_evidence, find_evidence, remove_evidence
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.records import hold, part_of
from kb.desk.tables import Evidence, Passage, Record, Source

rooms = Rooms()
# Buttons beside those of the reader.
LOOK, ANOTHER = "look", "another"
# `7k3mq2xkt-2`: a piece of evidence of any claim.
_LIKE = re.compile(r"([0-9a-z]{9})-([0-9]{1,6})", re.ASCII)


@rooms.page("/desk/claims/{id}/evidence/new", "edit")
def new_evidence(visit: Visit) -> Response:
    """First the source is chosen, then the words in it."""
    known = around(visit.session, visit.path("id"))
    source = kept_source(visit)
    if source is None:
        return choose_source(visit, known)
    form = visit.form or opened(visit, known, source, _like(visit))
    return _sheet(visit, known, source, form)


@rooms.deed("/desk/claims/{id}/evidence/source", "edit", again=new_evidence)
def take_source(visit: Visit) -> Response:
    source = named(visit, "source_pick", "source")
    if source is None:
        raise BadEntry((Fault("source_pick", "no source is named yet.", "Write its title, or choose another way."),))
    return visit.to(f"desk/claims/{visit.path('id')}/evidence/new", source=source)


@rooms.deed("/desk/claims/{id}/evidence/new", "edit", again=new_evidence)
def attach(visit: Visit) -> Response:
    """Saved whole, with the figures that were ticked. What only turns the reader saves nothing."""
    if (form := _turned(visit)) is not None:
        return new_evidence(replace(visit, form=form))
    known, source = around(visit.session, visit.path("id")), kept_source(visit)
    if source is None:
        raise BadEntry((Fault("source_pick", "no source is named yet.", "Choose one first."),))
    weighed = read_form(visit, source)
    evidence = add_evidence(visit.session, visit.actor, known.claim, weighed.entry, weighed.texts)
    _take_figures(visit, known, evidence, weighed.figures)
    if visit.typed.value(DO) == ANOTHER:
        like = f"{known.claim.id}-{evidence.number}"
        return visit.to(f"desk/claims/{known.claim.id}/evidence/new", done="added", source=source.id, like=like)
    return visit.to(f"desk/claims/{known.claim.id}#evidence-{evidence.number}", done="added")


@rooms.page("/desk/claims/{id}/evidence/{n}", "edit")
def show_evidence(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    evidence = find_evidence(visit.session, known.claim.id, visit.number("n"))
    form = visit.form or _as_it_is(visit, known, evidence)
    passage = part_of(visit.session, Passage, evidence.passage_id)
    return _sheet(visit, known, visit.session.get_one(Source, passage.source_id), form, evidence)


@rooms.deed("/desk/claims/{id}/evidence/{n}", "edit", again=show_evidence)
def save_evidence(visit: Visit) -> Response:
    session = visit.session
    if (form := _turned(visit)) is not None:
        return show_evidence(replace(visit, form=form))
    known = around(session, visit.path("id"))
    evidence = find_evidence(session, known.claim.id, visit.number("n"))
    record = hold(session, known.claim.id)
    before = record.revision
    check_fresh(session, record.id, visit.typed, lambda: filled(visit, known, evidence))
    if visit.typed.value(DO) == DROP:
        check_sure(visit.typed)
        remove_evidence(session, visit.actor, evidence)
        return visit.to(f"desk/claims/{known.claim.id}#evidence", done="removed")
    passage = part_of(session, Passage, evidence.passage_id)
    weighed = read_form(visit, session.get_one(Source, passage.source_id), passage)
    change_evidence(session, visit.actor, evidence, weighed.entry, weighed.texts)
    _take_figures(visit, known, evidence, weighed.figures)
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{known.claim.id}/evidence/{evidence.number}", done=done)


def show_with_copy(visit: Visit) -> Response:
    """The evidence as it is, with what was typed for the copy."""
    known = around(visit.session, visit.path("id"))
    evidence = find_evidence(visit.session, known.claim.id, visit.number("n"))
    typed = visit.typed
    form = _as_it_is(visit, known, evidence).with_values({"to_claim": typed.value("to_claim")})
    return show_evidence(replace(visit, form=replace(form, faults=typed.faults)))


@rooms.deed("/desk/claims/{id}/evidence/{n}/copy", "edit", again=show_with_copy)
def copy_reference(visit: Visit) -> Response:
    """On to the same passage beside the form of another claim; nothing is saved yet."""
    evidence = find_evidence(visit.session, visit.path("id"), visit.number("n"))
    claim = named(visit, "to_claim", "claim")
    if claim is None:
        raise BadEntry((Fault("to_claim", "no claim is named yet.", "Write its question, title or statement."),))
    source = part_of(visit.session, Passage, evidence.passage_id).source_id
    like = f"{evidence.claim_id}-{evidence.number}"
    return visit.to(f"desk/claims/{claim}/evidence/new", source=source, like=like)


def _sheet(visit: Visit, known: Around, source: Source, form: Form, evidence: Evidence | None = None) -> Response:
    reading = open_reading(visit, source.id, keep=kept(form, {}))
    passage = part_of(visit.session, Passage, evidence.passage_id) if evidence else None
    quote = reading.quoted.entry(source.language) if reading.quoted else shown_quote(visit, source, form, passage)
    own = [one for one in known.figures if evidence and one.evidence_id == evidence.id]
    figures = _not_taken(proposals(quote), {one.raw for one in own})
    is_read = quote is not None or not form.has(UNREAD, "yes")
    return visit.page(
        "desk/evidence.html",
        form=offered(form, figures),
        known=known,
        source=source,
        reading=reading,
        evidence=evidence,
        quote=quote,
        figures=figures,
        own_figures=own,
        others=[one for one in known.evidence if evidence is None or one.number != evidence.number],
        not_counted=why_not_counted(form.value("stance"), form.value("grade"), is_read=is_read),
        offered=newest(visit.session, "origin", *(["claim"] if evidence else [])),
    )


def _as_it_is(visit: Visit, known: Around, evidence: Evidence) -> Form:
    return marked(filled(visit, known, evidence), visit.session.get_one(Record, known.claim.id))


def _turned(visit: Visit) -> Form | None:
    """The form with the reader turned, or looked at again for what its quote proposes."""
    again = turned(visit.typed)
    return visit.typed if again is None and visit.typed.value(DO) == LOOK else again


def _take_figures(visit: Visit, known: Around, evidence: Evidence, figures: tuple[FigureEntry, ...]) -> None:
    for figure in figures:
        entry = figure.model_copy(update={"evidence": evidence.number})
        add_figure(visit.session, visit.actor, known.claim, entry)


def _not_taken(found: list[Proposal], raw: set[str]) -> list[Proposal]:
    return [one for one in found if one.fields["raw"] not in raw]


def _like(visit: Visit) -> Evidence | None:
    match = _LIKE.fullmatch(visit.asked("like"))
    return find_evidence(visit.session, match[1], int(match[2])) if match else None
