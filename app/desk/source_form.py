"""The form of a source: as the source fills it in, and the entry that it makes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.form import Form, form_of
from app.desk.forms.picking import Make, chosen, picked
from app.desk.forms.reading import entry_of
from app.desk.identifiers import identifiers_in
from kb.desk.actors import Actor
from kb.desk.agents import AgentEntry, add_agent
from kb.desk.sources import SourceEntry
from kb.desk.tables import Record, Source, SourceAuthor, SourceDerivation, SourceOrigin
from kb.values import vocabulary

TEXTS = (
    "title", "title_language", "publisher_as_printed", "author_as_printed", "published", "date_note", "url",
    "work_class", "genre", "language", "licence", "status", "status_date", "copy_of_as_printed", "note",
)  # fmt: skip
TICKS = ("title_from_address", "seen")


def filled(session: Session, source: Source, record: Record) -> Form:
    """The form as the source fills it in."""
    lists = {
        "authors": _ids(session, SourceAuthor, SourceAuthor.agent_id, source),
        "derived_from": _ids(session, SourceDerivation, SourceDerivation.from_id, source),
        "rests_on": _ids(session, SourceOrigin, SourceOrigin.origin_id, source),
    }
    alone = {"publisher": source.publisher_id, "copy_of": source.copy_of_id}
    names = chosen(session, [*alone.values(), *(one for some in lists.values() for one in some)])
    rows = {f"{name}.{at}": names[one] for name, some in lists.items() for at, one in enumerate(some)}
    texts = {name: getattr(source, name) or "" for name in TEXTS}
    ticks = {name: "yes" if getattr(source, name) else "" for name in TICKS}
    picks = {name: names[one] for name, one in alone.items()}
    return form_of(
        {**texts, **ticks, **picks, **rows, "prose_language": record.language, **identifiers_in(session, source.id)}
    )


def source_entry(session: Session, actor: Actor, form: Form) -> SourceEntry:
    """Agents that are new are made. A kind that is not said in words is said by its class. Raises BadEntry."""

    def make(kind: str) -> Make:
        return lambda name: add_agent(session, actor, AgentEntry(kind=kind, name=name)).id

    given: dict[str, Any] = {
        "publisher": picked(session, form, "publisher", "agent", make("organisation")).id or None,
        "authors": _picked_rows(session, form, "authors", "agent", make("person")),
        "copy_of": picked(session, form, "copy_of", "source").id or None,
        "derived_from": _picked_rows(session, form, "derived_from", "source"),
        "rests_on": _picked_rows(session, form, "rests_on", "origin"),
    }
    kind = form.value("work_class")
    if not form.value("genre").strip() and kind in vocabulary.SOURCE_CLASS:
        given["genre"] = vocabulary.SOURCE_CLASS.label(kind).lower()
    return entry_of(SourceEntry, form, **given)


def _picked_rows(session: Session, form: Form, name: str, kind: str, make: Make | None = None) -> tuple[str, ...]:
    """The records of a list's rows; empty rows are none."""
    found = [picked(session, form, f"{name}.{row}", kind, make).id for row in form.rows(name)]
    return tuple(one for one in found if one)


def _ids(session: Session, table: Any, column: Any, source: Source) -> Sequence[str]:
    return session.scalars(select(column).where(table.source_id == source.id).order_by(table.position)).all()
