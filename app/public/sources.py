"""Sources as readers see them: what they are, where they have it from, and the claims that quote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from app.public.lists import claims_that_name, lists
from app.public.named import ROLES
from app.public.record import Word, records
from app.web import links
from app.web.listing import rows_json
from app.web.views.cited import Cited
from app.web.views.passages import from_source
from kb.log.read import Edition
from kb.log.series import latest_of
from kb.projections.catalogue.lists import Page, claims_of, records_of

FOLDER = links.folder("source")
MINE = ROLES["source"]


@dataclass(frozen=True)
class Beside:
    """What the catalogue knows of a source."""

    quoted: Page
    set_aside: Page
    copies: Page
    first_hand_of: Page


def _beside(session: Session, edition: Edition) -> Beside:
    at = edition.address
    return Beside(
        claims_of(session, at, *MINE["quoted"]),
        claims_of(session, at, *MINE["set_aside"]),
        records_of(session, at, "copy_of", "derived_from", kind="source"),
        records_of(session, at, "first_hand", kind="origin"),
    )


def _view(session: Session, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    """The quotations stand in the claims' own documents, and nowhere else."""
    iri = edition.document["editionOf"]
    claims = latest_of(session, [row.record for row in beside.quoted.rows])
    passages = {record: from_source(claim.document, iri) for record, claim in claims.items()}
    quoted = {row.record for row in beside.quoted.rows}
    aside = [row for row in beside.set_aside.rows if row.record not in quoted]
    return {
        "source": edition.document["mainEntity"],
        "cited": Cited(edition.document),
        "beside": beside,
        "aside": aside,
        "passages": passages,
    }


def _as_json(beside: Beside, base: str) -> Mapping[str, Any]:
    return {
        "claims": rows_json(beside.quoted, base),
        "copied_by": rows_json(beside.copies, base),
        "first_hand_of": rows_json(beside.first_hand_of, base),
    }


SOURCE = Word("source", "public/source.html", _beside, _view, _as_json)

router = APIRouter()
router.include_router(lists("source", FOLDER))
router.include_router(claims_that_name("source", FOLDER, MINE))
router.include_router(records(SOURCE, FOLDER))
