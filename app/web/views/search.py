"""A search as its page shows it: filters to take away, values to choose, and what to drop where nothing is found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from app.web import links
from app.web.words import grouped
from kb.projections.catalogue.facets import HAS, NAMES
from kb.projections.catalogue.search import SORTS, Asked, Counted, Found, Value
from kb.values.vocabulary import RECORD_KIND, VERDICT

TITLES = {
    "kind": "Kind of record",
    "verdict": "Verdict",
    "topic": "Topic",
    "agent": "Who is named",
    "source": "Source quoted",
    "year": "Year",
    "has": "Has",
    "corrected": "Corrected",
}
SORT_TITLES = {
    "relevance": "most relevant first",
    "newest": "published last first",
    "corrected": "corrected last first",
}
# Searches are for claims where nothing else is said, and for everything where “all” is.
CLAIMS, ALL = ("claim",), "all"
KIND = "kind"


@dataclass(frozen=True)
class Typed:
    """A search as it stands in the address; `filters` has what was chosen, in the order of NAMES."""

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    sort: str = ""
    limit: int | None = None
    in_full: str = ""

    def pairs(self, after: str | None = None) -> Iterator[tuple[str, str]]:
        """Names and values of the query; the same search always has the same address."""
        if self.q:
            yield "q", self.q
        for name in NAMES:
            yield from ((name, value) for value in self.filters.get(name, ()))
        for name, given in (("sort", self.sort), ("limit", self.limit), ("more", self.in_full), ("after", after)):
            if given:
                yield name, str(given)

    def address(self, after: str | None = None) -> str:
        """Relative to the search's own page."""
        return links.query(self.pairs(after)) or links.SEARCH.removeprefix("/")

    @property
    def effective(self) -> dict[str, tuple[str, ...]]:
        """The filters as they work: claims where no kind is chosen."""
        chosen = dict(self.filters)
        if not chosen.get(KIND):
            return {KIND: CLAIMS, **chosen}
        return {name: values for name, values in chosen.items() if name != KIND or ALL not in values}

    def without(self, name: str, value: str | None = None) -> "Typed":
        """Less one value of a filter, or all of it; from the first page on."""
        kept = tuple(one for one in self.filters.get(name, ()) if value is not None and one != value)
        return self._with(name, kept)

    def also(self, name: str, value: str) -> "Typed":
        """One more value of a filter. A kind takes the place of “all”."""
        return self._with(name, (*(one for one in self.filters.get(name, ()) if one != ALL), value))

    def _with(self, name: str, values: tuple[str, ...]) -> "Typed":
        filters = {one: some for one, some in {**self.filters, name: values}.items() if some}
        return replace(self, filters=filters, in_full="")


class Chip(NamedTuple):
    """A chosen value, and the way to the same search without it."""

    title: str
    label: str
    way: str


class Choice(NamedTuple):
    """A value that can be chosen, or taken away where it is."""

    label: str
    hits: int
    chosen: bool
    way: str


class Group(NamedTuple):
    """A facet; `more` leads to more of its values, None where all are there or no more are given at once."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    left_out: int
    more: str | None


class Way(NamedTuple):
    """Somewhere to go on, in words, with the hits that are there."""

    words: str
    hits: int
    way: str


def label(name: str, value: Value) -> str:
    """A value in words."""
    if name == KIND:
        return f"{RECORD_KIND.label(value.value)}s"
    if name == "verdict":
        return VERDICT.label(value.value)
    if name == "corrected":
        return "at least once"
    return HAS[value.value] if name == "has" else value.label


def chips(typed: Typed, found: Found) -> list[Chip]:
    """What is chosen, without the claims that are meant where nothing is."""
    made = list[Chip]()
    for name in NAMES:
        known = {value.value: label(name, value) for value in found.facets[name].values} | {ALL: "all"}
        made += [
            Chip(TITLES[name], known.get(value, value), typed.without(name, value).address())
            for value in typed.filters.get(name, ())
        ]
    return made


def groups(typed: Typed, asked: Asked, found: Found) -> list[Group]:
    """The facets with a value that some of the hits have and others have not, or that is chosen already.

    Other kinds of record stand beside the number of claims, so they are a facet only where a kind is chosen.
    """
    made = []
    for name in NAMES:
        counted = found.facets[name]
        choices = tuple(_choice(typed, name, value) for value in _in_order(name, counted))
        parts_hits = name != KIND and any(choice.hits != found.total for choice in choices)
        if choices and (parts_hits or name in typed.filters):
            asks_more = counted.left_out and name not in asked.in_full
            way = replace(typed, in_full=name).address() if asks_more else None
            made.append(Group(name, TITLES[name], choices, counted.left_out, way))
    return made


def other_kinds(typed: Typed, found: Found) -> list[Way]:
    """Where only claims are looked at: what else has the words."""
    if typed.filters.get(KIND):
        return []
    values = (value for value in found.facets[KIND].values if value.value not in CLAIMS and value.count)
    return [
        Way(_some(value.count, value.value), value.count, replace(typed, filters={KIND: (value.value,)}).address())
        for value in values
    ]


def counted(typed: Typed, found: Found) -> str:
    """“5 claims”, “No claims”; “12 records” where they may be of several kinds."""
    kinds = typed.effective.get(KIND, ())
    return _some(found.total, kinds[0] if len(kinds) == 1 else "")


def sorts(typed: Typed, asked: Asked) -> list[tuple[str, str | None]]:
    """The orders there are; the one in use leads nowhere."""
    offered = SORTS if asked.query.wanted else SORTS[1:]
    return [(SORT_TITLES[one], None if one == asked.order else replace(typed, sort=one).address()) for one in offered]


def to_drop(typed: Typed, found: Found) -> list[Way]:
    """For each chosen filter the hits there would be without it."""
    named = [
        (name, ", ".join(chip.label for chip in chips(typed, found) if chip.title == TITLES[name])) for name in NAMES
    ]
    ways = [
        Way(f"{TITLES[name]}: {words}", found.without.get(name, 0), typed.without(name).address())
        for name, words in named
        if typed.filters.get(name)
    ]
    return sorted(ways, key=lambda way: -way.hits)


def of_words(typed: Typed, words: Iterable[str]) -> str:
    """The same search for other words."""
    return replace(typed, q=" ".join(words), in_full="").address()


def _choice(typed: Typed, name: str, value: Value) -> Choice:
    chosen = value.value in typed.filters.get(name, ())
    to = typed.without(name, value.value) if chosen else typed.also(name, value.value)
    return Choice(label(name, value), value.count, chosen, to.address())


def _in_order(name: str, counted: Counted) -> Iterable[Value]:
    """Years from the last to the first, which is how one looks for them; all else by its hits."""
    return sorted(counted.values, key=lambda one: -int(one.value)) if name == "year" else counted.values


def _some(number: int, kind: str) -> str:
    word = RECORD_KIND.label(kind).lower() if kind else "record"
    return f"{grouped(str(number)) if number else 'No'} {word}{'' if number == 1 else 's'}"
