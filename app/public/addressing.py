"""From what stands in an address to a record: forgiven slips, redirects, and “did you mean”."""

import re

from sqlalchemy.orm import Session

from app.web.errors import NotHere
from kb.documents.addresses import FOLDERS, SLUG
from kb.errors import Refused
from kb.log import read as log
from kb.log.nearest import did_you_mean
from kb.log.read import Edition, NoSuchRecord, NoSuchVersion
from kb.values.ids import check_id, is_id
from kb.values.prose import shown

# No address of ours is as long; what is longer is not looked at.
LONGEST = 100
_SLUG = re.compile(SLUG)
_VERSION = re.compile(r"v(0|[1-9][0-9]{0,8})")


class Elsewhere(Exception):
    """The record stands under another name; `name` is the one to go to, `status` 308 for good or 302."""

    def __init__(self, name: str, status: int) -> None:
        super().__init__(name)
        self.name = name
        self.status = status


def address(kind: str, name: str) -> str:
    """`claims/37d2qfnqr`. Raises Elsewhere where the name is only written otherwise; knows nothing of what exists.

    What can be no name at all comes out as it is: it will not be found, and never reaches the database.
    """
    proper = _proper(kind, name)
    if proper != name:
        raise Elsewhere(proper, 308)
    return f"{FOLDERS[kind]}/{name}" if kind in FOLDERS else name


def latest(session: Session, kind: str, name: str) -> Edition:
    """The newest edition. Raises NotHere with the nearest that is published, or Elsewhere."""
    place = address(kind, name)
    _make_sense(session, kind, place, name)
    try:
        return log.latest_at(session, place)
    except NoSuchRecord as missing:
        raise _not_here(session, kind, place, name) from missing


def version(session: Session, kind: str, name: str, number: int) -> Edition:
    """One version. Raises NotHere, or Elsewhere."""
    place = address(kind, name)
    _make_sense(session, kind, place, name)
    try:
        return log.version(session, place, number)
    except NoSuchVersion as missing:
        raise NotHere(missing.what, where=place) from missing
    except NoSuchRecord as missing:
        raise _not_here(session, kind, place, name) from missing


def number_of(part: str) -> int | None:
    """`v2` is 2; None for what names no version."""
    found = _VERSION.fullmatch(part)
    return int(found[1]) if found else None


def _proper(kind: str, name: str) -> str:
    if kind in ("topic", "page", "foundation"):
        return name.lower() if name.isascii() and _SLUG.fullmatch(name.lower()) else name
    try:
        return check_id(name)
    except Refused:
        return name


def _is_name(kind: str, name: str) -> bool:
    return bool(_SLUG.fullmatch(name)) if kind in ("topic", "page", "foundation") else is_id(name)


def _make_sense(session: Session, kind: str, place: str, name: str) -> None:
    if not _is_name(kind, name):
        raise _not_here(session, kind, place, name)


def _not_here(session: Session, kind: str, place: str, name: str) -> NotHere | Elsewhere:
    """A topic answers to its id too; an id that belongs to another kind of record is what was probably meant."""
    known = log.find_address(session, name) if is_id(name) else None
    if known and kind == "topic" and known.startswith("topics/"):
        return Elsewhere(known.removeprefix("topics/"), 302)
    near = known or (did_you_mean(session, place) if len(name) <= LONGEST else None)
    return NotHere(f"No {kind} is published as “{shown(name)}”.", where=shown(place), near=near)
