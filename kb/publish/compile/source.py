"""A source with its lineage and its snapshots."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from kb.desk import tables as desk
from kb.publish.compile.names import Names
from kb.publish.compile.rows import OtherIds, fetch, grouped, records
from kb.publish.compile.shapes import Node, day_of, period, present, prose


class SourceRows:
    """All that hangs on some sources, in a fixed number of statements."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self.records = records(session, wanted)
        self.sources = {row.id: row for row in fetch(session, desk.Source, desk.Source.id, wanted)}
        author, derivation, origin = desk.SourceAuthor, desk.SourceDerivation, desk.SourceOrigin
        self.authors = grouped(session, author, author.source_id, wanted, author.position)
        self.derivations = grouped(session, derivation, derivation.source_id, wanted, derivation.from_id)
        self.origins = grouped(session, origin, origin.source_id, wanted, origin.origin_id)
        self.snapshots = grouped(session, desk.Snapshot, desk.Snapshot.source_id, wanted, desk.Snapshot.number)
        self.segments = grouped(
            session, desk.Segment, desk.Segment.source_id, wanted, desk.Segment.start_at, desk.Segment.number
        )
        named = [row.publisher_id for row in self.sources.values()]
        named += [row.agent_id for rows in self.authors.values() for row in rows]
        self.agents = {row.id: row for row in fetch(session, desk.Agent, desk.Agent.id, named)}
        self.others = OtherIds(session, wanted)


def source_entity(rows: SourceRows, source: str, base: str) -> Node:
    """Publisher and authors are linked only where they have a record."""
    names, row, language = Names(base, f"sources/{source}"), rows.sources[source], rows.records[source].language
    authors = [names.agent(rows.agents[one.agent_id]) for one in rows.authors[source]]
    publisher = rows.agents[row.publisher_id] if row.publisher_id else None
    return present(
        {
            "@id": names.it,
            "@type": ["Source", row.work_class],
            "title": prose(row.title, row.title_language or row.language),
            "titleFromAddress": row.title_from_address,
            "publisherAsPrinted": prose(row.publisher_as_printed, language),
            "authorAsPrinted": prose(row.author_as_printed, language),
            "publisher": names.agent(publisher),
            "author": [iri for iri in authors if iri],
            "published": period(names.part("published"), row.published),
            "datePublished": day_of(row.published),
            "dateNote": prose(row.date_note, language),
            "url": row.url,
            "genre": prose(row.genre, language),
            "inLanguage": row.language,
            "license": row.licence,
            "seen": row.seen,
            "status": row.status,
            "statusDate": row.status_date,
            "copyOf": names.of("source", row.copy_of_id),
            "copyOfAsPrinted": prose(row.copy_of_as_printed, language),
            "derivedFrom": [names.of("source", one.from_id) for one in rows.derivations[source]],
            "restsOn": [names.of("origin", one.origin_id) for one in rows.origins[source]],
            "snapshots": [_snapshot(rows, names, one) for one in rows.snapshots[source]],
            "sameAs": rows.others.same_as(source),
            "note": prose(row.note, language),
            "externalIds": rows.others.external(source),
        }
    )


def _snapshot(rows: SourceRows, names: Names, row: desk.Snapshot) -> Node:
    segments = [one for one in rows.segments[row.source_id] if one.snapshot_id == row.id]
    part, source = f"snapshot-{row.number}", rows.sources[row.source_id]
    return present(
        {
            "@id": names.part(part),
            "@type": ["Snapshot", "MediaObject"],
            "holding": row.holding,
            "openToReaders": row.open_to_readers,
            "sha256": row.sha256,
            "textSha256": row.text_sha256,
            "byteSize": row.byte_size,
            "characters": row.characters,
            "encodingFormat": row.media_type,
            "inLanguage": row.language,
            "license": source.licence,
            "retrievedFrom": row.retrieved_from,
            "retrievedOn": row.retrieved_on,
            "retrievedWith": row.retrieved_with,
            "segments": [_segment(names, one, rows.records[row.source_id].language) for one in segments],
        }
    )


def _segment(names: Names, row: desk.Segment, language: str) -> Node:
    return present(
        {
            "@id": names.part(f"segment-{row.number}"),
            "@type": "Segment",
            "code": row.code,
            "start": row.start_at,
            "end": row.end_at,
            "segmentRole": row.role,
            "claimsTaken": row.claims_taken,
            "note": prose(row.note, language),
        }
    )
