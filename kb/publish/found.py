"""The foundation: the log's first entry, the desk's own agent, and the pages of its own."""

from importlib.resources import files

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import writing
from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.agents import AgentEntry, add_agent
from kb.desk.history import PUBLISH, note
from kb.desk.pages import PageEntry, add_page
from kb.documents import addresses
from kb.documents.edition import FORMAT
from kb.documents.envelope import Draft
from kb.errors import CannotStart
from kb.log import read as log
from kb.publish.compile.record import compile_records
from kb.publish.desk import Desk
from kb.publish.sealing import Clock, Nonces, Turn, random_nonce, seal_group, wall_clock
from kb.settings import Settings

AT_SET_UP = "Made at set-up."
TERMS = "https://w3id.org/claimbase/ns#"
LISTS = "https://w3id.org/claimbase/vocab/"
# Slug and title of each page that a knowledge base begins with; the texts lie in `pages/`.
PAGES = {
    "method": "How we judge claims",
    "about": "About this knowledge base",
    "corrections-policy": "Corrections policy",
    "glossary": "Glossary",
}


class FoundedAlready(CannotStart):
    """A knowledge base has one foundation."""


def found(
    engine: Engine,
    actor: Actor,
    settings: Settings,
    base: str,
    *,
    clock: Clock = wall_clock,
    nonces: Nonces = random_nonce,
    info: dict[str, object] | None = None,
) -> None:
    """Fix the base address for good, in one transaction. `info` goes into the session, for what is drawn by chance."""
    require(actor, "publish")
    with writing(engine) as session:
        session.info.update(info or {})
        _refuse_second(session)
        foundation = records.begin(session, "foundation", "en")
        agent = add_agent(session, actor, AgentEntry(kind="organisation", name=settings.site_name))
        pages = [add_page(session, actor, _page(slug, name)) for slug, name in PAGES.items()]
        publisher = addresses.iri(base, addresses.address_of("agent", agent.id))
        desk = Desk(base, publisher, {"en": settings.site_name}, settings.data_licence)
        made = compile_records(session, base, [agent.id, *[page.id for page in pages]], publisher=publisher)
        drafts = [_foundation(foundation.id, desk), *made.values()]
        turns = [Turn(draft, _kind(draft), None, False, {"en": AT_SET_UP}, None) for draft in drafts]
        for row in seal_group(session, desk, turns, clock, nonces):
            after = {"edition": {"version": row.version, "change": row.change, "digest": row.digest}}
            note(session, actor, PUBLISH, row.record, after=after)


def _refuse_second(session: Session) -> None:
    if log.head(session).seq >= 0:
        raise FoundedAlready(
            f"there is a knowledge base here already, founded under {log.base_of(session)}",
            where="init",
            remedy="Choose another CLAIMBASE_DATA or CLAIMBASE_DATABASE_URL for a new one.",
        )


def _foundation(record: str, desk: Desk) -> Draft:
    address = addresses.address_of("foundation", addresses.FOUNDATION)
    entity = {
        "@id": addresses.iri(desk.base, address),
        "@type": "Foundation",
        "baseAddress": desk.base,
        "format": FORMAT,
        "license": desk.licence,
        "listNamespace": LISTS,
        "termNamespace": TERMS,
    }
    return Draft(record, "foundation", address, entity, frozenset())


def _kind(draft: Draft) -> str:
    return "foundation" if draft.kind == "foundation" else "new"


def _page(slug: str, name: str) -> PageEntry:
    body = files("kb.publish").joinpath("pages", f"{slug}.md").read_text("utf-8")
    return PageEntry(slug=slug, name=name, body=body)
