"""Topics, and measures among them. A topic's slug is its address; its id stands in the envelope."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from kb.desk import tables as desk
from kb.documents.topic import MEASURE
from kb.publish.compile.names import Names
from kb.publish.compile.rows import OtherIds, fetch, records
from kb.publish.compile.shapes import Node, present, prose


class TopicRows:
    """Some topics and those above them, in a fixed number of statements."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self.records = records(session, wanted)
        self.topics = {row.id: row for row in fetch(session, desk.Topic, desk.Topic.id, wanted)}
        above = [row.broader_id for row in self.topics.values()]
        self.slugs = {row.id: row.slug for row in fetch(session, desk.Topic, desk.Topic.id, above)}
        self.others = OtherIds(session, wanted)


def topic_entity(rows: TopicRows, topic: str, base: str) -> Node:
    row, language = rows.topics[topic], rows.records[topic].language
    names = Names(base, f"topics/{row.slug}")
    return present(
        {
            "@id": names.it,
            "@type": MEASURE if row.measure_kind else ["Topic", "Concept"],
            "prefLabel": prose(row.label, language),
            "measureKind": row.measure_kind,
            "broader": [names.of("topic", rows.slugs[row.broader_id])] if row.broader_id else None,
            "sameAs": rows.others.same_as(topic),
            "externalIds": rows.others.external(topic),
        }
    )
