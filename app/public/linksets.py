"""All the links of a version in one document, for machines: `/claims/{id}/v{n}/linkset.json` (RFC 9264)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.record import READ
from app.web import headers, links, signposting
from app.web.door import door_of
from app.web.negotiate import NoSuchForm, accepted, prefers
from app.web.signposting import LINKSET_JSON, LINKSET_TEXT
from app.web.standing import Shown, judged
from kb.errors import Missing

# JSON first, for whoever likes both equally well; the last two are what clients ask for that do not know better.
TYPES = (LINKSET_JSON, LINKSET_TEXT, "application/json", "text/plain")
SUFFIXES = {"json": LINKSET_JSON, "txt": LINKSET_TEXT}


def linksets(kind: str, folder: str) -> APIRouter:
    """Routes of a kind: `…/v{n}/linkset`, as `Accept` likes it, `.json` and `.txt`."""
    router = APIRouter()

    def negotiated(request: Request, name: str, part: str) -> Response:
        liked = prefers(accepted(request), TYPES)
        as_text = liked in (LINKSET_TEXT, "text/plain")
        return _linkset(request, kind, name, part, LINKSET_TEXT if as_text else LINKSET_JSON, "")

    def suffixed(request: Request, name: str, part: str, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise NoSuchForm(
                f"“.{suffix[:20]}” is not a form that links can be had in.",
                where=name[: addressing.LONGEST],
                remedy="There are .json, .txt.",
            )
        return _linkset(request, kind, name, part, SUFFIXES[suffix], f".{suffix}")

    path = f"{folder}/{{name}}/{{part}}/{links.LINKSET}"
    for way, endpoint in ((path, negotiated), (f"{path}.{{suffix}}", suffixed)):
        router.add_api_route(way, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _linkset(request: Request, kind: str, name: str, part: str, media_type: str, suffix: str) -> Response:
    number = addressing.number_of(part)
    if number is None:
        raise Missing("Nothing is published at this address.", where=name[: addressing.LONGEST])
    door = door_of(request)
    try:
        with door.open() as session:
            shown = judged(session, addressing.version(session, kind, name, number))
    except addressing.Elsewhere as elsewhere:
        way = f"../../{elsewhere.name}/{part}/{links.LINKSET}{suffix}"
        return RedirectResponse(way, elsewhere.status, headers.OPEN)
    etag = headers.tag("linkset", media_type, shown.edition.digest, shown.standing, door.site)
    # A later version is one more link.
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE, **headers.OPEN}
    if not suffix:
        heads["Vary"] = "Accept"
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    return _written(shown, request, media_type, heads)


def _written(shown: Shown, request: Request, media_type: str, heads: dict[str, str]) -> Response:
    site = door_of(request).site
    if media_type == LINKSET_JSON:
        return JSONResponse(signposting.as_json(shown, site), 200, heads, media_type)
    return Response(signposting.as_text(shown, site), 200, heads, media_type)
