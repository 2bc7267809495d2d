"""Is this citation genuine, and still current? A form, a page that answers, and the same as JSON."""

from urllib.parse import parse_qs, quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from app.web.negotiate import PAGE_FORMS, Form, accepted, choose, split_suffix
from app.web.templates import render
from kb.errors import Refused
from kb.verify.checked import Checked
from kb.verify.citation import LONGEST, TooLong, check

FORM = "application/x-www-form-urlencoded"
# Every character of a text that is just not too long, percent-encoded, and the name of the field.
MOST_BYTES = 12 * LONGEST + 100
# A longer text has no link that every server and mail program takes.
LONGEST_LINK = 2000
router = APIRouter()


def asked(request: Request) -> Response:
    """`/check?q=`."""
    return _answer(request, _q(request), _chosen(request), negotiated=True)


def asked_in_form(request: Request, suffix: str) -> Response:
    """`/check.json?q=`."""
    return _answer(request, _q(request), _suffix(suffix), negotiated=False)


async def sent(request: Request) -> Response:
    """The same by a form, for texts that are too long for an address. Nothing is kept of them."""
    text = await _field(request)
    return await run_in_threadpool(_answer, request, text, _chosen(request), negotiated=True)


async def sent_in_form(request: Request, suffix: str) -> Response:
    """By a form to `/check.json`."""
    text = await _field(request)
    return await run_in_threadpool(_answer, request, text, _suffix(suffix), negotiated=False)


def _answer(request: Request, text: str, form: Form, *, negotiated: bool) -> Response:
    checked: Checked | None = None
    if text:
        with door_of(request).open() as session:
            checked = check(session, text)
    # What is true of a citation changes with the next edition.
    heads = {"Cache-Control": headers.REVALIDATE, **({"Vary": "Accept"} if negotiated else {})}
    if form is Form.JSON:
        if checked is None:
            raise Refused(
                "There is nothing to check.", where="q", remedy="Give a citation, an address or a digest as q."
            )
        return JSONResponse(checked.as_json(), 200, heads | headers.OPEN)
    link = f"check?q={quote(text, safe='')}" if checked else ""
    page = render(
        request,
        "public/check.html",
        checked=checked,
        text=text,
        longest=LONGEST,
        link=link if len(link) <= LONGEST_LINK else "",
    )
    return Response(page, 200, heads, form.content_type)


def _chosen(request: Request) -> Form:
    return choose(accepted(request), PAGE_FORMS)


def _suffix(suffix: str) -> Form:
    _, form = split_suffix(f"check.{suffix}", PAGE_FORMS)
    return form or Form.JSON


def _q(request: Request) -> str:
    return _clean(request.query_params.get("q", ""))


async def _field(request: Request) -> str:
    """The field `q` of a form. Raises Refused for what is no form, TooLong before all of it is read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refused("This takes a form.", where="Content-Type", remedy=f"Send {FORM} with one field, q.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            what = f"The text is too long: at most {LONGEST} characters are read."
            raise TooLong(what, where="q", remedy="Give the citation alone.")
    try:
        fields = parse_qs(body.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=10)
    except ValueError as error:
        raise Refused("The form has too many fields.", where="q", remedy="Send one field, q.") from error
    return _clean(fields.get("q", [""])[0])


def _clean(text: str) -> str:
    """Without NUL, which no page can hold, and the blanks around."""
    return text.replace("\0", "").strip()


for _path, _read, _send in (
    (links.CHECK, asked, sent),
    (f"{links.CHECK}.{{suffix}}", asked_in_form, sent_in_form),
):
    router.add_api_route(_path, _read, methods=READ, response_model=None, include_in_schema=False)
    router.add_api_route(_path, _send, methods=["POST"], response_model=None, include_in_schema=False)
