"""All the evidence of a claim in pieces: where a page stands that leads on from a claim with very much of it."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.public import addressing
from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from app.web.negotiate import Form, accepted, choose
from app.web.standing import Shown, judged, of_latest
from app.web.templates import fingerprint, render
from app.web.views import claim, pieces
from app.web.views.cited import Cited
from app.web.views.evidence import points
from app.web.views.figures import figures
from kb.documents.label import replies_in_view
from kb.errors import Missing, Refused
from kb.log.read import Edition

KIND = "claim"
# No claim has as many pieces of evidence, and a longer number is none that a database takes.
LONGEST = 6
router = APIRouter()


def of_newest(request: Request, name: str) -> Response:
    """`/claims/{id}/evidence`."""
    return _evidence(request, name, None)


def of_version(request: Request, name: str, part: str) -> Response:
    """`/claims/{id}/v{n}/evidence`."""
    return _evidence(request, name, part)


def _evidence(request: Request, name: str, part: str | None) -> Response:
    number = addressing.number_of(part) if part else None
    if part and number is None:
        raise Missing("Nothing is published at this address.", where=name[: addressing.LONGEST])
    choose(accepted(request), (Form.HTML,))
    first = _first(request)
    try:
        with door_of(request).open() as session:
            shown = _shown(session, name, number)
    except addressing.Elsewhere as elsewhere:
        way = f"../{elsewhere.name}" if part is None else f"../../{elsewhere.name}/{part}"
        return RedirectResponse(f"{way}/{links.EVIDENCE}", elsewhere.status)
    etag = headers.tag("evidence", first, shown.edition.digest, shown.standing, fingerprint(), door_of(request).site)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE, "Vary": "Accept"}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    return Response(_page(request, shown, first), 200, heads, "text/html")


def _shown(session: Session, name: str, number: int | None) -> Shown:
    if number is not None:
        return judged(session, addressing.version(session, KIND, name, number))
    edition: Edition = addressing.latest(session, KIND, name)
    return Shown(edition, of_latest(edition), pinned=False)


def _page(request: Request, shown: Shown, first: int) -> bytes:
    entity = shown.entity
    found = points(entity)
    piece = pieces.piece(found, first)
    if found and not piece.groups and not piece.apart:
        raise Refused(f"There are {len(found)} pieces of evidence.", where="from", remedy="Start without “from”.")
    elsewhere = pieces.moved(found, claim.version_at(shown.document["@id"]), 0)
    placed = [own if own.number in piece.numbers else other for own, other in zip(found, elsewhere, strict=True)]
    return render(
        request,
        "public/evidence.html",
        shown=shown,
        edition=shown.edition,
        claim=entity,
        cited=Cited(shown.document),
        shorts=replies_in_view(entity),
        verdict=claim.verdict(entity) if "assessment" in entity else None,
        replies=claim.replies(entity, placed),
        piece=piece,
        states=sorted({point.node["quoteState"] for point in found if point.number in piece.numbers}),
        figures=figures(entity, [point for point in placed if not point.page]),
    )


def _first(request: Request) -> int:
    given = request.query_params.get("from", "1")
    if not (given.isascii() and given.isdecimal() and len(given) <= LONGEST and int(given) > 0):
        raise Refused("“from” is the number of a piece of evidence.", where="from", remedy="Start without it.")
    return int(given)


_PATH = f"{links.folder(KIND)}/{{name}}"
for _path, _endpoint in (
    (f"{_PATH}/{links.EVIDENCE}", of_newest),
    (f"{_PATH}/{{part}}/{links.EVIDENCE}", of_version),
):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
