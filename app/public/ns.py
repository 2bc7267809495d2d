"""What documents are read with: context, shapes, terms and lists, under `/ns/`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.negotiate import Form, accepted, choose, split_suffix
from app.web.templates import fingerprint, render
from kb.documents.context import CONTEXT_FILE, SHAPES_FILE, read_data
from kb.formats.ns.history import versions
from kb.formats.ns.published import vocabulary, vocabulary_nquads
from kb.formats.ns.terms import list_lines, own_terms

FORMS = (Form.HTML, Form.TTL, Form.JSONLD, Form.NT, Form.RDF)
router = APIRouter()


def namespace(request: Request) -> Response:
    """The page that leads to all four."""
    choose(accepted(request), (Form.HTML,))
    return _page(request, "ns", {"Vary": "Accept"})


def context(request: Request) -> Response:
    """The mapping from JSON to RDF that every document names."""
    return _for_good(request, read_data(CONTEXT_FILE), Form.JSONLD)


def shapes(request: Request) -> Response:
    """SHACL for one document at a time."""
    return _for_good(request, read_data(SHAPES_FILE), Form.TTL)


def vocabulary_page(request: Request, name: str) -> Response:
    """Terms or closed lists, in the form asked for. As data both are one, and the same as in SPARQL and in `/data`."""
    name, suffix = split_suffix(name, FORMS)
    form = suffix or choose(accepted(request), FORMS)
    heads = {} if suffix else {"Vary": "Accept"}
    if form is Form.HTML:
        return _page(request, f"ns-{name}", heads)
    etag = headers.tag(form.value, vocabulary_nquads())
    heads |= {"ETag": etag, "Cache-Control": headers.REVALIDATE, **headers.OPEN}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    return Response(vocabulary(form.value), 200, heads, form.content_type)


def terms(request: Request) -> Response:
    """Classes and properties of our own."""
    return vocabulary_page(request, "claimbase")


def lists(request: Request) -> Response:
    """The closed lists."""
    return vocabulary_page(request, "vocab")


def terms_in_form(request: Request, suffix: str) -> Response:
    """`/ns/claimbase.ttl`."""
    return vocabulary_page(request, f"claimbase.{suffix}")


def lists_in_form(request: Request, suffix: str) -> Response:
    """`/ns/vocab.ttl`."""
    return vocabulary_page(request, f"vocab.{suffix}")


def _page(request: Request, name: str, heads: dict[str, str]) -> Response:
    etag = headers.tag(name, vocabulary_nquads(), fingerprint())
    heads |= {"ETag": etag, "Cache-Control": headers.REVALIDATE}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    told = {"terms": own_terms(), "lists": list_lines(), "versions": versions(), "forms": FORMS[1:]}
    return Response(render(request, f"public/{name}.html", **told), 200, heads, Form.HTML.content_type)


def _for_good(request: Request, data: bytes, form: Form) -> Response:
    """Its version is in its name. `Accept` is not asked: whoever names the file wants it, in whatever profile."""
    heads = {"Cache-Control": headers.FOR_GOOD, "ETag": headers.tag(data), **headers.OPEN}
    if headers.has_it(request, heads["ETag"]):
        return Response(None, 304, heads)
    return Response(data, 200, heads, form.content_type)


for _path, _endpoint in (
    (links.NAMESPACE, namespace),
    (links.CONTEXT, context),
    (links.SHAPES, shapes),
    (links.TERMS, terms),
    (links.LISTS, lists),
    (f"{links.TERMS}.{{suffix}}", terms_in_form),
    (f"{links.LISTS}.{{suffix}}", lists_in_form),
):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
