"""Topics as readers see them, and measures, which are topics that say what figures count."""

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
from app.web.listing import rows_json
from app.web.routing import in_a_row
from app.web.views.cited import Cited
from kb.log.read import Edition
from kb.projections.catalogue.lists import Page, claims_of, records_of

FOLDER = links.folder("topic")
MINE = ROLES["topic"]


@dataclass(frozen=True)
class Beside:
    """What the catalogue knows of a topic."""

    about: Page
    measured: Page
    narrower: Page


def _beside(session: Session, edition: Edition) -> Beside:
    at = edition.address
    return Beside(
        claims_of(session, at, *MINE["about"]),
        claims_of(session, at, *MINE["measured"]),
        records_of(session, at, "broader", kind="topic"),
    )


def _view(_session: Session, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    return {"topic": edition.document["mainEntity"], "cited": Cited(edition.document), "beside": beside}


def _as_json(beside: Beside, base: str) -> Mapping[str, Any]:
    return {
        "claims": rows_json(beside.about, base),
        "measured_in": rows_json(beside.measured, base),
        "narrower": rows_json(beside.narrower, base),
    }


TOPIC = Word("topic", "public/topic.html", _beside, _view, _as_json)

router = in_a_row(
    lists("topic", FOLDER),
    claims_feed("topic", FOLDER, MINE),
    claims_that_name("topic", FOLDER, MINE),
    linksets("topic", FOLDER),
    cites("topic", FOLDER),
    diffs("topic", FOLDER),
    records(TOPIC, FOLDER),
)
