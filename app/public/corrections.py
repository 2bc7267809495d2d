"""The ledger of corrections: what was corrected, clarified, withdrawn and restored here, the newest first."""

import re
from dataclasses import replace

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.public.paging import Cut, link, read_cut
from app.public.record import READ
from app.web import headers, links
from app.web.columns import CORRECTION_COLUMNS, table
from app.web.door import Site, door_of
from app.web.errors import NotHere
from app.web.feeding import Frame, edition_entry, feed
from app.web.negotiate import LIST_FORMS, PAGE_FORMS, Form, accepted, choose, split_suffix
from app.web.templates import fingerprint, render
from app.web.views.corrections import Told, as_json, flat, told
from kb.formats.feed import Entry, atom
from kb.log import read as log
from kb.log.corrections import Corrected, correction, corrections
from kb.projections.catalogue.lists import at_addresses
from kb.projections.catalogue.rows import Listed

# Comparing documents is work: a page of the ledger has fewer entries than other lists.
FEWER = 20
_ENTRY = re.compile(r"([0-9a-z]{9})-v([1-9][0-9]{0,8})")

router = APIRouter()


def ledger(request: Request) -> Response:
    """In the form that `Accept` likes best."""
    return _ledger(request, choose(accepted(request), LIST_FORMS), negotiated=True)


def ledger_in_form(request: Request, suffix: str) -> Response:
    """`/corrections.json`, `.csv`, `.atom`."""
    _, form = split_suffix(f"corrections.{suffix}", LIST_FORMS)
    return _ledger(request, form or Form.JSON, negotiated=False)


def entry(request: Request, name: str) -> Response:
    """`/corrections/37d2qfnqr-v3`: one entry, for good; `.json` too."""
    bare, suffix = split_suffix(name, PAGE_FORMS)
    form = suffix or choose(accepted(request), PAGE_FORMS)
    with door_of(request).open() as session:
        found = _entry(session, bare)
        rows = at_addresses(session, [found.edition.address])
        heads, etag = _heads(request, form, (found,), rows, negotiated=suffix is None)
        if headers.has_it(request, etag):
            return Response(None, 304, heads)
        one = told(found, rows.get(found.edition.address))
        if form is Form.JSON:
            heads |= headers.of_log(session)
            return JSONResponse(as_json(one, door_of(request).site.base), 200, heads)
    return Response(render(request, "public/correction.html", one=one), 200, heads, form.content_type)


def _entry(session: Session, name: str) -> Corrected:
    """Raises NotHere, with the version where there is one that is no correction."""
    parts = _ENTRY.fullmatch(name)
    found = correction(session, parts[1], int(parts[2])) if parts else None
    if found is not None:
        return found
    address = log.find_address(session, parts[1]) if parts else None
    raise NotHere("The ledger of corrections has no such entry.", where=name[:100], near=address)


def _ledger(request: Request, form: Form, *, negotiated: bool) -> Response:
    cut = read_cut(request, numbered=True)
    if "limit" not in request.query_params:
        cut = replace(cut, limit=FEWER)
    site = door_of(request).site
    with door_of(request).open() as session:
        found = corrections(session, cut.limit, before=int(cut.after) if cut.after else None)
        newest = at_addresses(session, {one.edition.address for one in found.entries})
        way = cut.next(found.next)
        heads, etag = _heads(request, form, found.entries, newest, negotiated=negotiated)
        heads |= link(way, cut.first(request))
        if headers.has_it(request, etag):
            return Response(None, 304, heads)
        if form is not Form.HTML:
            heads |= headers.of_log(session)
    some = [told(one, newest.get(one.edition.address)) for one in found.entries]
    if form is Form.JSON:
        return JSONResponse({"items": [as_json(one, site.base) for one in some], "next": way}, 200, heads)
    if form is Form.CSV:
        heads["Content-Disposition"] = headers.attachment("corrections.csv")
        rows = (flat(as_json(one, site.base)) for one in some)
        return Response(table(CORRECTION_COLUMNS, rows), 200, heads, form.content_type)
    if form is Form.ATOM:
        return Response(_feed(some, newest, site, cut, way), 200, heads, form.content_type)
    body = render(request, "public/corrections.html", entries=some, next=way, first=cut.after is None)
    return Response(body, 200, heads, form.content_type)


def _heads(
    request: Request, form: Form, entries: tuple[Corrected, ...], rows: dict[str, Listed], *, negotiated: bool
) -> tuple[dict[str, str], str]:
    """All that an answer depends on: the editions, what became of them, and replies that came later."""
    state = [(one.edition.digest, one.before.digest, one.standing) for one in entries]
    later = sorted((address, row.replies) for address, row in rows.items())
    asked = request.url.query
    etag = headers.tag("corrections", form.value, asked, state, later, fingerprint(), door_of(request).site)
    return headers.revalidated(etag, is_data=form is not Form.HTML, negotiated=negotiated), etag


def _feed(some: list[Told], rows: dict[str, Listed], site: Site, cut: Cut, way: str | None) -> bytes:
    frame = Frame(
        "Corrections",
        links.form(links.CORRECTIONS.removeprefix("/"), Form.ATOM.value),
        links.CORRECTIONS.removeprefix("/"),
        cut.here,
        way,
        more="Every correction, clarification, withdrawal and restoration is an entry of its own, the newest first.",
    )
    return atom(feed(site, frame, (_feed_entry(one, rows.get(one.row.address), site.base) for one in some)))


def _feed_entry(one: Told, newest: Listed | None, base: str) -> Entry:
    """As other feeds tell a version, with what the verdict was before, what changed, and how long it stood."""
    made = edition_entry(one.entry.edition, one.entry.standing, newest, base)
    before, after = one.verdicts
    was = f" Before: {before}." if before != after else ""
    what = f" What changed: {'; '.join(one.few)}{f'; and {one.more} more' if one.more else ''}." if one.few else ""
    stood = f" Version {one.old.version} stood for {one.stood}."
    return replace(made, id=base + one.address, address=base + one.address, summary=f"{made.summary}{was}{what}{stood}")


for _path, _endpoint in (
    (links.CORRECTIONS, ledger),
    (f"{links.CORRECTIONS}.{{suffix}}", ledger_in_form),
    (f"{links.CORRECTIONS}/{{name}}", entry),
):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
