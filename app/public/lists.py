"""Lists of records: every published one of a kind, and the claims that name a record."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.paging import Cut, link, read_cut
from app.public.record import READ
from app.web import headers
from app.web.door import door_of
from app.web.listing import rows_json
from app.web.negotiate import LIST_FORMS, Form, choose, split_suffix
from app.web.templates import fingerprint, render
from kb.errors import Refused
from kb.log import read as log
from kb.projections.catalogue.lists import Page, claims_of, list_records
from kb.projections.follow import lag
from kb.values.vocabulary import RECORD_KIND


def lists(kind: str, folder: str, *, newest: bool = False) -> APIRouter:
    """`/claims` and `/claims.json`; by name, or those last published first."""
    router = APIRouter()
    title = RECORD_KIND.label(kind) + "s"

    def listed(request: Request) -> Response:
        form = choose(request.headers.get("accept"), LIST_FORMS)
        return _listed(request, kind, title, form, newest=newest, negotiated=True)

    def suffixed(request: Request, suffix: str) -> Response:
        _, form = split_suffix(f"list.{suffix}", LIST_FORMS)
        return _listed(request, kind, title, form or Form.JSON, newest=newest, negotiated=False)

    for path, endpoint in ((folder, listed), (f"{folder}.{{suffix}}", suffixed)):
        router.add_api_route(path, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def claims_that_name(kind: str, folder: str, roles: Mapping[str, tuple[str, ...]]) -> APIRouter:
    """`/agents/{id}/claims`: all claims that name a record, or with `?as=` those that name it in some of its roles."""
    router = APIRouter()

    def named(request: Request, name: str) -> Response:
        return _named(request, kind, name, roles, choose(request.headers.get("accept"), LIST_FORMS), negotiated=True)

    def suffixed(request: Request, name: str, suffix: str) -> Response:
        _, form = split_suffix(f"list.{suffix}", LIST_FORMS)
        return _named(request, kind, name, roles, form or Form.JSON, negotiated=False)

    for path, endpoint in ((f"{folder}/{{name}}/claims", named), (f"{folder}/{{name}}/claims.{{suffix}}", suffixed)):
        router.add_api_route(path, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _listed(request: Request, kind: str, title: str, form: Form, *, newest: bool, negotiated: bool) -> Response:
    cut = read_cut(request)
    with door_of(request).open() as session:
        page = list_records(session, kind, cut.after, cut.limit, newest=newest)
        return _answer(
            request, session, page, cut, form, negotiated, {"kind": kind, "title": title, "of": None, "part": None}
        )


def _named(
    request: Request, kind: str, name: str, roles: Mapping[str, tuple[str, ...]], form: Form, *, negotiated: bool
) -> Response:
    part = request.query_params.get("as")
    if part is not None and part not in roles:
        raise Refused("“as” names no part of this list.", where="as", remedy=f"Choose one of {', '.join(roles)}.")
    cut = read_cut(request, chosen=part)
    chosen = roles[part] if part else tuple(role for some in roles.values() for role in some)
    with door_of(request).open() as session:
        try:
            edition = addressing.latest(session, kind, name)
        except addressing.Elsewhere as elsewhere:
            return RedirectResponse(f"../{elsewhere.name}/claims", elsewhere.status)
        page = claims_of(session, edition.address, *chosen, after=cut.after, limit=cut.limit)
        more = {"kind": "claim", "title": "Claims", "of": edition, "part": part}
        return _answer(request, session, page, cut, form, negotiated, more)


def _answer(
    request: Request, session: Session, page: Page, cut: Cut, form: Form, negotiated: bool, more: Mapping[str, Any]
) -> Response:
    site = door_of(request).site
    behind = lag(session)["catalogue"]
    etag = headers.tag(form.value, page, cut, behind, more["title"], fingerprint(), site)
    way = cut.next(page.next)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE, **link(way)}
    if negotiated:
        heads["Vary"] = "Accept"
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if form is Form.JSON:
        heads |= headers.OPEN | {"Claimbase-Head": log.head(session).leaf_hash or ""}
        body = {"items": rows_json(page, site.base), "next": way, "behind": behind}
        return JSONResponse(body, 200, heads)
    return Response(
        render(request, "public/list.html", page=page, next=way, cut=cut, behind=behind, **more),
        200,
        heads,
        form.content_type,
    )
