"""A source as its edition says it, with its lineage and its snapshots."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import (
    Record,
    Segment,
    Snapshot,
    Source,
    SourceAuthor,
    SourceDerivation,
    SourceOrigin,
)
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.publish.compile.known import Known, Names, load_known, load_names
from kb.publish.compile.words import Node, day_of, period, said, whole


def compile_sources(session: Session, base: str, ids: Collection[str]) -> dict[str, Draft]:
    """What the sources would say if they were published now."""
    known, names, lineage = load_known(session, base), load_names(session, ids), _Lineage(session, ids)
    wanted = select(Source, Record.language).join(Record, Record.id == Source.id).where(Source.id.in_(ids))
    drafts = {}
    for row, language in session.execute(wanted).tuples():
        entity = _entity(row, language, known, names, lineage)
        address = addresses.address_of("source", row.id)
        drafts[row.id] = Draft(row.id, "source", address, entity, references(entity))
    return drafts


class _Lineage:
    """Authors, lineage, snapshots and segments of a group of sources."""

    def __init__(self, session: Session, ids: Collection[str]) -> None:
        self.authors, self.derived, self.rests = (
            _pairs(session, table, column, ids)
            for table, column in (
                (SourceAuthor, "agent_id"),
                (SourceDerivation, "from_id"),
                (SourceOrigin, "origin_id"),
            )
        )
        self.snapshots: dict[str, list[Snapshot]] = defaultdict(list)
        wanted = select(Snapshot).where(Snapshot.source_id.in_(ids)).order_by(Snapshot.number)
        for snapshot in session.scalars(wanted):
            self.snapshots[snapshot.source_id].append(snapshot)
        self.segments: dict[int, list[Segment]] = defaultdict(list)
        for segment in session.scalars(select(Segment).where(Segment.source_id.in_(ids)).order_by(Segment.number)):
            self.segments[segment.snapshot_id].append(segment)


def _pairs(session: Session, table: type, column: str, ids: Collection[str]) -> dict[str, list[str]]:
    source, other, position = table.source_id, getattr(table, column), table.position  # type: ignore[attr-defined]
    pairs: dict[str, list[str]] = defaultdict(list)
    for key, value in session.execute(select(source, other).where(source.in_(ids)).order_by(position)):
        pairs[key].append(value)
    return pairs


def _entity(row: Source, language: str, known: Known, names: Names, lineage: _Lineage) -> Node:
    page = known.page("source", row.id)
    authors = [known.agent(agent) for agent in lineage.authors.get(row.id, [])]
    return whole(
        {
            "@id": page + addresses.THING,
            "@type": ["Source", row.work_class],
            "title": said(row.title, row.title_language or language),
            "titleFromAddress": row.title_from_address,
            "publisherAsPrinted": said(row.publisher_as_printed, language),
            "authorAsPrinted": said(row.author_as_printed, language),
            "publisher": known.agent(row.publisher_id),
            "author": [agent for agent in authors if agent],
            "published": period(f"{page}#published", row.published),
            "datePublished": day_of(row.published),
            "dateNote": said(row.date_note, language),
            "url": row.url,
            "genre": said(row.genre, language),
            "inLanguage": row.language,
            "license": row.licence,
            "seen": row.seen,
            "status": row.status,
            "statusDate": row.status_date,
            "copyOf": known.source(row.copy_of_id),
            "copyOfAsPrinted": said(row.copy_of_as_printed, language),
            "derivedFrom": [known.source(source) for source in lineage.derived.get(row.id, [])],
            "restsOn": [known.origin(origin) for origin in lineage.rests.get(row.id, [])],
            "snapshots": [
                _snapshot(page, one, lineage.segments.get(one.id, []), language)
                for one in lineage.snapshots.get(row.id, [])
            ],
            "sameAs": names.same_as.get(row.id),
            "note": said(row.note, language),
            "externalIds": names.of(row.id),
        }
    )


def _snapshot(page: str, row: Snapshot, segments: list[Segment], language: str) -> Node:
    return whole(
        {
            "@id": f"{page}#snapshot-{row.number}",
            "@type": ["Snapshot", "MediaObject"],
            "holding": row.holding,
            "openToReaders": row.open_to_readers,
            "sha256": row.sha256,
            "textSha256": row.text_sha256,
            "byteSize": row.byte_size,
            "characters": row.characters,
            "encodingFormat": row.media_type,
            "inLanguage": row.language,
            "retrievedFrom": row.retrieved_from,
            "retrievedOn": row.retrieved_on,
            "retrievedWith": row.retrieved_with,
            "segments": [
                whole(
                    {
                        "@id": f"{page}#segment-{one.number}",
                        "@type": "Segment",
                        "code": one.code,
                        "start": one.start_at,
                        "end": one.end_at,
                        "segmentRole": one.role,
                        "claimsTaken": one.claims_taken,
                        "note": said(one.note, language),
                    }
                )
                for one in segments
            ],
        }
    )
