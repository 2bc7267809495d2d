"""Bringing in: a text by address, file or pasting; then what it is, as it says itself and an editor confirms."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.forms.form import DO, Form, form_of
from app.desk.forms.picking import newest, picked
from app.desk.gathering import Gathered, gathered
from app.desk.rooms import Rooms
from app.desk.source_form import source_entry
from app.desk.visit import Visit
from app.web.fields import written
from kb.capture.extracted import Proposed
from kb.capture.waiting import Brought, Waiting
from kb.desk.lookup import by_name
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.sources import add_source
from kb.desk.tables import Snapshot, Source
from kb.values.ids import is_id

rooms = Rooms()
# How much of a text is shown to tell whether the right one came.
BEGINNING = 600
# Fields of a source by what a page says of itself.
PROPOSED = {
    "title": "title",
    "author_as_printed": "author",
    "publisher_as_printed": "publisher",
    "published": "published",
    "language": "language",
    "licence": "licence",
    "url": "address",
}


@dataclass(frozen=True)
class Known:
    """A source that may be the same; `has_text` where a text of it is held."""

    id: str
    title: str
    has_text: bool


@rooms.page("/desk/bring-in", "edit")
def choose_way(visit: Visit) -> Response:
    form = visit.form or form_of({"address": visit.asked("address"), **_for_claim(visit)})
    return visit.page("desk/bring_in.html", form=form, offered=newest(visit.session, "source"))


@rooms.deed("/desk/bring-in", "edit", again=choose_way, transacted=False)
def take_way(visit: Visit) -> Response:
    form = visit.typed
    address = form.value("address").strip()
    if form.value(DO) == "without":
        return visit.to("desk/sources/new", **({"url": address} if address else {}), **_for_claim(visit))
    if form.value("source").strip():
        with visit.desk.reading() as session:
            return _onward(visit, picked(session, form, "source", "source").id)
    key = _waiting(visit).put(_held(visit, gathered(visit, form), address))
    return visit.to(f"desk/bring-in/{key}", **_for_claim(visit))


@rooms.page("/desk/bring-in/{key}", "edit")
def confirm(visit: Visit) -> Response:
    brought = _waiting(visit).get(visit.path("key"))
    text = visit.desk.blobs.get(brought.text_sha256).decode("utf-8")
    return visit.page(
        "desk/source_new.html",
        form=visit.form or _proposal(visit.session, brought).with_values(_for_claim(visit)),
        brought=brought,
        beginning=text[:BEGINNING],
        known=_known(visit.session, brought),
        proposed=_said(brought.proposed),
        offered=newest(visit.session, "agent"),
        action=f"desk/bring-in/{visit.path('key')}",
    )


@rooms.deed("/desk/bring-in/{key}", "edit", again=confirm, transacted=False)
def keep(visit: Visit) -> Response:
    """What waited is let go of only when source and text are kept for good."""
    waiting, key = _waiting(visit), visit.path("key")
    brought = waiting.get(key)
    with visit.desk.writing() as session:
        source_id = _keep(replace(visit, opened=session), brought)
    waiting.drop(key)
    return _onward(visit, source_id, "brought")


@rooms.page("/desk/sources/new", "edit")
def new_source(visit: Visit) -> Response:
    """Something of which no text is held: an editor has read it elsewhere, or nobody has."""
    seen = "" if visit.asked("seen") == "no" else "yes"
    asked = {name: visit.asked(name) for name in ("url", "title")}
    begun = {**asked, "seen": seen, "prose_language": "en", **_for_claim(visit)}
    return visit.page(
        "desk/source_new.html",
        form=visit.form or form_of(begun),
        brought=None,
        beginning="",
        known=(),
        proposed={},
        offered=newest(visit.session, "agent"),
        action="desk/sources/new",
    )


@rooms.deed("/desk/sources/new", "edit", again=new_source)
def make_source(visit: Visit) -> Response:
    source = add_source(visit.session, visit.actor, source_entry(visit.session, visit.actor, visit.typed))
    return _onward(visit, source.id, "added")


def _for_claim(visit: Visit) -> dict[str, str]:
    """The claim whose evidence the source is to be, where it is brought in for one."""
    claim = visit.typed.value("claim") or visit.asked("claim")
    return {"claim": claim} if is_id(claim) else {}


def _onward(visit: Visit, source_id: str, done: str = "") -> Response:
    """To the text with a new claim beside it; or with the evidence for which it was brought in."""
    claim = _for_claim(visit).get("claim")
    if claim:
        return visit.to(f"desk/claims/{claim}/evidence/new", done="added" if done else "", source=source_id)
    return visit.to(f"desk/sources/{source_id}/read", done=done)


def _keep(visit: Visit, brought: Brought) -> str:
    form, blobs = visit.typed, visit.desk.blobs
    source = add_source(visit.session, visit.actor, source_entry(visit.session, visit.actor, form))
    entry = SnapshotEntry(
        media_type=brought.media_type,
        language=source.language,
        open_to_readers=form.has("open_to_readers", "yes"),
        retrieved_from=brought.retrieved_from,
        retrieved_on=brought.retrieved_on,
        retrieved_with=brought.retrieved_with,
    )
    text = blobs.get(brought.text_sha256).decode("utf-8")
    bring_in(visit.session, visit.actor, source, entry, blobs.get(brought.sha256), blobs, text)
    return source.id


def _held(visit: Visit, found: Gathered, address: str) -> Brought:
    """Bytes and text are among the blobs from here on, named by nothing until a source is made of them."""
    blobs, extracted = visit.desk.blobs, found.extracted
    return Brought(
        sha256=blobs.put(found.data),
        text_sha256=blobs.put(extracted.text.encode("utf-8")),
        characters=len(extracted.text),
        media_type=extracted.media_type,
        address=address or None,
        notes=extracted.notes,
        proposed=extracted.proposed,
        **found.came,
    )


def _proposal(session: Session, brought: Brought) -> Form:
    """The form as the page itself would fill it in; a publisher that is known here by exactly this name is picked."""
    said = _said(brought.proposed)
    known = by_name(session, "agent", said["publisher_as_printed"]) if "publisher_as_printed" in said else ()
    came = {"url": brought.retrieved_from or brought.address or "", "seen": "yes", "prose_language": "en"}
    return form_of({**came, **said, **({"publisher": written(known[0])} if len(known) == 1 else {})})


def _said(proposed: Proposed) -> dict[str, str]:
    """What the page says, by the field that it would stand in."""
    values = asdict(proposed)
    return {field: values[name] for field, name in PROPOSED.items() if values[name]}


def _known(session: Session, brought: Brought) -> Sequence[Known]:
    """Sources of the same address, bytes or text."""
    named = (brought.address, brought.retrieved_from, brought.proposed.address)
    addresses = [one for one in named if one]
    same = or_(
        Source.url.in_(addresses),
        Snapshot.retrieved_from.in_(addresses),
        Snapshot.sha256 == brought.sha256,
        Snapshot.text_sha256 == brought.text_sha256,
    )
    rows = session.execute(
        select(Source.id, Source.title, Snapshot.holding)
        .outerjoin(Snapshot, Snapshot.source_id == Source.id)
        .where(same)
        .order_by(Source.id)
    )
    found = {row.id: Known(row.id, row.title, row.holding == "held") for row in rows}
    return list(found.values())


def _waiting(visit: Visit) -> Waiting:
    return Waiting(visit.desk.settings.data / "waiting")
