"""The log as readers see it: every entry, the newest first, and the head that commits to all of them."""

from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.public.paging import link, read_cut
from app.public.record import READ
from app.web import headers, links
from app.web.columns import LOG_COLUMNS, table
from app.web.door import door_of
from app.web.negotiate import TABLE_FORMS, Form, accepted, choose, split_suffix
from app.web.templates import fingerprint, render
from kb.log import read
from kb.log.series import lines

router = APIRouter()


def log(request: Request) -> Response:
    """In the form that `Accept` likes best."""
    return _log(request, choose(accepted(request), TABLE_FORMS), negotiated=True)


def log_in_form(request: Request, suffix: str) -> Response:
    """`/log.json`, `/log.csv`."""
    _, form = split_suffix(f"log.{suffix}", TABLE_FORMS)
    return _log(request, form or Form.JSON, negotiated=False)


def _log(request: Request, form: Form, *, negotiated: bool) -> Response:
    cut = read_cut(request, numbered=True)
    door = door_of(request)
    with door.open() as session:
        head = read.head(session)
        some = lines(session, int(cut.after) if cut.after else None, cut.limit)
    way = cut.next(some[-1].seq) if some and some[-1].seq > 0 else None
    etag = headers.tag("log", form.value, head, cut, fingerprint(), door.site)
    heads = headers.revalidated(etag, is_data=form is not Form.HTML, negotiated=negotiated)
    heads |= {"Claimbase-Head": head.leaf_hash or "", **link(way, cut.first(request))}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if form is Form.JSON:
        entries = [asdict(line) for line in some]
        return JSONResponse({"head": asdict(head), "entries": entries, "next": way}, 200, heads)
    if form is Form.CSV:
        heads["Content-Disposition"] = headers.attachment("log.csv")
        return Response(table(LOG_COLUMNS, map(asdict, some)), 200, heads, form.content_type)
    page = render(request, "public/log.html", head=head, lines=some, next=way, first=cut.after is None)
    return Response(page, 200, heads, form.content_type)


router.add_api_route(links.LOG, log, methods=READ, response_model=None, include_in_schema=False)
router.add_api_route(f"{links.LOG}.{{suffix}}", log_in_form, methods=READ, response_model=None, include_in_schema=False)
