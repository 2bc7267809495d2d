"""The foundation: the log's first entry, the desk's own agent, and the pages of its own."""

from collections.abc import Mapping

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.agents import AgentEntry, add_agent
from kb.desk.chance import Clock
from kb.desk.pages import PageEntry, add_page
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.foundation import FORMAT
from kb.documents.terms import LIST_NAMESPACE, TERM_NAMESPACE
from kb.errors import CannotStart, Refused
from kb.log import read as log
from kb.log.append import lock_head
from kb.publish.changes import PublishEntry
from kb.publish.citing import cited_records
from kb.publish.compile.record import compile_many
from kb.publish.decide import Change
from kb.publish.ground import Ground
from kb.publish.group import Job, Next, log_editions, moment
from kb.publish.own_words import text_of
from kb.publish.session import Nonces, fresh_nonce, working
from kb.settings import Settings
from kb.values.prose import check_iri

AT_SET_UP = "Made at set-up."
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
    clock: Clock | None = None,
    nonces: Nonces = fresh_nonce,
    info: Mapping[str, object] | None = None,
) -> None:
    """Fix the base address for good, in one transaction. `info` goes into the session, for what is drawn by chance."""
    require(actor, "publish")
    _check_base(base)
    with working(engine, clock) as session:
        session.info.update(info or {})
        head = lock_head(session)
        _refuse_second(session)
        foundation = records.begin(session, "foundation", "en")
        agent = add_agent(session, actor, AgentEntry(kind="organisation", name=settings.site_name))
        pages = [add_page(session, actor, _page(slug, name)) for slug, name in PAGES.items()]
        publisher = addresses.iri(base, addresses.address_of("agent", agent.id))
        ground = Ground(base, settings.data_licence, publisher)
        made = compile_many(session, ground, [agent.id, *[page.id for page in pages]])
        drafts = [_foundation(foundation.id, ground), made[agent.id], *[made[page.id] for page in pages]]
        cited = cited_records(session, ground, drafts, {draft.record: 1 for draft in drafts})
        job = Job(actor, "publish", ground, PublishEntry(unreviewed=AT_SET_UP), frozenset(), nonces)
        first = [Next(draft, None, Change(_kind(draft), None, False, {"en": AT_SET_UP})) for draft in drafts]
        log_editions(session, job, first, cited, moment(session, head))


def _check_base(base: str) -> None:
    """It stands in every document, for good."""
    check_iri(base, where="base")
    if not base.endswith("/") or {"?", "#"} & set(base):
        remedy = "Write it as https://facts.example.org/"
        raise Refused(f"“{base[:80]}” does not end with a slash.", where="base", remedy=remedy)


def _refuse_second(session: Session) -> None:
    if log.head(session).seq >= 0:
        raise FoundedAlready(
            f"there is a knowledge base here already, founded under {log.base_of(session)}",
            where="init",
            remedy="Choose another CLAIMBASE_DATA or CLAIMBASE_DATABASE_URL for a new one.",
        )


def _foundation(record: str, ground: Ground) -> Draft:
    address = addresses.address_of("foundation", addresses.FOUNDATION)
    entity = {
        "@id": addresses.iri(ground.base, address),
        "@type": "Foundation",
        "baseAddress": ground.base,
        "format": FORMAT,
        "license": ground.license,
        "listNamespace": LIST_NAMESPACE,
        "termNamespace": TERM_NAMESPACE,
    }
    return Draft(record, "foundation", address, entity, frozenset())


def _kind(draft: Draft) -> str:
    return "foundation" if draft.kind == "foundation" else "new"


def _page(slug: str, name: str) -> PageEntry:
    return PageEntry(slug=slug, name=name, body=text_of(slug))
