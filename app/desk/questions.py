"""Open questions of a claim: what would have to be read, and the source that would settle it."""

from starlette.responses import Response

from app.desk.forms.form import DO, Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen, newest
from app.desk.forms.reading import entry_of
from app.desk.naming import naming_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.weighing.around import Around, around
from app.desk.weighing.dropping import DROP, check_sure
from kb.desk.claims import find_claim
from kb.desk.questions import QuestionEntry, add_question, change_question, find_question, remove_question
from kb.desk.tables import OpenQuestion, Record
from kb.errors import Refused

rooms = Rooms()


@rooms.page("/desk/claims/{id}/questions/new", "edit")
def new_question(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    return _sheet(visit, known, visit.form or form_of({"aspect": visit.asked("aspect")}))


@rooms.deed("/desk/claims/{id}/questions/new", "edit", again=new_question)
def make_question(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    made = add_question(visit.session, visit.actor, claim, _entry(visit))
    return visit.to(f"desk/claims/{claim.id}#open-{made.number}", done="added")


@rooms.page("/desk/claims/{id}/questions/{number}", "edit")
def show_question(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    question = find_question(visit.session, known.claim.id, visit.number("number"))
    form = visit.form or marked(_filled(visit, known, question), visit.session.get_one(Record, known.claim.id))
    return _sheet(visit, known, form, question)


@rooms.deed("/desk/claims/{id}/questions/{number}", "edit", again=show_question)
def save_question(visit: Visit) -> Response:
    session = visit.session
    known = around(session, visit.path("id"))
    claim = known.claim
    question = find_question(session, claim.id, visit.number("number"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(visit, known, question))
    before = record.revision
    if visit.typed.value(DO) == DROP:
        check_sure(visit.typed)
        remove_question(session, visit.actor, question)
        return visit.to(f"desk/claims/{claim.id}#questions", done="removed")
    change_question(session, visit.actor, question, _entry(visit))
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{claim.id}#open-{question.number}", done=done)


def _sheet(visit: Visit, known: Around, form: Form, question: OpenQuestion | None = None) -> Response:
    offered = newest(visit.session, "source", "origin")
    return visit.page("desk/question.html", form=form, known=known, question=question, offered=offered)


def _filled(visit: Visit, known: Around, question: OpenQuestion) -> Form:
    labels = chosen(visit.session, [question.would_settle_id, question.origin_id])
    return form_of(
        {
            "label": question.label,
            "would_settle": labels[question.would_settle_id],
            "aspect": known.codes[question.aspect_id] if question.aspect_id is not None else "",
            "origin": labels[question.origin_id],
            "grade": question.grade or "",
            "grade_reason": question.grade_reason or "",
        }
    )


def _entry(visit: Visit) -> QuestionEntry:
    """Raises BadEntry with everything that is wrong."""
    faults, naming = Gathering(), naming_of(visit)
    source = origin = entry = None
    with faults.at():
        source = naming.known("would_settle", "source")
    with faults.at():
        origin = naming.known("origin", "origin")
    with faults.at(field="grade"):
        # A name that cannot be made out says nothing yet of whether the rest goes with it.
        meant = source or (visit.typed.value("would_settle").strip() and visit.path("id")) or None
        entry = entry_of(QuestionEntry, visit.typed, would_settle=meant, origin=origin)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return entry
