"""Agents as readers see them: names, and the claims in which they speak, answer or are concerned. No score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.public.cite import cites
from app.public.diff import diffs
from app.public.feeds import claims_feed
from app.public.linksets import linksets
from app.public.lists import claims_that_name, lists
from app.public.named import ROLES
from app.public.record import Word, records
from app.web import links
from app.web.listing import row_json, rows_json
from app.web.routing import in_a_row
from app.web.views.cited import Cited
from kb.documents.addresses import record_of
from kb.log.read import Edition
from kb.projections.catalogue.lineage import Given, evidence_given
from kb.projections.catalogue.lists import Page, claims_of, records_of

FOLDER = links.folder("agent")
MINE = ROLES["agent"]


@dataclass(frozen=True)
class Beside:
    """What the catalogue knows of an agent; `parts` by the names of MINE."""

    parts: tuple[tuple[str, Page], ...]
    # Their sources that serve as evidence, and whether there are more of them.
    given: tuple[Given, ...]
    more_given: bool
    works: Page
    origins: Page
    possibly_same: Page
    members: Page


def _beside(session: Session, edition: Edition) -> Beside:
    at = edition.address
    parts = [(part, claims_of(session, at, *roles)) for part, roles in MINE.items()]
    # Whoever makes a claim stands in its chain too; that is said once.
    made = {row.record for row in parts[0][1].rows}
    passed_on = parts[1][1]
    parts[1] = ("passed_on", Page(tuple(row for row in passed_on.rows if row.record not in made), passed_on.next))
    given, more_given = evidence_given(session, at)
    return Beside(
        tuple(parts),
        tuple(given),
        more_given,
        records_of(session, at, "publisher", "author", kind="source"),
        records_of(session, at, "voice", kind="origin"),
        records_of(session, at, "possibly_same", kind="agent"),
        records_of(session, at, "member_of", kind="agent"),
    )


def _view(_session: Session, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    agent = edition.document["mainEntity"]
    given = {one.row.record for one in beside.given}
    said = {record_of(one) for one in agent.get("possiblySameAs", ())}
    return {
        "agent": agent,
        "cited": Cited(edition.document),
        "beside": beside,
        "works": [row for row in beside.works.rows if row.record not in given],
        # Whether two are one is said by either; it is never settled by merging them silently.
        "possibly_same": [row for row in beside.possibly_same.rows if row.address not in said],
    }


def _as_json(beside: Beside, base: str) -> Mapping[str, Any]:
    claims = {part: rows_json(page, base) for part, page in beside.parts}
    given = [row_json(one.row, base) | {"claims": one.claims} for one in beside.given]
    return {
        "claims": claims,
        "evidence_given": given,
        "sources": rows_json(beside.works, base),
        "origins": rows_json(beside.origins, base),
        "possibly_same": rows_json(beside.possibly_same, base),
        "members": rows_json(beside.members, base),
    }


AGENT = Word("agent", "public/agent.html", _beside, _view, _as_json)

router = in_a_row(
    lists("agent", FOLDER),
    claims_feed("agent", FOLDER, MINE),
    claims_that_name("agent", FOLDER, MINE),
    linksets("agent", FOLDER),
    cites("agent", FOLDER),
    diffs("agent", FOLDER),
    records(AGENT, FOLDER),
)
