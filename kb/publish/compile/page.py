"""A page of the desk's own as its edition says it; its address is its slug."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Page, Record
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.publish.compile.words import said, whole


def compile_pages(session: Session, base: str, ids: Collection[str]) -> dict[str, Draft]:
    """What the pages would say if they were published now."""
    wanted = select(Page, Record.language).join(Record, Record.id == Page.id).where(Page.id.in_(ids))
    drafts = {}
    for row, language in session.execute(wanted).tuples():
        address = addresses.address_of("page", row.slug)
        entity = whole(
            {
                "@id": addresses.iri(base, address),
                "@type": ["Page", "WebPage"],
                "name": said(row.name, language),
                "body": said(row.body, language),
                "inLanguage": language,
            }
        )
        drafts[row.id] = Draft(row.id, "page", address, entity, frozenset())
    return drafts
