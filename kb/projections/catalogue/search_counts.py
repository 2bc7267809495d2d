"""What is counted of a search: its hits, what each chosen filter costs, and the values of every facet.

Two statements. The first says how many rows have the words, and by that the second is read in one of two ways.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from kb.projections.catalogue.facets import NAMES
from kb.projections.catalogue.lists import MOST
from kb.projections.catalogue.search_asked import Asked, Counted, Value
from kb.projections.catalogue.search_text import Index, index_of, numbers
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueText

_TOTAL, _WITHOUT, _NEWEST = "total", "without", "newest"
# A facet's row costs so many times more where it is looked up by its hit than where the whole index is read.
BY_HIT = 3


def filtered(
    seq: ColumnElement[int], filters: Mapping[str, tuple[str, ...]], *, by_hit: bool
) -> list[ColumnElement[bool]]:
    """Conditions on the row of this number for all filters.

    Few hits are asked for the value, since a rare word need not wait for a list of all rows that have it.
    """
    return [_having(seq, name, values, by_hit=by_hit) for name, values in filters.items()]


def _having(seq: ColumnElement[int], name: str, values: Sequence[str], *, by_hit: bool) -> ColumnElement[bool]:
    facet = aliased(CatalogueFacet)
    found = select(facet.seq).where(facet.name == name, facet.value.in_(values))
    return found.where(facet.seq == seq).exists() if by_hit else seq.in_(found)


@dataclass(frozen=True)
class Totals:
    """Hits, hits without each filter (under "" without all), and the number of the newest edition."""

    hits: int
    without: Mapping[str, int]
    newest: int

    @property
    def by_hit(self) -> bool:
        """Whether so few rows have the words that each is better asked for what else it has."""
        return self.without[""] * BY_HIT <= self.newest

    @property
    def are_many(self) -> bool:
        return self.hits * BY_HIT > self.newest


def totals(session: Session, asked: Asked) -> Totals:
    """All exact."""
    matched = _matched(session, asked)
    parts = [_total(matched, asked, _TOTAL, "", ()), _total(matched, asked, _WITHOUT, "", NAMES)]
    parts += [_total(matched, asked, _WITHOUT, name, (name,)) for name in NAMES if name in asked.filters]
    # Not their number, which PostgreSQL would have to count: that of the newest is near enough for this.
    newest = func.coalesce(func.max(CatalogueText.seq), 0)
    parts.append(select(literal(_NEWEST), literal(""), newest))
    found = {(what, name): number for what, name, number in session.execute(union_all(*parts))}
    without = {name: number for (what, name), number in found.items() if what == _WITHOUT}
    return Totals(found[_TOTAL, ""], without, found[_NEWEST, ""])


def _matched(session: Session, asked: Asked) -> CTE:
    """The words are looked up once, the filters laid over them."""
    # Else SQLite would ask the index anew for each row of the other side.
    return numbers(index_of(session), asked.query).cte("matched").prefix_with("MATERIALIZED")


def _within(matched: CTE, asked: Asked, but: Iterable[str], *, by_hit: bool = False) -> Select[tuple[int]]:
    """Hits, were the filters of these names dropped."""
    kept = {name: values for name, values in asked.filters.items() if name not in but}
    return select(matched.c.seq).where(*filtered(matched.c.seq, kept, by_hit=by_hit))


def _total(matched: CTE, asked: Asked, what: str, name: str, but: Iterable[str]) -> Select[*tuple[Any, ...]]:
    hits = _within(matched, asked, but, by_hit=True).subquery()
    return select(literal(what).label("what"), literal(name).label("name"), func.count()).select_from(hits)


def facets(session: Session, asked: Asked, *, by_hit: bool) -> dict[str, Counted]:
    """The values of each facet with most hits, and those that are chosen; with the number that there are in all.

    The facet of a chosen filter is counted without that filter: its other values can be chosen too.
    """
    index, matched = index_of(session), _matched(session, asked)
    groups = [[name] for name in NAMES if name in asked.filters] + [[n for n in NAMES if n not in asked.filters]]
    by_value = (_by_value(index, matched, asked, group, by_hit=by_hit) for group in groups if group)
    counted = union_all(*by_value).cte("counted")
    numbers, found = dict[str, int](), dict[str, dict[str, int]]()
    for name, value, number in session.execute(union_all(*_given(counted, asked))):
        if value is None:
            numbers[name] = number
        else:
            found.setdefault(name, {})[value] = number
    return {name: _whole(asked, name, found.get(name, {}), numbers.get(name, 0)) for name in NAMES}


def _by_value(
    index: Index, matched: CTE, asked: Asked, names: Sequence[str], *, by_hit: bool
) -> Select[*tuple[Any, ...]]:
    """Few hits are asked for their values one by one; for many, the index is read in its order, value by value."""
    # An expression is in no index, so that the database goes by the hits.
    name = func.coalesce(CatalogueFacet.name, "") if by_hit else CatalogueFacet.name
    wanted = select(CatalogueFacet.name, CatalogueFacet.value, func.count().label("number"))
    hit = CatalogueFacet.seq.in_(_within(matched, asked, names, by_hit=by_hit))
    wanted = wanted.where(name.in_(names), hit if by_hit else index.row_by_row(hit))
    return wanted.group_by(CatalogueFacet.name, CatalogueFacet.value)


def _given(counted: CTE, asked: Asked) -> Iterator[Select[*tuple[Any, ...]]]:
    """Of each facet its first values; the chosen ones wherever they stand; and under no value, how many there are."""
    name, value, number = counted.c.name, counted.c.value, counted.c.number
    for one in NAMES:
        first = select(name, value, number).where(name == one).order_by(number.desc(), value)
        some = first.limit(MOST if one in asked.in_full else asked.values).subquery()
        yield select(some.c.name, some.c.value, some.c.number)
    if asked.filters:
        picked = ((name == one) & value.in_(values) for one, values in asked.filters.items())
        yield select(name, value, number).where(or_(*picked))
    yield select(name, literal(None), func.count()).group_by(name)


def _whole(asked: Asked, name: str, found: Mapping[str, int], of: int) -> Counted:
    """In their order, with chosen values that no hit has."""
    chosen = asked.filters.get(name, ())
    numbers = dict.fromkeys(chosen, 0) | dict(found)
    values = [Value(value, value, number, value in chosen) for value, number in numbers.items()]
    values.sort(key=lambda one: (-one.count, one.value))
    return Counted(tuple(values), of - len(found))
