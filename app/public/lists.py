"""Lists of records: every published one of a kind, and the claims that name a record."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.paging import Cut, link, read_cut
from app.public.record import READ
from app.web import headers, links
from app.web.columns import COLUMNS, table
from app.web.door import Site, door_of
from app.web.feeding import Frame, feed, row_entry
from app.web.listing import rows_json
from app.web.negotiate import LIST_FORMS, Form, accepted, choose, split_suffix
from app.web.templates import fingerprint, render, title_of
from kb.errors import Refused
from kb.formats.feed import atom
from kb.log.read import Edition
from kb.projections.catalogue.lists import Page, claims_of, list_records
from kb.projections.follow import lag
from kb.values.vocabulary import RECORD_KIND

Roles = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Listing:
    """A list as it was asked for: rows of `kind` at `address`, which has no suffix; of a record, or a `part` of it."""

    kind: str
    title: str
    address: str
    page: Page
    cut: Cut
    form: Form
    negotiated: bool
    newest: bool
    of: Edition | None = None
    part: str | None = None


def lists(kind: str, folder: str, *, newest: bool = False) -> APIRouter:
    """`/claims`, `/claims.json`, `.csv`, `.atom`; by name, or those last published first."""
    router = APIRouter()

    def listed(request: Request) -> Response:
        return _listed(request, kind, choose(accepted(request), LIST_FORMS), newest, negotiated=True)

    def suffixed(request: Request, suffix: str) -> Response:
        _, form = split_suffix(f"list.{suffix}", LIST_FORMS)
        return _listed(request, kind, form or Form.JSON, newest, negotiated=False)

    for path, endpoint in ((folder, listed), (f"{folder}.{{suffix}}", suffixed)):
        router.add_api_route(path, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def claims_that_name(kind: str, folder: str, roles: Roles) -> APIRouter:
    """`/agents/{id}/claims`: all claims that name a record, or with `?as=` those that name it in some of its roles."""
    router = APIRouter()

    def named(request: Request, name: str) -> Response:
        return _named(request, kind, name, roles, choose(accepted(request), LIST_FORMS), negotiated=True)

    def suffixed(request: Request, name: str, suffix: str) -> Response:
        _, form = split_suffix(f"list.{suffix}", LIST_FORMS)
        return _named(request, kind, name, roles, form or Form.JSON, negotiated=False)

    for path, endpoint in ((f"{folder}/{{name}}/claims", named), (f"{folder}/{{name}}/claims.{{suffix}}", suffixed)):
        router.add_api_route(path, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _listed(request: Request, kind: str, form: Form, newest: bool, *, negotiated: bool) -> Response:
    # Whoever follows a feed wants what is new, whatever the order of the list on its page.
    newest = newest or form is Form.ATOM
    cut = read_cut(request, numbered=newest)
    title = RECORD_KIND.label(kind) + "s"
    with door_of(request).open() as session:
        page = list_records(session, kind, cut.after, cut.limit, newest=newest)
        address = links.folder(kind).removeprefix("/")
        return _answer(request, session, Listing(kind, title, address, page, cut, form, negotiated, newest))


def _named(request: Request, kind: str, name: str, roles: Roles, form: Form, *, negotiated: bool) -> Response:
    part = request.query_params.get("as")
    if part is not None and part not in roles:
        raise Refused("“as” names no part of this list.", where="as", remedy=f"Choose one of {', '.join(roles)}.")
    newest = form is Form.ATOM
    cut = read_cut(request, numbered=newest, chosen=part)
    with door_of(request).open() as session:
        try:
            edition = addressing.latest(session, kind, name)
        except addressing.Elsewhere as elsewhere:
            way = f"../{elsewhere.name}/{links.CLAIMS}{'' if negotiated else f'.{form.value}'}"
            return RedirectResponse(way, elsewhere.status, headers.OPEN)
        page = claims_that(session, edition, roles, part, cut, newest=newest)
        address = f"{edition.address}/{links.CLAIMS}"
        asked = Listing("claim", "Claims", address, page, cut, form, negotiated, newest, of=edition, part=part)
        return _answer(request, session, asked)


def claims_that(
    session: Session, edition: Edition, roles: Roles, part: str | None, cut: Cut, *, newest: bool = False
) -> Page:
    """The claims that name a record in the roles of `part`, in any of `roles` where that is None."""
    chosen = roles[part] if part else tuple(role for some in roles.values() for role in some)
    return claims_of(session, edition.address, *chosen, after=cut.after, limit=cut.limit, newest=newest)


def _answer(request: Request, session: Session, asked: Listing) -> Response:
    site = door_of(request).site
    behind = lag(session)["catalogue"]
    way = asked.cut.next(asked.page.next)
    of = asked.of.digest if asked.of else asked.title
    etag = headers.tag(asked.form.value, asked.page, asked.cut, behind, of, fingerprint(), site)
    heads = headers.revalidated(etag, is_data=asked.form is not Form.HTML, negotiated=asked.negotiated)
    heads |= link(way, asked.cut.first(request))
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if asked.form is Form.HTML:
        body = render(request, "public/list.html", asked=asked, next=way, behind=behind)
        return Response(body, 200, heads, asked.form.content_type)
    heads |= headers.of_log(session, behind)
    if asked.form is Form.JSON:
        items = rows_json(asked.page, site.base)
        return JSONResponse({"items": items, "next": way, "behind": behind}, 200, heads)
    if asked.form is Form.CSV:
        heads["Content-Disposition"] = headers.attachment(f"{asked.address}.csv")
        return Response(
            table(COLUMNS[asked.kind], rows_json(asked.page, site.base)), 200, heads, asked.form.content_type
        )
    return Response(_feed(asked, site, way, behind), 200, heads, asked.form.content_type)


def _feed(asked: Listing, site: Site, way: str | None, behind: int) -> bytes:
    title = f"{asked.title} that name {title_of(asked.of.document)}" if asked.of else asked.title
    frame = Frame(
        title,
        links.form(asked.address, Form.ATOM.value),
        asked.address,
        asked.cut.here,
        way,
        part=f"?as={asked.part}" if asked.part else "",
        more=f"This list is {behind} behind the log; it catches up by itself." if behind else None,
    )
    return atom(feed(site, frame, (row_entry(row, site.base) for row in asked.page.rows)))
