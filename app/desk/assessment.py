"""The assessment of a claim: a verdict on each part beside its evidence, and the headline that follows from them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.forms.form import DO, Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.reading import entry_of
from app.desk.judging import (
    FIRST_SENTENCE,
    VERDICTS,
    band_of,
    first_sentence,
    in_two_places,
    seen_now,
    typed_confidence,
)
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.weighing.dropping import DROP, check_sure
from kb.desk.assessments import (
    AssessmentEntry,
    VerdictEntry,
    add_assessment,
    change_assessment,
    find_assessment,
    remove_assessment,
)
from kb.desk.chance import now
from kb.desk.claims import find_claim
from kb.desk.entry import BadEntry, Fault
from kb.desk.labels import labels_of
from kb.desk.tables import Aspect, AspectVerdict, Assessment, Claim, Record
from kb.errors import Refused
from kb.publish.panel import basis_of, method_in_force

rooms = Rooms()
# A button of the form: what follows from the verdicts, saving nothing.
ROLL_UP = "rollup"
FIELDS = ("verdict", "confidence", "reason")


@rooms.page("/desk/claims/{id}/assessment", "assess", "edit", "review", "publish")
def show_assessment(visit: Visit) -> Response:
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    found = find_assessment(session, claim.id)
    form = visit.form or marked(_filled(session, claim, found), session.get_one(Record, claim.id))
    seen = seen_now(basis_of(session, visit.desk.site.base, claim.id), form)
    sources = {one.source for part in seen.parts for _, some in part.by_stance for one in some}
    origins = {one.origin for part in seen.parts for _, some in part.by_stance for one in some}
    return visit.page(
        "desk/assessment.html",
        form=form,
        claim=claim,
        assessment=found,
        seen=seen,
        labels=labels_of(session, [claim.id, *sources, *origins]),
        gone=_gone(form, [part.at for part in seen.parts]),
        band_of=band_of,
        in_two_places=in_two_places,
        first_sentence=first_sentence(form.value("reason")),
        most=FIRST_SENTENCE,
        today=now(session)[:10],
        method=method_in_force(session),
    )


@rooms.deed("/desk/claims/{id}/assessment", "assess", again=show_assessment)
def save_assessment(visit: Visit) -> Response:
    """One button works the headline out for what is typed and saves nothing; one takes the assessment away."""
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    if visit.typed.value(DO) == ROLL_UP:
        typed = {name: values for name, values in visit.typed.typed.items() if name != DO}
        return show_assessment(replace(visit, form=replace(visit.typed, typed=typed)))
    record = check_fresh(
        session, claim.id, visit.typed, lambda: _filled(session, claim, find_assessment(session, claim.id))
    )
    before, found = record.revision, find_assessment(session, claim.id)
    if visit.typed.value(DO) == DROP:
        check_sure(visit.typed)
        if found is not None:
            remove_assessment(session, visit.actor, found)
        return visit.to(f"desk/claims/{claim.id}#assessment", done="removed" if found else "unchanged")
    entry = _entry(session, claim, found, visit.typed)
    if found is None:
        add_assessment(session, visit.actor, claim, entry)
        return visit.to(f"desk/claims/{claim.id}/assessment", done="added")
    change_assessment(session, visit.actor, found, entry)
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{claim.id}/assessment", done=done)


def _filled(session: Session, claim: Claim, found: Assessment | None) -> Form:
    """Of a claim without an assessment what is proposed: today, and the method in force."""
    values = {
        "confidence": in_two_places(found.confidence) if found else "",
        "reason": found.reason if found else "",
        "confidence_reason": (found.confidence_reason if found else None) or "",
        "would_change": (found.would_change if found else None) or "",
        "override_verdict": (found.override_verdict if found else None) or "",
        "override_reason": (found.override_reason if found else None) or "",
        "assessed_on": found.assessed_on if found else now(session)[:10],
        "method_version": str(found.method_version if found else method_in_force(session)),
    }
    given = _verdicts(session, found)
    for aspect in _aspects(session, claim):
        at, one = f"{VERDICTS}.part_{aspect.number}", given.get(aspect.id)
        values |= {
            f"{at}.verdict": one.verdict if one else "",
            f"{at}.confidence": in_two_places(one.confidence) if one else "",
            f"{at}.reason": (one.reason if one else None) or "",
        }
    return form_of(values)


def _entry(session: Session, claim: Claim, found: Assessment | None, form: Form) -> AssessmentEntry:
    """Raises BadEntry with everything that is wrong, each at its field."""
    faults = Gathering()
    judged = [one for aspect in _aspects(session, claim) if (one := _verdict(form, aspect, faults))]
    entry = None
    form = form.with_values({"confidence": typed_confidence(form.value("confidence"))})
    with faults.at(field="override_reason"):
        method = _method(session, found, form)
        entry = entry_of(AssessmentEntry, form, verdicts=tuple(judged), method_version=method)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return entry


def _verdict(form: Form, aspect: Aspect, faults: Gathering) -> VerdictEntry | None:
    """None of a part that nothing is said of yet; the gate asks for it before the claim is published."""
    at = f"{VERDICTS}.part_{aspect.number}"
    if not any(form.value(f"{at}.{name}").strip() for name in FIELDS):
        return None
    with faults.at(at):
        given = form.with_values({f"{at}.confidence": typed_confidence(form.value(f"{at}.confidence"))})
        if not given.value(f"{at}.verdict"):
            raise BadEntry((Fault("verdict", f"no verdict is chosen on “{aspect.label}”.", "Choose one."),))
        return entry_of(VerdictEntry, given, at, aspect=aspect.code)
    return None


def _method(session: Session, found: Assessment | None, form: Form) -> int:
    """The version in force, or the one that the assessment names already, if the form keeps to that."""
    in_force = method_in_force(session)
    if not in_force:
        fault = Fault("method_version", "no method is published yet.", "Publish the page “method” first.")
        raise BadEntry((fault,))
    kept = found is not None and form.value("method_version") == str(found.method_version)
    return found.method_version if found is not None and kept else in_force


def _aspects(session: Session, claim: Claim) -> Sequence[Aspect]:
    wanted = select(Aspect).where(Aspect.claim_id == claim.id).order_by(Aspect.position, Aspect.number)
    return session.scalars(wanted).all()


def _verdicts(session: Session, found: Assessment | None) -> dict[int, AspectVerdict]:
    """By aspect. Verbs replace them beside the session, which would go on showing those that it has seen before."""
    if found is None:
        return {}
    wanted = select(AspectVerdict).where(AspectVerdict.assessment_id == found.id)
    rows = session.scalars(wanted.execution_options(populate_existing=True)).all()
    return {one.aspect_id: one for one in rows}


def _gone(form: Form, parts: Sequence[str]) -> list[tuple[str, str]]:
    """What was typed of parts that somebody else has taken away meanwhile: nothing typed is lost."""
    starts = tuple(f"{one}." for one in parts)
    return [
        (name, " ".join(values))
        for name, values in form.typed.items()
        if name.startswith(f"{VERDICTS}.") and not name.startswith(starts) and any(one.strip() for one in values)
    ]
