"""Origins as readers see them: where a piece of information first came from, and who rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.public.cite import cites
from app.public.diff import diffs
from app.public.linksets import linksets
from app.public.lists import claims_that_name, lists
from app.public.named import ROLES
from app.public.record import Word, records
from app.web import links
from app.web.listing import rows_json
from app.web.routing import in_a_row
from app.web.views.cited import Cited
from app.web.views.passages import from_origin
from app.web.views.resting import branches, notes, summary
from kb.findings.origins import carriers
from kb.log.read import Edition
from kb.log.series import latest_of, states_of
from kb.projections.catalogue.lineage import carriers_of
from kb.projections.catalogue.lists import Page, claims_of

FOLDER = links.folder("origin")
MINE = ROLES["origin"]


@dataclass(frozen=True)
class Beside:
    """What the catalogue knows of an origin."""

    claims: Page
    set_aside: Page
    sources: Page
    # Passages and lines are those of the log, which may be ahead of the catalogue.
    resting: tuple[str, ...]


def _beside(session: Session, edition: Edition) -> Beside:
    at = edition.address
    claims, sources = claims_of(session, at, *MINE["rests_on_it"]), carriers_of(session, at)
    resting = states_of(session, [row.record for row in (*claims.rows, *sources.rows)])
    return Beside(claims, claims_of(session, at, *MINE["set_aside"]), sources, resting)


def _view(session: Session, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    origin = edition.document["mainEntity"]
    iri = edition.document["editionOf"]
    latest = latest_of(session, [row.record for row in (*beside.claims.rows, *beside.sources.rows)])
    claims = {row.record: latest[row.record].document for row in beside.claims.rows if row.record in latest}
    sources = _entities(latest, beside.sources)
    first_hand = origin.get("firstHandSource")
    passages = {record: from_origin(document, iri) for record, document in claims.items()}
    taken = [one for some in passages.values() for one in some]
    return {
        "origin": origin,
        "cited": Cited(edition.document),
        "beside": beside,
        "aside": [row for row in beside.set_aside.rows if row.record not in claims],
        "passages": passages,
        "notes": {key: notes(document, origin, sources.get(first_hand or "")) for key, document in claims.items()},
        "in_all": summary(beside.claims.rows, len(taken), len({one.quote.source for one in taken})),
        "carriers": branches(carriers(sources, first_hand), {row.address: row for row in beside.sources.rows}),
    }


def _entities(latest: Mapping[str, Edition], page: Page) -> dict[str, Mapping[str, Any]]:
    """What the newest editions of these sources say, by their IRI; a withdrawn one keeps its lineage."""
    found = [latest[row.record].document for row in page.rows if row.record in latest]
    return {document["editionOf"]: document["mainEntity"] for document in found}


def _as_json(beside: Beside, base: str) -> Mapping[str, Any]:
    return {"claims": rows_json(beside.claims, base), "sources": rows_json(beside.sources, base)}


ORIGIN = Word("origin", "public/origin.html", _beside, _view, _as_json)

router = in_a_row(
    lists("origin", FOLDER),
    claims_that_name("origin", FOLDER, MINE),
    linksets("origin", FOLDER),
    cites("origin", FOLDER),
    diffs("origin", FOLDER),
    records(ORIGIN, FOLDER),
)
