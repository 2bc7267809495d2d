"""The page on which a query is written, and its answer or what is wrong with it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.public.sparql import table, ways
from app.public.sparql.faults import fault_of
from app.public.sparql.forms import Form
from app.public.sparql.prefixes import USUAL
from app.public.sparql.questions import named, sentence_of
from app.public.sparql.reading import Asked
from app.public.sparql.table import SHOWN, Table
from app.web import headers, links
from app.web.door import door_of
from app.web.templates import render
from kb.errors import Problem
from kb.log import read as log
from kb.projections.triples.limits import Limits
from kb.projections.triples.question import Answer, Kind

ROWS = 16


@dataclass(frozen=True)
class Sheet:
    """What is on the page: nothing yet; or what was asked, with its answer or with what is wrong.

    `answer` is JSON of SELECT and ASK, N-Triples of CONSTRUCT and DESCRIBE; `kind` is of the query, where it was read.
    """

    asked: Asked | None = None
    answer: Answer | None = None
    problem: Problem | None = None
    kind: Kind | None = None


@dataclass(frozen=True)
class Found:
    """An answer as it is shown: of an ASK `truth`, of all others `table`, of so many of its `unit`.

    `forms`: what else it is to be had as, and where.
    """

    sentence: str
    unit: str
    truth: bool | None
    table: Table | None
    milliseconds: int
    seq: int
    head: int
    forms: Sequence[tuple[Form, str]]

    @property
    def rows(self) -> int:
        return self.table.total if self.table else 1


@dataclass(frozen=True)
class Again:
    """How the same is asked again: `link` and `short` from the first page, None where there is none."""

    link: str | None
    short: str | None
    curl: str


def show(request: Request, sheet: Sheet, status: int = 200) -> Response:
    """The whole page: for whoever likes HTML better than data."""
    site = door_of(request).site
    asked = ways.asked_as(sheet.asked) if sheet.asked else None
    body = render(
        request,
        "public/sparql.html",
        asked=asked,
        found=_found(request, sheet.answer, asked, sheet.kind) if sheet.answer and asked and sheet.kind else None,
        fault=fault_of(sheet.problem, asked.query if asked else "") if sheet.problem else None,
        again=_again(asked, site.base, sheet.kind) if asked else None,
        questions=named(),
        usual=USUAL,
        endpoint=site.base + links.SPARQL.removeprefix("/"),
        files=[form for form in Form if form is not Form.HTML],
        shown=SHOWN,
        limits=Limits(),
        in_address=ways.LONGEST,
    )
    heads = {"Cache-Control": headers.REVALIDATE if status == 200 else headers.NEVER, "Vary": "Accept"}
    return Response(body, status, heads, "text/html; charset=utf-8")


def _found(request: Request, answer: Answer, asked: Asked, kind: Kind) -> Found:
    door = door_of(request)
    with door.open() as session:
        head = log.head(session).seq
    if kind is Kind.ASK:
        truth, rows = table.truth(answer), None
    else:
        truth, rows = None, (table.graph if kind.gives_graph else table.solutions)(answer, door.site.base)
    forms = [(form, way) for form in ways.FILES[kind.gives_graph] if (way := _way(asked, form))]
    # An index that was asked after the head was read may be ahead of it.
    return Found(
        sentence=sentence_of(asked.query),
        unit="triple" if kind.gives_graph else "row",
        truth=truth,
        table=rows,
        milliseconds=round(answer.milliseconds),
        seq=answer.seq,
        head=max(head, answer.seq),
        forms=forms,
    )


def _way(asked: Asked, form: Form) -> str | None:
    return ways.link(asked, form) or ways.short_link(asked, form)


def _again(asked: Asked, base: str, kind: Kind | None) -> Again:
    graph = kind is not None and kind.gives_graph
    return Again(ways.link(asked), ways.short_link(asked), ways.curl(asked, base, gives_graph=graph))
