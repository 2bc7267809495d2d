"""What a search was asked for, read from its address; what makes no sense is refused with what would."""

import re

from starlette.requests import Request

from app.web.views.search import ALL, KIND, Typed
from kb.documents.addresses import SLUG
from kb.errors import Refused
from kb.projections.catalogue.facets import CORRECTED, HAS, NAMES
from kb.projections.catalogue.lists import LIMIT, MOST
from kb.projections.catalogue.pieces import KINDS
from kb.projections.catalogue.query import Query
from kb.projections.catalogue.search import FEW, SORTS, Asked
from kb.values.ids import is_id
from kb.values.prose import shown
from kb.values.vocabulary import VERDICT

MOST_VALUES = 20
# Filters whose values are words of a list, and those whose values are of a form.
WORDS = {"kind": (*KINDS, ALL), "verdict": VERDICT.words, "has": tuple(HAS), "corrected": (CORRECTED,)}
YEAR = re.compile("-?[0-9]{1,6}", re.ASCII)
_SLUG = re.compile(SLUG)


def read_typed(request: Request) -> Typed:
    """Blank values are as good as none, and names that no search knows say nothing. Raises Refused."""
    given = request.query_params
    filters = {name: values for name in NAMES if (values := _values(request, name))}
    sort, limit, in_full = given.get("sort", ""), given.get("limit", ""), given.get("more", "")
    if sort and sort not in SORTS:
        raise Refused(f"“{shown(sort)}” is no order.", where="sort", remedy=f"Choose one of {', '.join(SORTS)}.")
    if limit and not (limit.isascii() and limit.isdecimal() and len(limit) <= 9 and int(limit)):
        raise Refused(f"“limit” is a number from 1 to {MOST}.", where="limit", remedy="Leave it out, or choose one.")
    if in_full and in_full not in NAMES:
        raise Refused(f"“{shown(in_full)}” is no filter.", where="more", remedy=f"Choose one of {', '.join(NAMES)}.")
    return Typed(given.get("q", "").strip(), filters, sort, min(int(limit), MOST) if limit else None, in_full)


def asked_for(request: Request, typed: Typed, query: Query, *, in_full: bool) -> Asked:
    """The search itself; `in_full`: as many values of every facet as there may be at once."""
    return Asked(
        query,
        typed.effective,
        typed.sort or SORTS[0],
        request.query_params.get("after") or None,
        typed.limit or LIMIT,
        MOST if in_full else FEW,
        frozenset({typed.in_full} if typed.in_full else ()),
    )


def _values(request: Request, name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.query_params.getlist(name) if value))
    if len(values) > MOST_VALUES:
        raise Refused(f"These are more than {MOST_VALUES} values of “{name}”.", where=name, remedy="Choose fewer.")
    for value in values:
        _check(name, value)
    return (ALL,) if name == KIND and ALL in values else values


def _check(name: str, value: str) -> None:
    if name in WORDS:
        known, remedy = value in WORDS[name], f"Choose one of {', '.join(WORDS[name])}."
    elif name == "year":
        known, remedy = bool(YEAR.fullmatch(value)), "Write it in digits: 2019."
    elif name == "topic":
        known, remedy = bool(_SLUG.fullmatch(value)), "A topic is named by the last part of its address."
    else:
        known, remedy = is_id(value), f"{'A source' if name == 'source' else 'An agent'} is named by its id."
    if not known:
        raise Refused(f"“{shown(value)}” is no value of the filter “{name}”.", where=name, remedy=remedy)
