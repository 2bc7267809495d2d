"""Search: hits in their order, exact counts for every facet, and what each chosen filter costs.

Two statements for hits and counts, and one for the names of what is counted, whatever the number of hits.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from kb.documents.addresses import FOLDERS
from kb.errors import Refused
from kb.projections.catalogue.facets import NAMES
from kb.projections.catalogue.lists import COLUMNS, LIMIT, MOST, at_addresses
from kb.projections.catalogue.query import Query
from kb.projections.catalogue.rows import Listed
from kb.projections.catalogue.search_text import index_of, matches, relevance
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueRecord, CatalogueText

SORTS = ("relevance", "newest", "corrected")
# Facets whose values are records, by the folder of their addresses.
RECORDS = {name: FOLDERS[name] for name in ("topic", "agent", "source")}
FEW = 8
_PLACE = re.compile(r"([rnc])(-?[0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})", re.ASCII)
_TOTAL, _WITHOUT, _VALUE = "total", "without", "value"


class NoSuchPlace(Refused):
    """`after` names no place in this order."""


@dataclass(frozen=True)
class Asked:
    """A search. `filters` has the chosen values of each name: any of them, and one under every name."""

    query: Query = field(default_factory=Query)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    after: str | None = None
    limit: int = LIMIT
    # How many values of each facet are wanted, and of those named in `in_full`, MOST.
    values: int = FEW
    in_full: frozenset[str] = frozenset()

    @property
    def order(self) -> str:
        """Where no word is asked for nothing is more relevant than something else."""
        return "newest" if self.sort == "relevance" and not self.query.wanted else self.sort


@dataclass(frozen=True)
class Value:
    """A value of a facet: how many hits there would be, were it the only one chosen under its name."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Counted:
    """The values of a facet that are given, most hits first, and the number of those that are not."""

    values: tuple[Value, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Found:
    """`without`: hits there would be if the filter of a name were dropped, and under "" if all were."""

    total: int
    rows: tuple[Listed, ...]
    next: str | None
    facets: Mapping[str, Counted]
    without: Mapping[str, int]


def search(session: Session, asked: Asked) -> Found:
    """Raises NoSuchPlace."""
    rows, following = _hits(session, asked)
    total, without, facets = _counts(session, asked)
    return Found(total, rows, following, _named(session, facets), without)


def how_many(session: Session, asked: Asked) -> int:
    """The number of hits alone."""
    found = select(CatalogueText.seq).where(*matches(index_of(session), asked.query), *_filtered(asked.filters))
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def each_alone(session: Session, asked: Asked) -> list[tuple[str, int]]:
    """Every term as it was typed, with the hits there would be for it alone under the same filters. One statement."""
    index, wanted = index_of(session), asked.query.wanted
    if not wanted:
        return []
    hits = [select(CatalogueText.seq).where(index.holds(term), *_filtered(asked.filters)).subquery() for term in wanted]
    counts = [select(func.count()).select_from(some).scalar_subquery() for some in hits]
    return list(zip((term.typed for term in wanted), session.execute(select(*counts)).one(), strict=True))


def _hits(session: Session, asked: Asked) -> tuple[tuple[Listed, ...], str | None]:
    size = max(1, min(asked.limit, MOST))
    page = _ordered(session, asked).limit(size + 1).subquery()
    wanted = select(page.c.first, page.c.second, *COLUMNS).join_from(
        page, CatalogueRecord, CatalogueRecord.seq == page.c.seq
    )
    order = (page.c.first.desc(), page.c.second.desc(), page.c.seq.desc())
    found = [dict(row._mapping) for row in session.execute(wanted.order_by(*order))]
    places = [f"{asked.order[0]}{one.pop('first')}.{one.pop('second')}.{one['seq']}" for one in found]
    return tuple(Listed(**one) for one in found[:size]), places[size - 1] if len(found) > size else None


def _ordered(session: Session, asked: Asked) -> Select[tuple[int, int, int]]:
    """Number and sort keys of hits, the greatest first: the seq is the last of the keys, so that no two are equal."""
    index = index_of(session)
    first: ColumnElement[int] = literal(0)
    second: ColumnElement[int] = literal(0)
    if asked.order == "relevance":
        first, second = relevance(index, asked.query), CatalogueText.kind_place.expression
    elif asked.order == "corrected":
        first = func.coalesce(CatalogueText.corrected, -1)
    hits = select(CatalogueText.seq, first.label("first"), second.label("second"))
    hits = hits.where(*matches(index, asked.query), *_filtered(asked.filters))
    keyed = hits.subquery()
    keys = (keyed.c.first, keyed.c.second, keyed.c.seq)
    wanted = select(keyed.c.seq, keyed.c.first, keyed.c.second).order_by(*(key.desc() for key in keys))
    return wanted.where(tuple_(*keys) < _place(asked)) if asked.after is not None else wanted


def _place(asked: Asked) -> Any:
    found = _PLACE.fullmatch(asked.after or "")
    if found is None or found[1] != asked.order[0]:
        raise NoSuchPlace("“after” names no place in these hits.", where="after", remedy="Start without it.")
    return tuple_(*(literal(int(number)) for number in found.groups()[1:]))


def _filtered(filters: Mapping[str, tuple[str, ...]], but: str | None = None) -> list[ColumnElement[bool]]:
    """Conditions on rows of `catalogue_text` for all filters, or all but one."""
    return [_having(CatalogueText.seq.expression, name, values) for name, values in filters.items() if name != but]


def _having(seq: ColumnElement[int], name: str, values: Sequence[str]) -> ColumnElement[bool]:
    found = select(CatalogueFacet.seq).where(CatalogueFacet.name == name, CatalogueFacet.value.in_(values))
    return seq.in_(found)


def _counts(session: Session, asked: Asked) -> tuple[int, dict[str, int], dict[str, Counted]]:
    """Everything that is counted, in one statement: the words are looked up once, the filters laid over them."""
    matched = select(CatalogueText.seq).where(*matches(index_of(session), asked.query)).cte("matched")
    chosen = tuple(name for name in NAMES if name in asked.filters)
    parts = [_total(matched, asked, _TOTAL, "", None), _total(matched, asked, _WITHOUT, "", NAMES)]
    parts += [_total(matched, asked, _WITHOUT, name, (name,)) for name in chosen]
    parts.append(_most(matched, asked, chosen))
    total, without, found = 0, dict[str, int](), dict[str, Counted]()
    for what, name, value, count, of in session.execute(union_all(*parts)):
        if what == _TOTAL:
            total = count
        elif what == _WITHOUT:
            without[name] = count
        else:
            found[name] = _with(found.get(name, Counted(left_out=of)), asked, name, value, count)
    return total, without, {name: _whole(found.get(name, Counted()), asked, name) for name in NAMES}


def _with(counted: Counted, asked: Asked, name: str, value: str, count: int) -> Counted:
    added = Value(value, value, count, value in asked.filters.get(name, ()))
    return Counted((*counted.values, added), counted.left_out - 1)


def _whole(counted: Counted, asked: Asked, name: str) -> Counted:
    """In their order, with chosen values that no hit has."""
    known = {one.value for one in counted.values}
    missing = [Value(value, value, 0, True) for value in asked.filters.get(name, ()) if value not in known]
    values = sorted((*counted.values, *missing), key=lambda one: (-one.count, one.value))
    return Counted(tuple(values), counted.left_out)


def _within(matched: CTE, asked: Asked, but: Iterable[str]) -> Select[tuple[int]]:
    """Hits, were the filters of these names dropped."""
    kept = {name: values for name, values in asked.filters.items() if name not in but}
    return select(matched.c.seq).where(*(_having(matched.c.seq, name, values) for name, values in kept.items()))


def _total(matched: CTE, asked: Asked, what: str, name: str, but: Iterable[str] | None) -> Select[*tuple[Any, ...]]:
    hits = _within(matched, asked, but or ()).subquery()
    return select(
        literal(what).label("what"), literal(name).label("name"), literal("").label("value"), func.count(), literal(0)
    ).select_from(hits)


def _most(matched: CTE, asked: Asked, chosen: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """The values of each facet with most hits, and those that are chosen; with the number that there are in all.

    The facet of a chosen filter is counted without that filter: its other values can be chosen too.
    """
    groups = [[name] for name in chosen] + [[name for name in NAMES if name not in chosen]]
    counted = union_all(*(_by_value(matched, asked, group) for group in groups if group)).subquery()
    name, value, count = counted.c.name, counted.c.value, counted.c.number
    place = func.row_number().over(partition_by=name, order_by=(count.desc(), value))
    ranked = select(name, value, count, place.label("place"), func.count().over(partition_by=name).label("of"))
    return _up_to(ranked.subquery(), asked)


def _by_value(matched: CTE, asked: Asked, names: Sequence[str]) -> Select[*tuple[Any, ...]]:
    wanted = select(CatalogueFacet.name, CatalogueFacet.value, func.count().label("number"))
    hits = _within(matched, asked, names)
    wanted = wanted.where(CatalogueFacet.name.in_(names), CatalogueFacet.seq.in_(hits))
    return wanted.group_by(CatalogueFacet.name, CatalogueFacet.value)


def _up_to(ranked: Subquery, asked: Asked) -> Select[*tuple[Any, ...]]:
    columns = ranked.c
    given = [columns.place <= asked.values]
    if asked.in_full:
        given.append(and_(columns.name.in_(asked.in_full), columns.place <= MOST))
    for name, values in asked.filters.items():
        given.append(and_(columns.name == name, columns.value.in_(values)))
    return select(literal(_VALUE), columns.name, columns.value, columns.number, columns.of).where(or_(*given))


def _named(session: Session, facets: Mapping[str, Counted]) -> dict[str, Counted]:
    """Values that are records under what the records are called. One statement."""
    addresses = [f"{folder}/{one.value}" for name, folder in RECORDS.items() for one in facets[name].values]
    rows = at_addresses(session, addresses) if addresses else {}
    named = dict(facets)
    for name, folder in RECORDS.items():
        values = facets[name].values
        labels = [rows[at].label if (at := f"{folder}/{one.value}") in rows else one.value for one in values]
        renamed = (Value(one.value, label, one.count, one.chosen) for one, label in zip(values, labels, strict=True))
        named[name] = Counted(tuple(renamed), facets[name].left_out)
    return named
