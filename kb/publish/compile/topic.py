"""A topic or a measure as its edition says it; its address is its slug."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Record, Topic
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.publish.compile.known import load_known, load_names
from kb.publish.compile.words import said, whole


def compile_topics(session: Session, base: str, ids: Collection[str]) -> dict[str, Draft]:
    """What the topics would say if they were published now."""
    known, names = load_known(session, base), load_names(session, ids)
    wanted = select(Topic, Record.language).join(Record, Record.id == Topic.id).where(Topic.id.in_(ids))
    drafts = {}
    for row, language in session.execute(wanted).tuples():
        entity = whole(
            {
                "@id": known.topic(row.id),
                "@type": ["Measure" if row.measure_kind else "Topic", "Concept"],
                "prefLabel": said(row.label, language),
                "measureKind": row.measure_kind,
                "broader": known.topic(row.broader_id),
                "sameAs": names.same_as.get(row.id),
                "externalIds": names.of(row.id),
            }
        )
        drafts[row.id] = Draft(row.id, "topic", addresses.address_of("topic", row.slug), entity, references(entity))
    return drafts
