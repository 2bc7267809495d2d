"""Style and icon: version in the name and content in the address, so that they may be kept for good."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.errors import NotHere
from app.web.templates import STATIC

TYPES = {".css": "text/css", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".ico": "image/x-icon"}
router = APIRouter()


def asset(_request: Request, name: str) -> Response:
    """Only what lies in the folder; a name is compared, never joined to a path."""
    found = next((path for path in STATIC.iterdir() if path.name == name and path.suffix in TYPES), None)
    if found is None:
        raise NotHere("There is no such file.", where=links.STATIC)
    data = found.read_bytes()
    heads = {"Cache-Control": headers.FOR_GOOD, "ETag": headers.tag(data)}
    return Response(data, 200, heads, TYPES[found.suffix])


def icon(request: Request) -> Response:
    """Browsers ask for it here where a page names none, as beside data; not each of them can draw an SVG."""
    return asset(request, links.ICON_FILE)


router.add_api_route(f"{links.STATIC}/{{name}}", asset, methods=READ, response_model=None, include_in_schema=False)
router.add_api_route("/favicon.ico", icon, methods=READ, response_model=None, include_in_schema=False)
