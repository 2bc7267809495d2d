"""Our own pages (method, about, glossary, corrections policy) and the foundation, with their versions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.public.cite import cites
from app.public.diff import diffs
from app.public.linksets import linksets
from app.public.record import Word, records
from app.web.routing import in_a_row
from kb.log.read import Edition


def _nothing(_session: Session, _edition: Edition) -> None:
    """No list and no relation leads to a page of our own."""


def _view(_session: Session, edition: Edition, _beside: None) -> Mapping[str, Any]:
    return {"entity": edition.document["mainEntity"]}


def _as_json(_beside: None, _base: str) -> Mapping[str, Any]:
    return {}


# Both stand at the top, so one route serves both; the template is chosen by the kind of the record.
PAGE = Word("page", "public/page.html", _nothing, _view, _as_json)

# To be taken in after every other router: its addresses are whatever the others leave.
router = in_a_row(
    linksets("page", ""),
    cites("page", ""),
    diffs("page", ""),
    records(PAGE, ""),
)
