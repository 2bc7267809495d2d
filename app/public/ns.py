"""What documents are read with: context, shapes, terms and lists, under `/ns/`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.negotiate import Form, choose, split_suffix
from app.web.templates import fingerprint, render
from kb.documents.context import CONTEXT_FILE, SHAPES_FILE, VOCABULARY_FILE, read_data
from kb.formats import schemes
from kb.values import vocabulary

FORMS = (Form.HTML, Form.TTL, Form.JSONLD)
router = APIRouter()


def context(_request: Request) -> Response:
    """The mapping from JSON to RDF that every document names."""
    return _for_good(read_data(CONTEXT_FILE), Form.JSONLD)


def shapes(_request: Request) -> Response:
    """SHACL for one document at a time."""
    return _for_good(read_data(SHAPES_FILE), Form.TTL)


def vocabulary_page(request: Request, name: str) -> Response:
    """Terms or closed lists, in the form asked for; the file is one and holds both."""
    name, suffix = split_suffix(name, FORMS)
    form = suffix or choose(request.headers.get("accept"), FORMS)
    data = read_data(VOCABULARY_FILE)
    etag = headers.tag(name, form.value, data, fingerprint())
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE}
    if not suffix:
        heads["Vary"] = "Accept"
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if form is Form.TTL:
        return Response(data, 200, heads | headers.OPEN, form.content_type)
    if form is Form.JSONLD:
        return Response(schemes.as_jsonld(), 200, heads | headers.OPEN, form.content_type)
    lists = [one for one in vars(vocabulary).values() if isinstance(one, vocabulary.ClosedList)]
    page = render(request, f"public/ns-{name}.html", terms=schemes.terms(), lists=lists)
    return Response(page, 200, heads, form.content_type)


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


def _for_good(data: bytes, form: Form) -> Response:
    heads = {"Cache-Control": headers.FOR_GOOD, "ETag": headers.tag(data), **headers.OPEN}
    return Response(data, 200, heads, form.content_type)


for _path, _endpoint in (
    (links.CONTEXT, context),
    (links.SHAPES, shapes),
    (links.TERMS, terms),
    (links.LISTS, lists),
    (f"{links.TERMS}.{{suffix}}", terms_in_form),
    (f"{links.LISTS}.{{suffix}}", lists_in_form),
):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
