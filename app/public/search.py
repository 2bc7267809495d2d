"""`/search`: full text over what is published, with facets; as a page, JSON, a table and a feed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.public.asking import asked_for, read_typed
from app.public.meant import Meant, meant
from app.public.paging import link
from app.public.record import READ
from app.web import headers, links
from app.web.columns import COLUMNS, FOUND, table
from app.web.door import Site, door_of
from app.web.feeding import Frame, feed, row_entry
from app.web.listing import hit_json
from app.web.negotiate import LIST_FORMS, Form, accepted, choose, split_suffix
from app.web.templates import fingerprint, render
from app.web.views import search as view
from app.web.views.search import Typed
from kb.errors import Refused
from kb.formats.feed import atom
from kb.projections.catalogue.query import opened, parse
from kb.projections.catalogue.search import Asked, Found, each_alone, how_many, search
from kb.projections.catalogue.snippets import Snippet, snippets
from kb.projections.follow import lag

router = APIRouter()


@dataclass(frozen=True)
class Answer:
    """What was found; `meant`, `snippets` and, where there is no hit, `alone` and `opened` are for the page alone."""

    typed: Typed
    asked: Asked
    found: Found
    behind: int
    meant: Meant | None = None
    snippets: Mapping[str, Snippet] = field(default_factory=dict)
    alone: tuple[tuple[str, int], ...] = ()
    opened: int = 0

    @property
    def next(self) -> str | None:
        return self.typed.address(self.found.next) if self.found.next else None


def searched(request: Request) -> Response:
    """A page that cannot be answered keeps what was typed, with what is wrong above it."""
    form = choose(accepted(request), LIST_FORMS)
    try:
        return _searched(request, form, negotiated=True)
    except Refused as refused:
        if form is not Form.HTML:
            raise
        typed = Typed(request.query_params.get("q", "")[:500], {})
        body = render(request, "public/search.html", answer=None, typed=typed, refused=refused)
        return Response(body, 400, {"Cache-Control": headers.NEVER, "Vary": "Accept"}, "text/html")


def in_form(request: Request, suffix: str) -> Response:
    """`/search.json`, `/search.csv`, `/search.atom`."""
    _, form = split_suffix(f"search.{suffix}", LIST_FORMS)
    return _searched(request, form or Form.JSON, negotiated=False)


def _searched(request: Request, form: Form, *, negotiated: bool) -> Response:
    typed = read_typed(request)
    asked = asked_for(request, typed, parse(typed.q), in_full=form is Form.JSON)
    door = door_of(request)
    with door.open() as session:
        answer = _answer(session, typed, asked, for_page=form is Form.HTML)
        of_log = headers.of_log(session, answer.behind) if form is not Form.HTML else {}
    etag = headers.tag(form.value, answer, of_log, fingerprint(), door.site)
    heads = headers.revalidated(etag, is_data=form is not Form.HTML, negotiated=negotiated)
    heads |= {**link(answer.next), **of_log}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    return _as(request, form, answer, door.site, heads)


def _answer(session: Session, typed: Typed, asked: Asked, *, for_page: bool) -> Answer:
    """The same number of statements whatever is found; where nothing is, two more that help on."""
    found = search(session, asked)
    behind = lag(session)["catalogue"]
    if not for_page:
        return Answer(typed, asked, found, behind)
    alone: tuple[tuple[str, int], ...] = ()
    wider = 0
    if not found.total and asked.query.wanted:
        alone = tuple(each_alone(session, asked))
        wider = how_many(session, Asked(opened(asked.query), asked.filters))
    shown = snippets(session, found.rows, asked.query)
    return Answer(typed, asked, found, behind, meant(session, typed.q), shown, alone, wider)


def _as(request: Request, form: Form, answer: Answer, site: Site, heads: dict[str, str]) -> Response:
    if form is Form.HTML:
        body = render(request, "public/search.html", typed=answer.typed, refused=None, **_page(answer))
        return Response(body, 200, heads, form.content_type)
    if form is Form.JSON:
        return JSONResponse(_as_json(answer, site.base), 200, heads)
    if form is Form.CSV:
        heads["Content-Disposition"] = headers.attachment("search.csv")
        return Response(_table(answer, site.base), 200, heads, form.content_type)
    return Response(_feed(answer, site), 200, heads, form.content_type)


def _page(answer: Answer) -> Mapping[str, Any]:
    typed, found = answer.typed, answer.found
    words = [one for one, _ in answer.alone]
    return {
        "answer": answer,
        "behind": answer.behind,
        "chips": view.chips(typed, found),
        "groups": view.groups(typed, answer.asked, found),
        "sorts": view.sorts(typed, answer.asked),
        "others": view.other_kinds(typed, found),
        "to_drop": [] if found.total else view.to_drop(typed, found),
        "counted": view.counted(typed, found),
        "bare": Typed(typed.q).address(),
        "everything": Typed(typed.q, {view.KIND: (view.ALL,)}).address(),
        "words": [(word, count, view.of_words(typed, [word])) for word, count in answer.alone],
        "wider": view.of_words(typed, [f"{word.rstrip('*')}*" for word in words]),
        "first": typed.address(),
        "forms": [(form, f"search.{form.value}{links.query(typed.pairs())}") for form in LIST_FORMS[1:]],
    }


def _as_json(answer: Answer, base: str) -> dict[str, Any]:
    facets = {
        name: [{"value": one.value, "label": view.label(name, one), "count": one.count} for one in counted.values]
        for name, counted in answer.found.facets.items()
    }
    left_out = {name: counted.left_out for name, counted in answer.found.facets.items() if counted.left_out}
    return {
        "total": answer.found.total,
        "hits": [hit_json(row, base) for row in answer.found.rows],
        "facets": facets,
        # How many values of a facet are not given, where there are too many.
        "facets_left_out": left_out,
        "next": answer.next,
        "behind": answer.behind,
    }


def _table(answer: Answer, base: str) -> bytes:
    kinds = answer.asked.filters.get("kind", ())
    columns = COLUMNS.get(kinds[0], FOUND) if len(kinds) == 1 else FOUND
    return table(columns, (hit_json(row, base) for row in answer.found.rows))


def _feed(answer: Answer, site: Site) -> bytes:
    typed = answer.typed
    part = links.query(typed.pairs())
    frame = Frame(
        f"Search: {typed.q}" if typed.q else "Search",
        "search.atom",
        links.SEARCH.removeprefix("/") + part,
        links.query(typed.pairs(answer.asked.after)),
        answer.next,
        part=part,
        more=f"This list is {answer.behind} behind the log; it catches up by itself." if answer.behind else None,
    )
    return atom(feed(site, frame, (row_entry(row, site.base) for row in answer.found.rows)))


for _path, _endpoint in ((links.SEARCH, searched), (f"{links.SEARCH}.{{suffix}}", in_form)):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
