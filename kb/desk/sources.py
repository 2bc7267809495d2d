"""Sources and their lineage: add, change, find, remove."""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy.orm import Session

from kb.desk import lineage, records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, Items, added, changed, keep, list_of
from kb.desk.entry import Entry
from kb.desk.forms import Edtf, Iri, Language, Printed, Prose, RecordId, one_of, refused
from kb.desk.removal import remove_record
from kb.desk.tables import Agent, Origin, Source, SourceAuthor, SourceDerivation, SourceOrigin
from kb.values import vocabulary


class SourceEntry(Entry):
    """A work as it calls itself. `language` is the work's, `prose_language` that of our own notes.

    Publisher and authors are agents only where an editor, or an exact name, says so.
    """

    title: Printed
    title_language: Language | None = None
    title_from_address: bool = False
    publisher_as_printed: Printed
    author_as_printed: Printed | None = None
    publisher: RecordId | None = None
    authors: tuple[RecordId, ...] = ()
    published: Edtf
    date_note: Prose | None = None
    url: Iri | None = None
    work_class: Annotated[str, one_of(vocabulary.SOURCE_CLASS)]
    genre: Prose
    language: Language
    licence: Iri | None = None
    seen: bool
    status: Annotated[str, one_of(vocabulary.WORK_STATUS)] = "available"
    status_date: Edtf | None = None
    copy_of: RecordId | None = None
    copy_of_as_printed: Printed | None = None
    derived_from: tuple[RecordId, ...] = ()
    rests_on: tuple[RecordId, ...] = ()
    note: Prose | None = None
    prose_language: Language = "en"

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for field in ("authors", "derived_from", "rests_on"):
            if len(set(named := getattr(self, field))) != len(named):
                raise refused(f"{field} names one of them twice.", "Name each once.")
        return self


def add_source(session: Session, actor: Actor, entry: SourceEntry) -> Source:
    require(actor, "edit")
    _check_references(session, entry)
    record = records.begin(session, "source", entry.prose_language)
    source = Source(id=record.id, **_columns(entry))
    keep(session, source)
    added(session, Deed(actor, "add_source", source.id), [record, source], _lists(source, entry))
    return source


def change_source(session: Session, actor: Actor, source: Source, entry: SourceEntry) -> Source:
    """Raises Dangling, or LineageCycle."""
    require(actor, "edit")
    lists = _lists(source, entry)
    if entry.copy_of != source.copy_of_id or any(list_of(session, one) != list(one.wanted) for one in lists):
        _check_references(session, entry)
        behind = {*entry.derived_from, *([entry.copy_of] if entry.copy_of else [])}
        lineage.check_source(session, source.id, behind, entry.rests_on, "lineage")
    record = records.hold(session, source.id)
    rows = [(record, {"language": entry.prose_language}), (source, _columns(entry))]
    changed(session, Deed(actor, "change_source", source.id), rows, lists)
    return source


def remove_source(session: Session, actor: Actor, source: Source) -> None:
    remove_record(session, actor, "remove_source", source)


def find_source(session: Session, source_id: str) -> Source:
    return records.find(session, Source, source_id)


def _check_references(session: Session, entry: SourceEntry) -> None:
    if entry.publisher is not None:
        records.need(session, Agent, entry.publisher, "publisher")
    for author in entry.authors:
        records.need(session, Agent, author, "authors")
    if entry.copy_of is not None:
        records.need(session, Source, entry.copy_of, "copy_of")
    for source in entry.derived_from:
        records.need(session, Source, source, "derived_from")
    for origin in entry.rests_on:
        records.need(session, Origin, origin, "rests_on")


def _columns(entry: SourceEntry) -> dict[str, Any]:
    apart = {"publisher", "authors", "copy_of", "derived_from", "rests_on", "prose_language"}
    same = entry.model_dump(exclude=apart)
    return same | {"publisher_id": entry.publisher, "copy_of_id": entry.copy_of}


def _lists(source: Source, entry: SourceEntry) -> list[Items]:
    owner = {"source_id": source.id}
    return [
        Items(SourceAuthor, owner, [{"agent_id": one} for one in entry.authors]),
        Items(SourceDerivation, owner, [{"from_id": one} for one in entry.derived_from]),
        Items(SourceOrigin, owner, [{"origin_id": one} for one in entry.rests_on]),
    ]
