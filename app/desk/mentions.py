"""Who or what is named in a claim, in one form; who is no agent is described here."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen, newest
from app.desk.forms.reading import entry_of
from app.desk.naming import Naming, naming_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.claims import find_claim
from kb.desk.mentions import MentionEntry, add_mention, change_mention, remove_mention
from kb.desk.tables import Claim, Mention, MentionName, Record
from kb.publish.compile.rows import grouped

rooms = Rooms()
ROWS = "mentions"


@rooms.page("/desk/claims/{id}/mentions", "edit")
def show_mentions(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, claim.id)
    form = visit.form or marked(_filled(visit.session, claim), record)
    offered = newest(visit.session, "agent", "source")
    return visit.page("desk/mentions.html", form=form, claim=claim, offered=offered)


@rooms.deed("/desk/claims/{id}/mentions", "edit", again=show_mentions)
def save_mentions(visit: Visit) -> Response:
    session, actor = visit.session, visit.actor
    claim = find_claim(session, visit.path("id"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(session, claim))
    before, faults = record.revision, Gathering()
    naming = naming_of(visit, record.language)
    entries = _entries(naming, faults)
    faults.check()
    there = {str(one.number): one for one in _mentions(session, claim)}
    numbers = {row: visit.typed.value(f"{ROWS}.{row}.number") for row, _ in entries}
    for number, gone in there.items():
        if number not in numbers.values():
            remove_mention(session, actor, gone)
    for row, entry in entries:
        with faults.at(f"{ROWS}.{row}"):
            if numbers[row] in there:
                change_mention(session, actor, there[numbers[row]], entry)
            else:
                add_mention(session, actor, claim, entry)
    faults.check()
    return visit.to(f"desk/claims/{claim.id}#mentions", done="saved" if record.revision != before else "unchanged")


def _entries(naming: Naming, faults: Gathering) -> list[tuple[int, MentionEntry]]:
    """A mention is of an agent, or of a name alone."""
    form, found = naming.form, []
    for row in form.rows(ROWS):
        at = f"{ROWS}.{row}"
        if not (form.value(f"{at}.agent").strip() or form.value(f"{at}.name").strip()):
            continue
        with faults.at(at):
            voice = naming.agent(f"{at}.agent", form.value(f"{at}.who", "person"))
            printed = form.value(f"{at}.as_printed").strip()
            language = form.value(f"{at}.as_printed_language").strip() or naming.language
            name = form.value(f"{at}.name").strip() or (voice.name if voice else "")
            others = _without_empty(form, f"{at}.other_names")
            made = entry_of(
                MentionEntry,
                others,
                at,
                agent=voice.id if voice else None,
                name=name,
                as_printed_language=language if printed else None,
                living_source=naming.known(f"{at}.living_source", "source"),
            )
            found.append((row, made))
    return found


def _without_empty(form: Form, name: str) -> Form:
    """Other names whose text was cleared are none, whatever language they were in."""
    empty = [row for row in form.rows(name) if not form.value(f"{name}.{row}.text").strip()]
    starts = tuple(f"{name}.{row}." for row in empty)
    return Form({key: values for key, values in form.typed.items() if not (starts and key.startswith(starts))})


def _mentions(session: Session, claim: Claim) -> Sequence[Mention]:
    return session.scalars(select(Mention).where(Mention.claim_id == claim.id).order_by(Mention.number)).all()


def _filled(session: Session, claim: Claim) -> Form:
    rows = _mentions(session, claim)
    labels = chosen(session, [one for row in rows for one in (row.agent_id, row.living_source_id)])
    key = MentionName.mention_id
    names = grouped(session, MentionName, key, [row.id for row in rows], MentionName.position)
    values: dict[str, str] = {}
    for place, row in enumerate(rows):
        values |= _row(f"{ROWS}.{place}", row, labels)
        for number, one in enumerate(names[row.id]):
            at = f"{ROWS}.{place}.other_names.{number}"
            values |= {f"{at}.text": one.text, f"{at}.language": one.language}
    return form_of(values)


def _row(at: str, row: Mention, labels: Mapping[str | None, str]) -> dict[str, str]:
    plain = ("name", "as_printed", "as_printed_language", "genre", "visibility", "living", "living_as_of")
    return {
        f"{at}.number": str(row.number),
        f"{at}.agent": labels[row.agent_id],
        f"{at}.living_source": labels[row.living_source_id],
        **{f"{at}.{name}": getattr(row, name) or "" for name in plain},
    }
