"""A reply in a form: who answers, in what words, where it was said, and the evidence that carries it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.form import Form, form_of
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen
from app.desk.forms.reading import entry_of
from app.desk.naming import naming_of
from app.desk.visit import Visit
from app.desk.weighing.misplaced import beside
from app.desk.weighing.quotes import place_in
from kb.desk.entry import BadEntry, Fault
from kb.desk.records import part_of
from kb.desk.replies import ReplyEntry
from kb.desk.tables import Concerned, Evidence, Passage, Reply, ReplyEvidence, Source
from kb.desk.texts import Texts
from kb.errors import Refused

# Who answers, beside the persons concerned, whose ids stand in the field.
OTHER, NAME, NOBODY = "other", "name", "nobody"
SOURCE, SAID_IN, CARRIED_BY = "source", "said_in", "evidence"
PERSON = "person"
WORDS = "en"
MISPLACED = {"a translation": "translation_language", "evidence names": CARRIED_BY}


@dataclass(frozen=True)
class Said:
    """What a form says of a reply, and the texts in which its quote is located."""

    entry: ReplyEntry
    texts: Texts | None


def concerned_in(session: Session, claim_id: str) -> Sequence[Concerned]:
    wanted = select(Concerned).where(Concerned.claim_id == claim_id).order_by(Concerned.number)
    return session.scalars(wanted).all()


def replies_of(session: Session, claim_id: str) -> Sequence[Reply]:
    wanted = select(Reply).where(Reply.claim_id == claim_id).order_by(Reply.position, Reply.number)
    return session.scalars(wanted).all()


def opened(visit: Visit, claim_id: str) -> Form:
    """The first person concerned who has not answered yet is proposed; whatever the address says of a source is in."""
    given = replies_of(visit.session, claim_id)
    heard = {one.agent_id for one in given}
    silent = [one.agent_id for one in concerned_in(visit.session, claim_id) if one.agent_id not in heard]
    return form_of(
        {
            "who": silent[0] if silent else "",
            "position": str(max((one.position for one in given), default=0) + 1),
            "translation_language": WORDS,
            **{name: text for name in (SOURCE, "start", "end", "find") if (text := visit.asked(name))},
        }
    )


def filled(visit: Visit, reply: Reply) -> Form:
    """The form as the reply fills it in, but for its quote."""
    session = visit.session
    passage = part_of(session, Passage, reply.passage_id) if reply.passage_id is not None else None
    labels = chosen(session, [reply.agent_id, reply.origin_id])
    plain = ("name", "statement", "short", "stated_on", "translation")
    known = {one.agent_id for one in concerned_in(session, reply.claim_id)}
    return form_of(
        {
            **{name: getattr(reply, name) or "" for name in plain},
            "who": _who(reply, known),
            "agent": "" if reply.agent_id in known else labels[reply.agent_id],
            "origin": labels[reply.origin_id],
            "position": str(reply.position),
            "translation_language": reply.translation_language or WORDS,
            SOURCE: passage.source_id if passage else "",
            CARRIED_BY: [str(number) for number in _carried_by(session, reply)],
            "words": (passage.exact or "") if passage else "",
            "words_at": str(passage.start_at) if passage and passage.start_at is not None else "",
        }
    )


def read_form(visit: Visit, source: Source | None, before: Passage | None = None) -> Said:
    """A new agent is made on the way; who refuses the rest refuses it too. Raises BadEntry."""
    faults, form = Gathering(), visit.typed
    place = place_in(visit, source, form, faults, before) if source else None
    if form.value(SAID_IN).strip():
        with faults.at():
            what = "the source is named, and its text is not open yet."
            raise BadEntry((Fault(SAID_IN, what, "Open it and choose the words there, or leave the field empty."),))
    agent, name = _speaker(visit, faults)
    origin = None
    with faults.at():
        origin = naming_of(visit).known("origin", "origin")
    given = {"agent": agent, "name": name, "said_in": place.passage if place else None, "origin": origin}
    if not form.value("translation").strip():
        given |= {"translation": None, "translation_language": None}
    entry = None
    with faults.at(), beside(MISPLACED):
        entry = entry_of(ReplyEntry, form, "", **given)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return Said(entry, place.texts if place else None)


def _speaker(visit: Visit, faults: Gathering) -> tuple[str | None, str | None]:
    """Id of an agent, and a name where it differs from the record's or stands alone."""
    form, who = visit.typed, visit.typed.value("who")
    name = form.value("name").strip() or None
    with faults.at():
        if who == NOBODY:
            return None, None
        if who == NAME:
            return None, name or _say("name", "it is not said by what name.", "Write the name, or choose another way.")
        if who != OTHER:
            known = {one.agent_id for one in concerned_in(visit.session, visit.path("id"))}
            return (who, name) if who in known else (None, _say("who", "it is not said who answers.", "Choose one."))
        voice = naming_of(visit).agent("agent", form.value("agent_kind") or PERSON)
        return (voice.id, name) if voice else (None, _say("agent", "it is not said who.", "Write the name."))
    return None, None


def _say(field: str, what: str, remedy: str) -> str:
    raise BadEntry((Fault(field, what, remedy),))


def _who(reply: Reply, known: set[str]) -> str:
    if reply.unnamed:
        return NOBODY
    if reply.agent_id is None:
        return NAME
    return reply.agent_id if reply.agent_id in known else OTHER


def _carried_by(session: Session, reply: Reply) -> list[int]:
    wanted = (
        select(Evidence.number)
        .join(ReplyEvidence, ReplyEvidence.evidence_id == Evidence.id)
        .where(ReplyEvidence.reply_id == reply.id)
        .order_by(ReplyEvidence.position)
    )
    return list(session.scalars(wanted))
