"""Feeds: what is new on the whole site, of one claim, and of the claims that name a topic or an agent."""

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.public import addressing
from app.public.lists import Roles, claims_that
from app.public.paging import Cut, link, read_cut
from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from app.web.feeding import Frame, edition_entry, feed, row_entry
from app.web.negotiate import Form
from app.web.templates import fingerprint, title_of
from kb.formats.feed import Feed, atom
from kb.log.news import News, news
from kb.log.read import Edition
from kb.projections.catalogue.lists import at_addresses

ATOM = Form.ATOM.value
router = APIRouter()


def site_feed(request: Request) -> Response:
    """`/feed.atom`: every new edition of a claim."""
    cut = read_cut(request, numbered=True)
    with door_of(request).open() as session:
        some = news(session, cut.limit, kind="claim", before=_number(cut))
        frame = Frame("New, changed and withdrawn claims", links.FEED.removeprefix("/"), "")
        return _of_editions(request, session, some, cut, frame)


def versions_feed(kind: str, folder: str) -> APIRouter:
    """`/claims/{id}.atom`: every version of a record."""

    def versions(request: Request, session: Session, edition: Edition) -> Response:
        cut = read_cut(request, numbered=True)
        some = news(session, cut.limit, record=edition.record, before=_number(cut))
        frame = Frame(f"Versions of: {title_of(edition.document)}", _atom(edition), edition.address)
        return _of_editions(request, session, some, cut, frame)

    return _below(kind, folder, versions)


def claims_feed(kind: str, folder: str, roles: Roles) -> APIRouter:
    """`/topics/{slug}.atom`: the claims that name a record, those last published first."""

    def claims(request: Request, session: Session, edition: Edition) -> Response:
        cut = read_cut(request, numbered=True)
        page = claims_that(session, edition, roles, None, cut, newest=True)
        site, way = door_of(request).site, cut.next(page.next)
        title = f"Claims that name {title_of(edition.document)}"
        frame = Frame(title, _atom(edition), edition.address, cut.here, way)
        return _answer(request, session, feed(site, frame, (row_entry(row, site.base) for row in page.rows)), way)

    return _below(kind, folder, claims)


def _below(kind: str, folder: str, answer: Callable[[Request, Session, Edition], Response]) -> APIRouter:
    def named(request: Request, name: str) -> Response:
        with door_of(request).open() as session:
            try:
                edition = addressing.latest(session, kind, name)
            except addressing.Elsewhere as elsewhere:
                return RedirectResponse(f"{elsewhere.name}.{ATOM}", elsewhere.status, headers.OPEN)
            return answer(request, session, edition)

    made = APIRouter()
    path = f"{folder}/{{name}}.{ATOM}"
    made.add_api_route(path, named, methods=READ, response_model=None, include_in_schema=False)
    return made


def _of_editions(request: Request, session: Session, some: News, cut: Cut, frame: Frame) -> Response:
    site, way = door_of(request).site, cut.next(some.next)
    newest = at_addresses(session, {edition.address for edition, _ in some.editions})
    entries = (
        edition_entry(edition, standing, newest.get(edition.address), site.base) for edition, standing in some.editions
    )
    whole = replace(frame, here=cut.here, way=way, more="Each version is an entry of its own, the newest first.")
    return _answer(request, session, feed(site, whole, entries), way)


def _answer(request: Request, session: Session, made: Feed, way: str | None) -> Response:
    etag = headers.tag(made, fingerprint())
    heads = headers.revalidated(etag, is_data=True, negotiated=False) | link(way)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    heads |= headers.of_log(session)
    return Response(atom(made), 200, heads, Form.ATOM.content_type)


def _atom(edition: Edition) -> str:
    return links.form(edition.address, ATOM)


def _number(cut: Cut) -> int | None:
    return int(cut.after) if cut.after else None


router.add_api_route(links.FEED, site_feed, methods=READ, response_model=None, include_in_schema=False)
