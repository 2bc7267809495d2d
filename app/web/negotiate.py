"""Which form an answer takes: the suffix says it, else `Accept` (RFC 9110, 12.5.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Protocol, TypeVar

from starlette.requests import Request

from kb.errors import Missing, Refused

# Nobody means more than this; the rest of an absurd header is not read.
MOST_RANGES = 50
# What stands between quotation marks holds no comma or semicolon that divides, as in `profile="a,b"`.
_RANGE = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PART = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')


class Form(StrEnum):
    """A form that a page can be had in; the value is its suffix."""

    HTML = "html"
    JSONLD = "jsonld"
    TTL = "ttl"
    NT = "nt"
    TRIG = "trig"
    NQ = "nq"
    RDF = "rdf"
    JSON = "json"
    CSV = "csv"
    ATOM = "atom"

    @property
    def media_type(self) -> str:
        """Without parameters, as `Accept` and `Link` name it."""
        return _MEDIA[self]

    @property
    def content_type(self) -> str:
        """As `Content-Type` has it. JSON and N-Triples are UTF-8 by their own rules and take no charset."""
        return f"{_MEDIA[self]}; charset=utf-8" if _MEDIA[self].startswith("text/") else _MEDIA[self]

    @property
    def shown_as(self) -> str:
        """As a link names it."""
        return _TITLES[self]


_MEDIA = {
    Form.HTML: "text/html",
    Form.JSONLD: "application/ld+json",
    Form.TTL: "text/turtle",
    Form.NT: "application/n-triples",
    Form.TRIG: "application/trig",
    Form.NQ: "application/n-quads",
    Form.RDF: "application/rdf+xml",
    Form.JSON: "application/json",
    Form.CSV: "text/csv",
    Form.ATOM: "application/atom+xml",
}
_TITLES = {
    Form.HTML: "page",
    Form.JSONLD: "JSON-LD",
    Form.TTL: "Turtle",
    Form.NT: "N-Triples",
    Form.TRIG: "TriG",
    Form.NQ: "N-Quads",
    Form.RDF: "RDF/XML",
    Form.JSON: "JSON",
    Form.CSV: "CSV",
    Form.ATOM: "Atom",
}
# In order of preference where a client likes several equally well.
RECORD_FORMS = (Form.HTML, Form.JSONLD, Form.TTL, Form.NT, Form.TRIG, Form.NQ, Form.RDF, Form.JSON)
LIST_FORMS = (Form.HTML, Form.JSON, Form.CSV, Form.ATOM)
# Of a table that nobody follows as news.
TABLE_FORMS = (Form.HTML, Form.JSON, Form.CSV)
# Of a page that is no list and has no document of its own.
PAGE_FORMS = (Form.HTML, Form.JSON)


# Whoever names one of these reads the form as well: old names of it, and forms that it is a part of. That only chooses
# among what is liked equally well: rdflib asks for N-Triples with `text/plain, */*;q=0.1`.
_ALSO_READ = {
    "application/n-triples": frozenset({"text/plain", "application/n-quads"}),
    "text/turtle": frozenset({"text/n3", "application/x-turtle", "application/trig"}),
}


class Offered(Protocol):
    """Whatever can be asked for by a media type."""

    @property
    def media_type(self) -> str: ...


AnyOffered = TypeVar("AnyOffered", bound=Offered)
BY_SUFFIX = "add its suffix to the address"


class NotAcceptable(Refused):
    """None of the forms there are is one that the client takes; `else_do` is how one of them is asked for as well."""

    def __init__(self, offered: Sequence[Offered], else_do: str = BY_SUFFIX) -> None:
        super().__init__(
            "This is not to be had in a form that was asked for.",
            where="Accept",
            remedy=f"Choose one of those that there are, or {else_do}.",
        )
        self.available = tuple(form.media_type for form in offered)


class NoSuchForm(Missing):
    """The suffix names no form that this can be had in."""


@dataclass(frozen=True)
class _Range:
    type: str
    subtype: str
    weight: float

    def matches(self, media_type: str) -> int:
        """0 where it does not; else the more, the more exactly."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 3
        if (self.type, self.subtype) == (kind, "*"):
            return 2
        return int((self.type, self.subtype) == ("*", "*"))


def accepted(request: Request) -> str | None:
    """The `Accept` of a request, from all of its lines (RFC 9110, 5.3); None where there is none."""
    return ", ".join(request.headers.getlist("accept")) or None


def choose(accept: str | None, offered: Sequence[AnyOffered], else_do: str = BY_SUFFIX) -> AnyOffered:
    """The form liked best; among equals one that is named before one under a wildcard, then the first of `offered`.

    Raises NotAcceptable.
    """
    ranges = _ranges(accept) if accept and accept.strip() else []
    if not ranges:
        return offered[0]
    liked = [(_liking(ranges, form.media_type), -place, form) for place, form in enumerate(offered)]
    # No two have the same place, so forms themselves are never compared.
    (weight, _), _, best = max(liked)
    if weight <= 0:
        raise NotAcceptable(offered, else_do)
    return best


def prefers(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type liked best among `offered`, None where there is none."""
    ranges = _ranges(accept or "*/*")
    (weight, _), _, best = max((_liking(ranges, one), -place, one) for place, one in enumerate(offered))
    return best if weight > 0 else None


def split_suffix(name: str, offered: Sequence[Form]) -> tuple[str, Form | None]:
    """`37d2qfnqr.ttl` into name and form; None where there is no suffix. Raises NoSuchForm."""
    bare, dot, suffix = name.rpartition(".")
    if not dot:
        return name, None
    known = {form.value: form for form in offered if form is not Form.HTML}
    if suffix not in known:
        raise NoSuchForm(
            f"“.{suffix[:20]}” is not a form that this can be had in.",
            where=bare[:100],
            remedy=f"There are {', '.join('.' + one for one in known)}.",
        )
    return bare, known[suffix]


def _liking(ranges: Sequence[_Range], media_type: str) -> tuple[float, int]:
    """Weight and exactness of the most exact range that matches: `*/*;q=0.1` says nothing of what is named."""
    exactness, weight = max(((one.matches(media_type), one.weight) for one in ranges), default=(0, 0.0))
    if not exactness:
        return 0.0, 0
    named = {f"{one.type}/{one.subtype}" for one in ranges if one.weight > 0}
    return weight, max(exactness, 2) if named & _ALSO_READ.get(media_type, frozenset()) else exactness


def _ranges(accept: str) -> list[_Range]:
    found = []
    for piece in islice(_RANGE.finditer(accept), MOST_RANGES):
        name, *parameters = _parts(piece[0]) or [""]
        kind, slash, subtype = name.partition("/")
        if slash and kind and subtype and (weight := _q(parameters)) is not None:
            found.append(_Range(kind, subtype, weight))
    return found


def _parts(piece: str) -> list[str]:
    return [part[0].strip() for part in _PART.finditer(piece.lower())]


def _q(parameters: Sequence[str]) -> float | None:
    """1 where no weight is given, None where it is none."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            value = value.strip()
            if not value.replace(".", "", 1).isdecimal() or not value.isascii():
                return None
            return min(float(value), 1.0)
    return 1.0
