"""Claims as readers see them: the list, the latest, each version, and their forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.public import evidence
from app.public.cite import cites
from app.public.diff import diffs
from app.public.feeds import versions_feed
from app.public.linksets import linksets
from app.public.lists import lists
from app.public.record import Word, records
from app.web import links
from app.web.listing import row_json
from app.web.routing import in_a_row
from app.web.views import claim
from kb.log.read import Edition
from kb.projections.catalogue.lists import Related, related

FOLDER = links.folder("claim")


def _beside(session: Session, edition: Edition) -> Sequence[Related]:
    return related(session, edition.record)


def _view(_session: Session, edition: Edition, beside: Sequence[Related]) -> Mapping[str, Any]:
    return claim.view(edition.document, beside)


def _lighter(_session: Session, edition: Edition, beside: Sequence[Related], most: int) -> Mapping[str, Any]:
    return claim.view(edition.document, beside, most)


def _as_json(beside: Sequence[Related], base: str) -> Mapping[str, Any]:
    return {"related": [{"relation": one.word, **row_json(one.row, base)} for one in beside]}


CLAIM = Word("claim", "public/claim.html", _beside, _view, _as_json, _lighter)

router = in_a_row(
    lists("claim", FOLDER, newest=True),
    versions_feed("claim", FOLDER),
    evidence.router,
    linksets("claim", FOLDER),
    cites("claim", FOLDER),
    diffs("claim", FOLDER),
    records(CLAIM, FOLDER),
)
