"""`/figures`: all measures and units, and the figures of each, comparable ones together, the rest with the reason."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.paging import Cut, link, read_cut
from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from app.web.errors import NotHere
from app.web.negotiate import TABLE_FORMS, Form, accepted, choose, split_suffix
from app.web.tabled import CAVEAT, SHELVES, as_json, shelf_json, shelf_line, table
from app.web.templates import fingerprint, render
from app.web.views import shelf as view
from kb.errors import Refused
from kb.formats.table import csv_bytes
from kb.log.read import Edition
from kb.projections.catalogue.figures import LONGEST, MEASURED, UNMEASURED, shelf_of_unit
from kb.projections.catalogue.shelves import Figures, Shelves, figures, shelves
from kb.projections.follow import lag
from kb.values.ids import is_id

router = APIRouter()
FOLDER = links.FIGURES
_CURSOR = re.compile(r"([0-9a-z]{9})-([1-9][0-9]{0,5})")


@dataclass(frozen=True)
class Asked:
    """Figures as they were asked for: of a `measure`, or of a `unit` for which there is none; at `address`."""

    measure: Edition | None
    unit: str | None
    address: str
    query: str
    page: Figures
    cut: Cut
    form: Form
    negotiated: bool

    @property
    def kind(self) -> str | None:
        """Event, flow or stock: it decides which times are comparable."""
        return self.measure.document["mainEntity"]["measureKind"] if self.measure else None

    @property
    def is_whole(self) -> bool:
        """Whether these are all figures of the measure, so that nothing comparable stands on another page."""
        return self.page.next is None and self.cut.after is None


def listed(request: Request) -> Response:
    return _listed(request, choose(accepted(request), TABLE_FORMS), negotiated=True)


def listed_as(request: Request, suffix: str) -> Response:
    _, form = split_suffix(f"figures.{suffix}", TABLE_FORMS)
    return _listed(request, form or Form.JSON, negotiated=False)


def measured(request: Request, name: str) -> Response:
    """`/figures/{slug}` and its forms."""
    slug, suffix = split_suffix(name, TABLE_FORMS)
    form = suffix or choose(accepted(request), TABLE_FORMS)
    cut = read_cut(request, is_place=_is_cursor)
    with door_of(request).open() as session:
        try:
            edition = addressing.latest(session, "topic", slug)
        except addressing.Elsewhere as elsewhere:
            return RedirectResponse(
                elsewhere.name + (f".{suffix.value}" if suffix else ""), elsewhere.status, headers.OPEN
            )
        if "measureKind" not in edition.document["mainEntity"]:
            raise NotHere(
                f"“{slug}” is a topic and no measure, so it counts nothing.", where=slug, near=edition.address
            )
        page = figures(session, (MEASURED + slug)[:LONGEST], _after(cut), cut.limit)
        address = links.figures_of(slug, measure=True)
        return _answer(request, session, Asked(edition, None, address, "", page, cut, form, suffix is None))


for _path, _endpoint in ((FOLDER, listed), (f"{FOLDER}.{{suffix}}", listed_as), (f"{FOLDER}/{{name}}", measured)):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)


def _listed(request: Request, form: Form, *, negotiated: bool) -> Response:
    if (unit := request.query_params.get("unit")) is not None:
        return _of_unit(request, unit, form, negotiated=negotiated)
    cut = read_cut(request, is_place=_is_shelf)
    with door_of(request).open() as session:
        page = shelves(session, cut.after, cut.limit)
        return _overview(request, session, page, cut, form, negotiated=negotiated)


def _of_unit(request: Request, unit: str, form: Form, *, negotiated: bool) -> Response:
    shelf = shelf_of_unit(unit)
    name = shelf.removeprefix(UNMEASURED)
    if not name or "\0" in name:
        raise Refused("“unit” names no unit.", where="unit", remedy="Choose one from the list of figures.")
    cut = read_cut(request, is_place=_is_cursor)
    query = urlencode({"unit": name})
    cut = replace(cut, kept=f"{cut.kept}&{query}")
    with door_of(request).open() as session:
        page = figures(session, shelf, _after(cut), cut.limit)
        if not page.rows and cut.after is None:
            raise NotHere(
                "No published figure without a measure is of this unit.",
                where="unit",
                remedy="Choose one from the list of figures.",
            )
        asked = Asked(None, name, FOLDER.removeprefix("/"), f"?{query}", page, cut, form, negotiated)
        return _answer(request, session, asked)


def _answer(request: Request, session: Session, asked: Asked) -> Response:
    site, behind = door_of(request).site, lag(session)["catalogue"]
    way = asked.cut.next(asked.page.next)
    digest = asked.measure.digest if asked.measure else asked.unit
    etag = headers.tag(asked.form.value, asked.page, asked.cut, behind, digest, fingerprint(), site)
    heads = _heads(request, etag, asked.form, way, asked.cut, negotiated=asked.negotiated)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    shown = view.view(asked.page.rows, asked.kind)
    if asked.form is Form.HTML:
        body = render(request, "public/measure.html", asked=asked, shown=shown, next=way, behind=behind)
        return Response(body, 200, heads, asked.form.content_type)
    heads |= headers.of_log(session, behind)
    if asked.form is Form.CSV:
        heads["Content-Disposition"] = headers.attachment(f"figures-{asked.address.partition('/')[2] or 'unit'}.csv")
        return Response(table(shown, site), 200, heads, asked.form.content_type)
    said = {
        "measure": site.base + asked.measure.address if asked.measure else None,
        "measure_kind": asked.kind,
        "unit": asked.unit,
        **as_json(shown, site),
        "whole": asked.is_whole,
        "next": way,
        "behind": behind,
        "caveat": CAVEAT,
        "license": site.licence,
    }
    return JSONResponse(said, 200, heads)


def _overview(request: Request, session: Session, page: Shelves, cut: Cut, form: Form, *, negotiated: bool) -> Response:
    site, behind = door_of(request).site, lag(session)["catalogue"]
    way = cut.next(quote(page.next, safe="") if page.next else None)
    etag = headers.tag("shelves", form.value, page, cut, behind, fingerprint(), site)
    heads = _heads(request, etag, form, way, cut, negotiated=negotiated)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if form is Form.HTML:
        body = render(request, "public/figures.html", page=page, cut=cut, next=way, behind=behind)
        return Response(body, 200, heads, form.content_type)
    heads |= headers.of_log(session, behind)
    if form is Form.CSV:
        heads["Content-Disposition"] = headers.attachment("figures.csv")
        rows: Iterable[list[object]] = (shelf_line(one, site) for one in page.rows)
        return Response(csv_bytes(SHELVES, rows, SHELVES[:3]), 200, heads, form.content_type)
    items: list[Mapping[str, Any]] = [shelf_json(one, site) for one in page.rows]
    return JSONResponse({"items": items, "next": way, "behind": behind}, 200, heads)


def _heads(request: Request, etag: str, form: Form, way: str | None, cut: Cut, *, negotiated: bool) -> dict[str, str]:
    heads = headers.revalidated(etag, is_data=form is not Form.HTML, negotiated=negotiated)
    return heads | link(way, cut.first(request))


def _is_cursor(after: str) -> bool:
    found = _CURSOR.fullmatch(after)
    return bool(found and is_id(found[1]))


def _is_shelf(after: str) -> bool:
    return 1 < len(after) <= LONGEST and after[0] in (MEASURED, UNMEASURED) and "\0" not in after


def _after(cut: Cut) -> tuple[str, int] | None:
    found = _CURSOR.fullmatch(cut.after) if cut.after else None
    return (found[1], int(found[2])) if found else None
