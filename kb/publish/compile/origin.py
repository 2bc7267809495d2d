"""Origins: where a piece of information first came from."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from kb.desk import tables as desk
from kb.publish.compile.names import Names
from kb.publish.compile.rows import OtherIds, fetch, records
from kb.publish.compile.shapes import Node, present, prose


class OriginRows:
    """Some origins, in a fixed number of statements."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self.records = records(session, wanted)
        self.origins = {row.id: row for row in fetch(session, desk.Origin, desk.Origin.id, wanted)}
        self.others = OtherIds(session, wanted)


def origin_entity(rows: OriginRows, origin: str, base: str) -> Node:
    names, row, language = Names(base, f"origins/{origin}"), rows.origins[origin], rows.records[origin].language
    return present(
        {
            "@id": names.it,
            "@type": "Origin",
            "label": prose(row.label, language),
            "genre": prose(row.genre, language),
            "seen": row.seen,
            "firstHandSource": names.of("source", row.first_hand_source_id),
            "note": prose(row.note, language),
            "externalIds": rows.others.external(origin),
        }
    )
