"""Topics, and measures among them: add, change, find, remove. The slug is the address."""

import hashlib
import re
import unicodedata
from typing import Annotated, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.db.locks import alone
from kb.desk import history, records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, changed, keep
from kb.desk.entry import Entry
from kb.desk.forms import Language, Prose, RecordId, Slug, one_of
from kb.desk.removal import remove_record
from kb.desk.tables import Agent, Topic
from kb.errors import Conflict, Refused
from kb.values import vocabulary
from kb.values.ids import is_id

# Whoever takes a slug does so alone: else two could take the same at one moment.
LOCK = 0x746F70696373


class BadSlug(Refused):
    """A slug that cannot be an address."""


class SlugTaken(Conflict):
    """Another topic has this address."""


class BroaderCycle(Refused):
    """A topic would be broader than itself."""


class TopicEntry(Entry):
    """With `measure_kind` it is a measure: what figures count."""

    slug: Slug
    label: Prose
    measure_kind: Annotated[str, one_of(vocabulary.MEASURE_KIND)] | None = None
    broader: RecordId | None = None
    language: Language = "en"


def add_topic(session: Session, actor: Actor, entry: TopicEntry) -> Topic:
    require(actor, "edit")
    _check_slug(session, entry.slug)
    _check_broader(session, entry)
    record = records.begin(session, "topic", entry.language)
    topic = Topic(id=record.id, **_columns(entry))
    keep(session, topic)
    added(session, Deed(actor, "add_topic", topic.id), [record, topic])
    return topic


def change_topic(session: Session, actor: Actor, topic: Topic, entry: TopicEntry) -> Topic:
    """Raises BadSlug where the slug of a published topic would change."""
    require(actor, "edit")
    if entry.slug != topic.slug:
        if history.was_published(session, topic.id):
            raise BadSlug("a published topic keeps its address.", where="slug", remedy=f"Leave it as {topic.slug}.")
        _check_slug(session, entry.slug)
    if entry.broader != topic.broader_id:
        _check_broader(session, entry, topic)
    record = records.hold(session, topic.id)
    rows = [(record, {"language": entry.language}), (topic, _columns(entry))]
    changed(session, Deed(actor, "change_topic", topic.id), rows)
    return topic


def remove_topic(session: Session, actor: Actor, topic: Topic) -> None:
    remove_record(session, actor, "remove_topic", topic)


def find_topic(session: Session, topic_id: str) -> Topic:
    return records.find(session, Topic, topic_id)


def slug_of(label: str) -> str:
    """Small letters, digits and hyphens; for a label without any of them, a name made of its hash."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^0-9a-z]+", "-", plain).strip("-")
    return slug or "topic-" + hashlib.sha256(label.encode()).hexdigest()[:8]


def _columns(entry: TopicEntry) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "label": entry.label,
        "measure_kind": entry.measure_kind,
        "broader_id": entry.broader,
    }


def _check_slug(session: Session, slug: str) -> None:
    if is_id(slug):
        raise BadSlug(f"{slug} looks like the id of a record.", where="slug", remedy="Choose other words.")
    alone(session.connection(), LOCK)
    if session.scalar(select(Topic.id).where(Topic.slug == slug)) is not None:
        raise SlugTaken(f"another topic has the slug {slug}.", where="slug", remedy="Use that topic, or another slug.")
    for name in session.scalars(select(Agent.name).where(Agent.kind == "person")):
        if f"-{slug_of(name)}-" in f"-{slug}-":
            what = f"it holds the name of a person, {name}."
            raise BadSlug(what, where="slug", remedy="A topic's address names no person: say the matter.")


def _check_broader(session: Session, entry: TopicEntry, topic: Topic | None = None) -> None:
    above = entry.broader
    while above is not None:
        found = records.need(session, Topic, above, "broader")
        if topic is not None and found.id == topic.id:
            raise BroaderCycle("it would be broader than itself.", where="broader", remedy="Choose another topic.")
        above = found.broader_id
