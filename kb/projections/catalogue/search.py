"""Search: hits in their order, exact counts for every facet, and what each chosen filter costs.

Three statements for hits and counts, and one for the names of what is counted, whatever the number of hits.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from kb.documents.addresses import FOLDERS
from kb.errors import Refused
from kb.projections.catalogue.lists import COLUMNS, MOST, at_addresses
from kb.projections.catalogue.rows import Listed
from kb.projections.catalogue.search_asked import FEW, SORTS, Asked, Counted, Found, Value
from kb.projections.catalogue.search_counts import facets, filtered, totals
from kb.projections.catalogue.search_text import index_of, matches, relevance
from kb.projections.catalogue.tables import CatalogueRecord, CatalogueText

__all__ = ["FEW", "SORTS", "Asked", "Counted", "Found", "NoSuchPlace", "Value", "each_alone", "how_many", "search"]

# Facets whose values are records, by the folder of their addresses.
RECORDS = {name: FOLDERS[name] for name in ("topic", "agent", "source")}
_PLACE = re.compile(r"([rnc])(-?[0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})", re.ASCII)
_SEQ: ColumnElement[int] = CatalogueText.seq.expression


class NoSuchPlace(Refused):
    """`after` names no place in this order."""


def search(session: Session, asked: Asked) -> Found:
    """Raises NoSuchPlace."""
    counted = totals(session, asked)
    # The newest of many are the first ones that are looked at; no list of all is made for them.
    one_by_one = counted.by_hit or (asked.order == "newest" and counted.are_many)
    rows, following = _hits(session, asked, by_hit=one_by_one)
    named = _named(session, facets(session, asked, by_hit=counted.by_hit))
    return Found(counted.hits, rows, following, named, counted.without)


def how_many(session: Session, asked: Asked) -> int:
    """The number of hits alone."""
    found = select(CatalogueText.seq).where(
        *matches(index_of(session), asked.query), *filtered(_SEQ, asked.filters, by_hit=True)
    )
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def each_alone(session: Session, asked: Asked) -> list[tuple[str, int]]:
    """Every term as it was typed, with the hits there would be for it alone under the same filters. One statement."""
    index, wanted = index_of(session), asked.query.wanted
    if not wanted:
        return []
    hits = [
        select(CatalogueText.seq).where(index.holds(term), *filtered(_SEQ, asked.filters, by_hit=True)).subquery()
        for term in wanted
    ]
    counts = [select(func.count()).select_from(some).scalar_subquery() for some in hits]
    return list(zip((term.typed for term in wanted), session.execute(select(*counts)).one(), strict=True))


def _hits(session: Session, asked: Asked, *, by_hit: bool) -> tuple[tuple[Listed, ...], str | None]:
    size = max(1, min(asked.limit, MOST))
    page = _ordered(session, asked, by_hit=by_hit).limit(size + 1).subquery()
    wanted = select(page.c.first, page.c.second, *COLUMNS).join_from(
        page, CatalogueRecord, CatalogueRecord.seq == page.c.seq
    )
    order = (page.c.first.desc(), page.c.second.desc(), page.c.seq.desc())
    found = [dict(row._mapping) for row in session.execute(wanted.order_by(*order))]
    places = [f"{asked.order[0]}{one.pop('first')}.{one.pop('second')}.{one['seq']}" for one in found]
    return tuple(Listed(**one) for one in found[:size]), places[size - 1] if len(found) > size else None


def _ordered(session: Session, asked: Asked, *, by_hit: bool) -> Select[tuple[int, int, int]]:
    """Number and sort keys of hits, the greatest first: the seq is the last of the keys, so that no two are equal."""
    index = index_of(session)
    first: ColumnElement[int] = literal(0)
    second: ColumnElement[int] = literal(0)
    if asked.order == "relevance":
        first, second = relevance(index, asked.query), CatalogueText.kind_place.expression
    elif asked.order == "corrected":
        first = func.coalesce(CatalogueText.corrected, -1)
    hits = select(CatalogueText.seq, first.label("first"), second.label("second"))
    keyed = hits.where(*matches(index, asked.query), *filtered(_SEQ, asked.filters, by_hit=by_hit)).subquery()
    keys = (keyed.c.first, keyed.c.second, keyed.c.seq)
    # The newest stand at the end of the table: with their number as the only key, no others are looked at.
    order = keys[2:] if asked.order == "newest" else keys
    wanted = select(keyed.c.seq, keyed.c.first, keyed.c.second).order_by(*(key.desc() for key in order))
    return wanted.where(tuple_(*keys) < _place(asked)) if asked.after is not None else wanted


def _place(asked: Asked) -> Any:
    found = _PLACE.fullmatch(asked.after or "")
    if found is None or found[1] != asked.order[0]:
        raise NoSuchPlace("“after” names no place in these hits.", where="after", remedy="Start without it.")
    return tuple_(*(literal(int(number)) for number in found.groups()[1:]))


def _named(session: Session, counted: Mapping[str, Counted]) -> dict[str, Counted]:
    """Values that are records under what the records are called. One statement."""
    addresses = [f"{folder}/{one.value}" for name, folder in RECORDS.items() for one in counted[name].values]
    rows = at_addresses(session, addresses) if addresses else {}
    named = dict(counted)
    for name, folder in RECORDS.items():
        values = counted[name].values
        labels = [rows[at].label if (at := f"{folder}/{one.value}") in rows else one.value for one in values]
        renamed = (Value(one.value, label, one.count, one.chosen) for one, label in zip(values, labels, strict=True))
        named[name] = Counted(tuple(renamed), counted[name].left_out)
    return named
