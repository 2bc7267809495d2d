"""Sources as readers see them: what they are, where they have it from, and the claims that quote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.public.cite import cites
from app.public.diff import diffs
from app.public.linksets import linksets
from app.public.lists import claims_that_name, lists
from app.public.named import ROLES
from app.public.quoted import listed, quotations, set_text
from app.public.record import Word, records
from app.public.texts import texts
from app.web import links
from app.web.held import Held, reference, text_of
from app.web.listing import rows_json
from app.web.routing import in_a_row
from app.web.views.cited import Cited
from kb.log.read import Edition
from kb.log.series import states_of
from kb.projections.catalogue.lists import MOST, Page, claims_of, records_of

FOLDER = links.folder("source")
MINE = ROLES["source"]


@dataclass(frozen=True)
class Beside:
    """What the catalogue knows of a source."""

    quoted: Page
    set_aside: Page
    copies: Page
    first_hand_of: Page
    # The text, where readers may see it.
    held: Held | None
    # Their passages are those of the log, which may be ahead of the catalogue: a claim that let one go is seen at once.
    quoting: tuple[str, ...]


def _beside(session: Session, edition: Edition) -> Beside:
    at = edition.address
    quoted = claims_of(session, at, *MINE["quoted"], limit=MOST)
    return Beside(
        quoted,
        claims_of(session, at, *MINE["set_aside"]),
        records_of(session, at, "copy_of", "derived_from", kind="source"),
        records_of(session, at, "first_hand", kind="origin"),
        text_of(session, edition),
        states_of(session, [row.record for row in quoted.rows]),
    )


def _view(session: Session, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    source = edition.document["mainEntity"]
    rows, held = beside.quoted.rows, beside.held
    quoted = quotations(session, edition, rows, reference(source, held))
    shown = set_text(held, quoted) if held else None
    named = {row.record for row in rows}
    return {
        "source": source,
        "cited": Cited(edition.document),
        "beside": beside,
        "aside": [row for row in beside.set_aside.rows if row.record not in named],
        "quoted": listed(quoted, shown),
        "set": shown,
        "held": held,
    }


def _as_json(beside: Beside, base: str) -> Mapping[str, Any]:
    return {
        "claims": rows_json(beside.quoted, base),
        "copied_by": rows_json(beside.copies, base),
        "first_hand_of": rows_json(beside.first_hand_of, base),
        "open_text": beside.held.sha256 if beside.held and beside.held.data is not None else None,
    }


SOURCE = Word("source", "public/source.html", _beside, _view, _as_json, reads_files=True)

router = in_a_row(
    lists("source", FOLDER),
    claims_that_name("source", FOLDER, MINE),
    texts(FOLDER, MINE["quoted"]),
    linksets("source", FOLDER),
    cites("source", FOLDER),
    diffs("source", FOLDER),
    records(SOURCE, FOLDER),
)
