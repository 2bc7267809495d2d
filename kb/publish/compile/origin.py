"""An origin as its edition says it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Origin, Record
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.publish.compile.known import load_known, load_names
from kb.publish.compile.words import said, whole


def compile_origins(session: Session, base: str, ids: Collection[str]) -> dict[str, Draft]:
    """What the origins would say if they were published now."""
    known, names = load_known(session, base), load_names(session, ids)
    wanted = select(Origin, Record.language).join(Record, Record.id == Origin.id).where(Origin.id.in_(ids))
    drafts = {}
    for row, language in session.execute(wanted).tuples():
        entity = whole(
            {
                "@id": known.page("origin", row.id) + addresses.THING,
                "@type": "Origin",
                "label": said(row.label, language),
                "genre": said(row.genre, language),
                "seen": row.seen,
                "firstHandSource": known.source(row.first_hand_source_id),
                "note": said(row.note, language),
                "externalIds": names.of(row.id),
            }
        )
        drafts[row.id] = Draft(row.id, "origin", addresses.address_of("origin", row.id), entity, references(entity))
    return drafts
