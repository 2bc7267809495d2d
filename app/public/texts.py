"""The text of record of a source, where its licence is open: in pages with its quotations marked, and as a file."""

from dataclasses import dataclass
from typing import NoReturn

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.public import addressing
from app.public.quoted import listed, quotations, set_text
from app.public.record import READ
from app.web import headers
from app.web.door import door_of
from app.web.errors import NotHere
from app.web.held import Held, text_of
from app.web.links import TEXT
from app.web.negotiate import Form, accepted, choose
from app.web.standing import Shown, of_latest
from app.web.templates import fingerprint, render
from kb.errors import Refused
from kb.log.read import Edition
from kb.log.series import states_of
from kb.projections.catalogue.lists import MOST, claims_of

PLAIN = "text/plain; charset=utf-8"
# No text that we keep has as many characters.
DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """Which text, and where in it: `snapshot` by its number, None for the newest; `start` in code points from 0."""

    snapshot: int | None
    start: int


def texts(folder: str, roles: tuple[str, ...]) -> APIRouter:
    """`/sources/{id}/text?from=964`, the page that holds character 964; `/sources/{id}/text.txt`, the exact bytes.

    `roles` are those in which claims quote from a source.
    """
    router = APIRouter()

    def page(request: Request, name: str) -> Response:
        choose(accepted(request), (Form.HTML,))
        asked = _asked(request)
        with door_of(request).open() as session:
            try:
                return _page(request, session, addressing.latest(session, "source", name), asked, roles)
            except addressing.Elsewhere as elsewhere:
                return RedirectResponse(f"../{elsewhere.name}/{TEXT}", elsewhere.status)

    def file(request: Request, name: str) -> Response:
        asked = _asked(request)
        with door_of(request).open() as session:
            try:
                return _file(request, session, addressing.latest(session, "source", name), asked)
            except addressing.Elsewhere as elsewhere:
                return RedirectResponse(f"../{elsewhere.name}/{TEXT}.txt", elsewhere.status, headers.OPEN)

    for path, endpoint in ((f"{folder}/{{name}}/{TEXT}", page), (f"{folder}/{{name}}/{TEXT}.txt", file)):
        router.add_api_route(path, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _page(request: Request, session: Session, edition: Edition, asked: Asked, roles: tuple[str, ...]) -> Response:
    held = _held(session, edition, asked)
    claims = claims_of(session, edition.address, *roles, limit=MOST)
    site = door_of(request).site
    quoting = states_of(session, [row.record for row in claims.rows])
    etag = headers.tag(TEXT, edition.digest, held, claims, quoting, asked, fingerprint(), site)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    quoted = quotations(session, edition, claims.rows, held.sha256)
    shown = set_text(held, quoted, asked.start)
    if shown is None:
        _not_here(edition, held.in_words)
    body = render(
        request,
        "public/text.html",
        edition=edition,
        shown=Shown(edition, of_latest(edition), pinned=False),
        set=shown,
        here=[one for one in listed(quoted, shown) if one.number in shown.on_page],
        claims=claims,
        asked=asked,
    )
    return Response(body, 200, heads, Form.HTML.content_type)


def _file(request: Request, session: Session, edition: Edition, asked: Asked) -> Response:
    """The bytes that were hashed, so that `sha256sum` of the file is the hash that quotations name."""
    held = _held(session, edition, asked)
    if held.data is None:
        _not_here(edition, held.in_words)
    etag = f'"{held.sha256}"'
    heads = headers.OPEN | {"ETag": etag, "Cache-Control": headers.REVALIDATE}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    heads |= {"Repr-Digest": headers.repr_digest(held.sha256)}
    if held.language:
        heads["Content-Language"] = held.language
    return Response(held.data, 200, heads, PLAIN)


def _held(session: Session, edition: Edition, asked: Asked) -> Held:
    held = text_of(session, edition, asked.snapshot)
    if held is None:
        _not_here(edition, "is not shown: no licence for it is open. Quotations stand on the page of the source.")
    return held


def _not_here(edition: Edition, why: str) -> NoReturn:
    raise NotHere(f"The text {why}", where=edition.address, near=edition.address)


def _asked(request: Request) -> Asked:
    """Raises Refused where a number is none."""
    found: dict[str, int | None] = {}
    for name in ("snapshot", "from"):
        given = request.query_params.get(name)
        if given is not None and not (given.isascii() and given.isdecimal() and len(given) <= DIGITS):
            raise Refused(f"“{name}” is a number.", where=name, remedy="Leave it out to begin at the beginning.")
        found[name] = int(given) if given is not None else None
    return Asked(found["snapshot"], found["from"] or 0)
