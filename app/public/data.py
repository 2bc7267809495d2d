"""`/data`: what machines can have here, how to begin in five lines, and what they may rely on."""

from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.columns import COLUMNS, CORRECTION_COLUMNS, FIRST, FOUND, LAST, LOG_COLUMNS, Column
from app.web.door import door_of
from app.web.negotiate import Form
from app.web.templates import fingerprint, render
from kb.log import read as log
from kb.log.read import Edition
from kb.projections.catalogue.lists import list_records
from kb.values.vocabulary import RECORD_KIND

router = APIRouter()


@dataclass(frozen=True)
class Line:
    """A command for a shell, and what it does."""

    does: str
    command: str


def data(request: Request) -> Response:
    """The commands name a record that is here, so that they work as they stand."""
    door = door_of(request)
    with door.open() as session:
        head = log.head(session)
        example = _example(session)
    etag = headers.tag("data", head, fingerprint(), door.site)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE, "Claimbase-Head": head.leaf_hash or "", **headers.OPEN}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    body = render(
        request,
        "public/data.html",
        lines=begin(door.site.base, example),
        common=(*FIRST, *LAST),
        lists=_lists(),
        alone=(
            ("corrections", "Entry of the corrections ledger", CORRECTION_COLUMNS),
            ("log", "Entry of the log", LOG_COLUMNS),
        ),
        head=head,
        example=example,
    )
    return Response(body, 200, heads, Form.HTML.content_type)


def begin(base: str, example: Edition) -> list[Line]:
    """Five lines for a POSIX shell with curl and sha256sum; the test of this page runs them."""
    version = f"{base}{links.version(example.address, example.version)}"
    file = f"v{example.version}.jsonld"
    following = r"""sed -n 's/^[Ll]ink: <\([^>]*\)>; rel="next".*/\1/p'"""
    # With the mark of a binary file in place of a second space, which a browser would not show.
    digest = f"{example.digest} *{file}"
    return [
        Line("The claims, the newest first, two at a time", f"curl -s '{base}claims.json?limit=2'"),
        Line(
            "The page after it, where the Link header leads",
            f"curl -s \"{base}claims.json$(curl -sI '{base}claims.json?limit=2' | {following})\"",
        ),
        Line("One version of one record, for good", f"curl -s -O {version}.jsonld"),
        Line("Whether it is what was published", f"echo '{digest}' | sha256sum -c"),
        Line("What is new", f"curl -s {base}{links.FEED.removeprefix('/')}"),
    ]


def _lists() -> list[tuple[str, str, tuple[Column, ...]]]:
    """(address, name, columns) of each list of records, without those that all of them have."""
    some = [(links.folder(kind), RECORD_KIND.label(kind), columns) for kind, columns in COLUMNS.items()]
    some.append((links.SEARCH, "Hit of a search over several kinds", FOUND))
    return [(path.removeprefix("/"), name, columns[len(FIRST) : -len(LAST)]) for path, name, columns in some]


def _example(session: Session) -> Edition:
    """The claim published last; where there is none yet, the foundation, which every knowledge base has."""
    newest = list_records(session, "claim", limit=1, newest=True).rows
    return log.latest_at(session, newest[0].address if newest else "foundation")


router.add_api_route(links.DATA, data, methods=READ, response_model=None, include_in_schema=False)
