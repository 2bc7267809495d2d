"""The record that was meant where an id or an address was typed into the search, rightly or with a slip."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kb.documents.addresses import FOLDERS, page_of, record_of
from kb.errors import Missing, Refused
from kb.log import read as log
from kb.log.nearest import did_you_mean
from kb.projections.catalogue.lists import at_addresses
from kb.projections.catalogue.rows import Listed
from kb.values.ids import LENGTH, check_id

LONGEST = 300
_ADDRESS = re.compile(
    r"\S*(?:^|/)(?:claims|sources|agents|origins|topics)/[0-9a-z-]+(?:/v[1-9][0-9]{0,8})?(?:[.#?]\S*)?"
)
_MAY_BE_AN_ID = re.compile(rf"(?=.*[0-9])[0-9a-zA-Z-]{{{LENGTH - 1},{LENGTH + 3}}}")


@dataclass(frozen=True)
class Meant:
    """A published record; `version` where one that exists was named; `exact` False where it is the nearest alone."""

    row: Listed
    version: int | None = None
    exact: bool = True


def meant(session: Session, typed: str) -> Meant | None:
    """At most six statements, and none where the words look neither like an address nor like an id."""
    text = typed.strip()
    if len(text) > LONGEST:
        return None
    if _ADDRESS.fullmatch(text):
        return _at(session, re.split("[.#?](?=[^/]*$)", text)[0])
    return _by_id(session, text) if _MAY_BE_AN_ID.fullmatch(text) else None


def _at(session: Session, whole: str) -> Meant | None:
    address = record_of(whole)
    if row := at_addresses(session, [address]).get(address):
        return Meant(row, _version(session, address, whole))
    return _nearest(session, address)


def _by_id(session: Session, text: str) -> Meant | None:
    try:
        address = log.find_address(session, check_id(text))
    except Refused:
        address = None
    if address and (row := at_addresses(session, [address]).get(address)):
        return Meant(row)
    near = (_nearest(session, f"{folder}/{text}") for kind, folder in FOLDERS.items() if kind != "topic")
    return next((one for one in near if one), None)


def _nearest(session: Session, address: str) -> Meant | None:
    near = did_you_mean(session, address)
    row = at_addresses(session, [near]).get(near) if near else None
    return Meant(row, exact=False) if row else None


def _version(session: Session, address: str, whole: str) -> int | None:
    number = whole.removeprefix(page_of(whole)).removeprefix("/v")
    try:
        return log.version(session, address, int(number)).version if number else None
    except Missing:
        return None
