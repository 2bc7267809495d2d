"""Origins as readers see them: where a piece of information first came from, and who rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from app.public.cite import cites
from app.public.diff import diffs
from app.public.linksets import linksets
from app.public.lists import claims_that_name, lists
from app.public.named import ROLES
from app.public.record import Word, records
from app.web import links
from app.web.listing import rows_json
from app.web.views.cited import Cited
from app.web.views.passages import from_origin
from kb.log.read import Edition
from kb.log.series import latest_of
from kb.projections.catalogue.lists import Page, claims_of, records_of

FOLDER = links.folder("origin")
MINE = ROLES["origin"]


@dataclass(frozen=True)
class Beside:
    """What the catalogue knows of an origin."""

    claims: Page
    set_aside: Page
    sources: Page


def _beside(session: Session, edition: Edition) -> Beside:
    at = edition.address
    return Beside(
        claims_of(session, at, *MINE["rests_on_it"]),
        claims_of(session, at, *MINE["set_aside"]),
        records_of(session, at, "rests_on", kind="source"),
    )


def _view(session: Session, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    iri = edition.document["editionOf"]
    claims = latest_of(session, [row.record for row in beside.claims.rows])
    resting = {row.record for row in beside.claims.rows}
    return {
        "origin": edition.document["mainEntity"],
        "cited": Cited(edition.document),
        "beside": beside,
        "aside": [row for row in beside.set_aside.rows if row.record not in resting],
        "passages": {record: from_origin(claim.document, iri) for record, claim in claims.items()},
    }


def _as_json(beside: Beside, base: str) -> Mapping[str, Any]:
    return {"claims": rows_json(beside.claims, base), "sources": rows_json(beside.sources, base)}


ORIGIN = Word("origin", "public/origin.html", _beside, _view, _as_json)

router = APIRouter()
router.include_router(lists("origin", FOLDER))
router.include_router(claims_that_name("origin", FOLDER, MINE))
router.include_router(linksets("origin", FOLDER))
router.include_router(cites("origin", FOLDER))
router.include_router(diffs("origin", FOLDER))
router.include_router(records(ORIGIN, FOLDER))
