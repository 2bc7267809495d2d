"""The first page: what this is, what is in it, and the claims published last."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.door import Site, door_of
from app.web.negotiate import Form, accepted, choose
from app.web.templates import fingerprint, render
from kb.projections.catalogue.lists import counts, list_records
from kb.projections.follow import lag

MOST = 30
router = APIRouter()


def home(request: Request) -> Response:
    """The same few statements, whatever the number of claims."""
    choose(accepted(request), (Form.HTML,))
    door = door_of(request)
    with door.open() as session:
        numbers = counts(session)
        behind = lag(session)["catalogue"]
        newest = list_records(session, "claim", limit=MOST, newest=True)
    etag = headers.tag("home", numbers, behind, newest, fingerprint(), door.site)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE, "Vary": "Accept", "Link": _link(door.site)}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    body = render(request, "public/home.html", counts=numbers, behind=behind, page=newest)
    return Response(body, 200, heads, "text/html")


def _link(site: Site) -> str:
    """To whoever looks for data sets and reads no page."""
    void = f"{site.base}{links.VOID.removeprefix('/')}"
    return f'<{void}>; rel="describedby"; type="{Form.TTL.media_type}"'


router.add_api_route(links.HOME, home, methods=READ, response_model=None, include_in_schema=False)
