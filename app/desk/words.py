"""The words of a claim: statement, question and title in each language, types, hedges, topics and note."""

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.claim_words import claim_entry, filled
from app.desk.forms.form import Form
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen, newest
from app.desk.naming import naming_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk import tables as desk
from kb.desk.claims import change_claim, find_claim
from kb.desk.tables import Claim, Record
from kb.errors import Refused
from kb.publish.compile.rows import grouped

rooms = Rooms()


@rooms.page("/desk/claims/{id}/words", "edit")
def show_words(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, claim.id)
    form = visit.form or marked(_filled(visit.session, claim, record), record)
    return visit.page(
        "desk/words.html",
        form=form,
        claim=claim,
        offered=newest(visit.session, "topic"),
    )


@rooms.deed("/desk/claims/{id}/words", "edit", again=show_words)
def save_words(visit: Visit) -> Response:
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(session, claim, _record(session, claim)))
    before, faults = record.revision, Gathering()
    language = visit.typed.value("language").strip() or record.language
    entry = claim_entry(naming_of(visit, language), record.language, faults)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    change_claim(session, visit.actor, claim, entry)
    return visit.to(f"desk/claims/{claim.id}#words", done="saved" if record.revision != before else "unchanged")


def _record(session: Session, claim: Claim) -> Record:
    return session.get_one(Record, claim.id)


def _filled(session: Session, claim: Claim, record: Record) -> Form:
    ids = [claim.id]
    texts = grouped(session, desk.ClaimText, desk.ClaimText.claim_id, ids, desk.ClaimText.language)[claim.id]
    words = grouped(session, desk.ClaimWord, desk.ClaimWord.claim_id, ids, desk.ClaimWord.position)[claim.id]
    topics = grouped(session, desk.ClaimTopic, desk.ClaimTopic.claim_id, ids)[claim.id]
    labels = chosen(session, [one.topic_id for one in topics])
    return filled(claim, record.language, texts, words, topics, labels)
