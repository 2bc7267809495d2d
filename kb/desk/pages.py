"""Pages of the desk's own: add, change, find, remove."""

from typing import Annotated

from pydantic import AfterValidator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.db.locks import alone
from kb.desk import history, records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, changed, keep
from kb.desk.entry import Entry
from kb.desk.forms import Language, Prose, Slug
from kb.desk.removal import remove_record
from kb.desk.tables import Page
from kb.errors import Conflict, Refused
from kb.values.prose import nfc

# Whoever takes a slug does so alone: else two could take the same at one moment.
LOCK = 0x7061676573
# What the site itself answers at: a page there would never be seen.
TAKEN = frozenset(
    [
        "agents",
        "api",
        "authority",
        "check",
        "claims",
        "corrections",
        "data",
        "desk",
        "docs",
        "favicon",
        "feed",
        "figures",
        "foundation",
        "healthz",
        "log",
        "ns",
        "opensearch",
        "origins",
        "readyz",
        "redirects",
        "report",
        "robots",
        "search",
        "sitemap",
        "sources",
        "sparql",
        "static",
        "topics",
    ]
)


class PageTaken(Conflict):
    """Another page has this address."""


class PageAddress(Refused):
    """An address that the page cannot have."""


class PageEntry(Entry):
    """`body` is CommonMark; `slug` the address, as `method`."""

    slug: Slug
    name: Prose
    body: Annotated[Prose, AfterValidator(lambda text: nfc(text).strip() + "\n")]
    language: Language = "en"


def add_page(session: Session, actor: Actor, entry: PageEntry) -> Page:
    require(actor, "edit")
    _check_slug(session, entry.slug)
    record = records.begin(session, "page", entry.language)
    page = Page(id=record.id, slug=entry.slug, name=entry.name, body=entry.body)
    keep(session, page)
    added(session, Deed(actor, "add_page", page.id), [record, page])
    return page


def change_page(session: Session, actor: Actor, page: Page, entry: PageEntry) -> Page:
    """Raises PageAddress where the slug of a published page would change."""
    require(actor, "edit")
    if entry.slug != page.slug:
        if history.was_published(session, page.id):
            what = "a published page keeps its address."
            raise PageAddress(what, where="slug", remedy=f"Leave it as {page.slug}.")
        _check_slug(session, entry.slug)
    record = records.hold(session, page.id)
    values = {"slug": entry.slug, "name": entry.name, "body": entry.body}
    changed(session, Deed(actor, "change_page", page.id), [(record, {"language": entry.language}), (page, values)])
    return page


def remove_page(session: Session, actor: Actor, page: Page) -> None:
    remove_record(session, actor, "remove_page", page)


def find_page(session: Session, page_id: str) -> Page:
    return records.find(session, Page, page_id)


def _check_slug(session: Session, slug: str) -> None:
    if slug in TAKEN:
        raise PageAddress(f"the site itself answers at {slug}.", where="slug", remedy="Choose another address.")
    alone(session.connection(), LOCK)
    if session.scalar(select(Page.id).where(Page.slug == slug)) is not None:
        raise PageTaken(
            f"another page has the slug {slug}.", where="slug", remedy="Change that page, or choose another."
        )
