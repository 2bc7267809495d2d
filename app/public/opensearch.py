"""`/opensearch.xml`: how a browser asks this knowledge base (OpenSearch 1.1)."""

from xml.etree import ElementTree

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
TYPE = "application/opensearchdescription+xml"
# The specification allows no more.
LONGEST_NAME = 16
TERMS = "{searchTerms}"
router = APIRouter()


def description(request: Request) -> Response:
    """Addresses in it are absolute, as browsers keep it and use it elsewhere."""
    site = door_of(request).site
    name = f"{site.name}{' sample' if site.is_sample else ''}"
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}OpenSearchDescription")
    for tag, text in (
        ("ShortName", name[:LONGEST_NAME]),
        ("LongName", f"{name}: what is claimed"[:48]),
        ("Description", "Claims with who makes them, the exact words, what was found and the replies."),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
        ("Image", site.base + links.ICON),
    ):
        ElementTree.SubElement(root, f"{{{NAMESPACE}}}{tag}").text = text
    root[-1].attrib.update({"width": "16", "height": "16", "type": "image/svg+xml"})
    for kind, suffix in (("text/html", ""), ("application/json", ".json"), ("application/atom+xml", ".atom")):
        template = f"{site.base}{links.SEARCH.removeprefix('/')}{suffix}?q={TERMS}"
        ElementTree.SubElement(root, f"{{{NAMESPACE}}}Url", {"type": kind, "rel": "results", "template": template})
    way = {"type": TYPE, "rel": "self", "template": site.base + links.OPENSEARCH.removeprefix("/")}
    ElementTree.SubElement(root, f"{{{NAMESPACE}}}Url", way)
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    etag = headers.tag(body)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE} | headers.OPEN
    return Response(None, 304, heads) if headers.has_it(request, etag) else Response(body, 200, heads, TYPE)


router.add_api_route(links.OPENSEARCH, description, methods=READ, response_model=None, include_in_schema=False)
