"""Records of any kind, compiled in groups."""

from collections import defaultdict
from collections.abc import Callable, Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Record
from kb.documents.envelope import Draft
from kb.publish.compile.agent import compile_agents
from kb.publish.compile.claim import compile_claims
from kb.publish.compile.origin import compile_origins
from kb.publish.compile.page import compile_pages
from kb.publish.compile.source import compile_sources
from kb.publish.compile.topic import compile_topics

_COMPILERS: dict[str, Callable[[Session, str, Collection[str]], dict[str, Draft]]] = {
    "agent": compile_agents,
    "origin": compile_origins,
    "page": compile_pages,
    "source": compile_sources,
    "topic": compile_topics,
}


def compile_records(
    session: Session,
    base: str,
    ids: Collection[str],
    *,
    public: Collection[str] | None = None,
    publisher: str | None = None,
) -> dict[str, Draft]:
    """What these records would say if they were published now; private agents and unknown ids are left out."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for record, kind in session.execute(select(Record.id, Record.kind).where(Record.id.in_(ids)).order_by(Record.id)):
        by_kind[kind].append(record)
    drafts: dict[str, Draft] = {}
    for kind, records in by_kind.items():
        if kind == "claim":
            drafts |= compile_claims(session, base, records, public=public, publisher=publisher)
        else:
            drafts |= _COMPILERS[kind](session, base, records)
    return drafts
