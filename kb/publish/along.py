"""What a record drags along: the records that it refers to, by their ids."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Page, Topic
from kb.documents import addresses
from kb.documents.envelope import Draft

METHOD = "method"


def needs(session: Session, drafts: Iterable[Draft]) -> dict[str, frozenset[str]]:
    """Record → the records that its edition refers to, and for a claim the page that says how it was judged."""
    wanted = list(drafts)
    ids = ids_of(session, {iri for draft in wanted for iri in draft.cites})
    method = session.scalar(select(Page.id).where(Page.slug == METHOD))
    found: dict[str, frozenset[str]] = {}
    for draft in wanted:
        own = {ids[iri] for iri in draft.cites if iri in ids}
        if method is not None and "assessment" in draft.entity:
            own.add(method)
        found[draft.record] = frozenset(own - {draft.record})
    return found


def ids_of(session: Session, iris: Iterable[str]) -> dict[str, str]:
    """IRI → id of the record. A topic's address is its slug; any other's ends with the id itself."""
    addressed = {iri: addresses.record_of(iri) for iri in iris}
    slugs = {address.rpartition("/")[2] for address in addressed.values() if addresses.kind_of(address) == "topic"}
    topics = _topics(session, slugs)
    found = {}
    for iri, address in addressed.items():
        name = address.rpartition("/")[2]
        if addresses.kind_of(address) != "topic":
            found[iri] = name
        elif name in topics:
            found[iri] = topics[name]
    return found


def _topics(session: Session, slugs: set[str]) -> Mapping[str, str]:
    rows = session.execute(select(Topic.slug, Topic.id).where(Topic.slug.in_(sorted(slugs)))) if slugs else ()
    return {row.slug: row.id for row in rows}
