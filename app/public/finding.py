"""Being found, and being told: the sitemap, what robots may read, and whom to tell of a hole."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.door import Site, door_of
from app.web.errors import NotHere
from kb.projections.catalogue.sitemap import Part, Place, parts, places

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml"
# Lists and pages that no record stands behind.
OTHERS = ("", "claims", "topics", "sources", "agents", "origins", "figures", "corrections", "search", "data", "log")
# Each combination of filters would be a page of its own, and a check is somebody's own question.
KEPT_OUT = ("desk", "api/", "sparql?", "search?", "search.", "check")
# No longer than a year (RFC 9116, 2.5.5), and the same for a whole day.
GOOD_FOR = timedelta(days=180)
LONGEST = 9
router = APIRouter()


def sitemap(request: Request) -> Response:
    """The index of all parts."""
    site = door_of(request).site
    with door_of(request).open() as session:
        some = parts(session)
    return _kept(request, _index(some, site.base), XML)


def pages(request: Request) -> Response:
    """Lists and other pages without a record."""
    base = door_of(request).site.base
    return _kept(request, _urls((base + address, None) for address in OTHERS), XML)


def part(request: Request, number: str) -> Response:
    """`/sitemap-0.xml`."""
    some: list[Place] = []
    base = door_of(request).site.base
    if number.isascii() and number.isdecimal() and len(number) <= LONGEST:
        with door_of(request).open() as session:
            some = places(session, int(number))
    if not some:
        raise NotHere("The sitemap has no such part.", where="sitemap", near=links.SITEMAP.removeprefix("/"))
    return _kept(request, _urls((base + one.address, one.changed) for one in some), XML)


def robots(request: Request) -> Response:
    """Of the sample nothing is to be found, since its addresses are of one machine."""
    site = door_of(request).site
    return _kept(request, _robots(site).encode(), "text/plain; charset=utf-8")


def security(request: Request) -> Response:
    """RFC 9116."""
    door = door_of(request)
    text = _security(door.site, datetime.now(UTC))
    return _kept(request, text.encode(), "text/plain; charset=utf-8")


def _robots(site: Site) -> str:
    """A base below the root of its host has its path before each line; the file itself then stands at the root."""
    root = urlsplit(site.base).path
    barred = [root] if site.is_sample else [root + path for path in KEPT_OUT]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in barred)]
    return "\n".join([*lines, "", f"Sitemap: {site.base}{links.SITEMAP.removeprefix('/')}", ""])


def _security(site: Site, now: datetime) -> str:
    until = (now + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": site.contact or f"{site.base}about",
        "Expires": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "en",
        "Canonical": site.base + links.SECURITY.removeprefix("/"),
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def _index(some: Iterable[Part], base: str) -> bytes:
    root = ElementTree.Element("sitemapindex", {"xmlns": SITEMAPS})
    _put(root, "sitemap", base + links.sitemap_part("pages").removeprefix("/"), None)
    for one in some:
        _put(root, "sitemap", base + links.sitemap_part(str(one.number)).removeprefix("/"), one.changed)
    return _written(root)


def _urls(some: Iterable[tuple[str, str | None]]) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": SITEMAPS})
    for address, changed in some:
        _put(root, "url", address, changed)
    return _written(root)


def _put(root: ElementTree.Element, name: str, address: str, changed: str | None) -> None:
    made = ElementTree.SubElement(root, name)
    ElementTree.SubElement(made, "loc").text = address
    if changed:
        ElementTree.SubElement(made, "lastmod").text = changed


def _written(root: ElementTree.Element) -> bytes:
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _kept(request: Request, body: bytes, kind: str) -> Response:
    etag = headers.tag(body)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE, **headers.OPEN}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    return Response(body, 200, heads, kind)


for _path, _endpoint in (
    (links.SITEMAP, sitemap),
    (links.sitemap_part("pages"), pages),
    (links.sitemap_part("{number}"), part),
    (links.ROBOTS, robots),
    (links.SECURITY, security),
):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
