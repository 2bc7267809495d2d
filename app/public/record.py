"""What all records have in common: the latest and every version, in every form, and the history."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.history import history
from app.web import headers, links, signposting
from app.web.door import Site, door_of
from app.web.kept import keeping
from app.web.negotiate import PAGE_FORMS, RECORD_FORMS, Form, accepted, choose, split_suffix
from app.web.standing import Shown, judged, of_latest
from app.web.templates import fingerprint, page_weight, render
from kb.errors import Missing
from kb.formats import rdf
from kb.log import read as log
from kb.log.read import Edition

READ = ["GET", "HEAD"]
# How many pieces of evidence a heavy page keeps; the first number that makes it light enough.
KEPT = (30, 20, 10, 5)


@dataclass(frozen=True)
class Word:
    """What the shared pages must know of a kind of record.

    `beside` asks what the catalogue knows beside the document: inverse relations and lists, which change the page's
    ETag. `view` arranges document and that for the template; it may ask for more, since it runs only where a page is
    really made. `as_json` says the same for `.json`. `lighter` is `view` for a page that would be too heavy: it keeps
    at most that many pieces of evidence, and links to the rest. `reads_files`: `beside` looks beyond the database, so
    that a page may be another one though nothing was committed.
    """

    kind: str
    template: str
    beside: Callable[[Session, Edition], Any]
    view: Callable[[Session, Edition, Any], Mapping[str, Any]]
    as_json: Callable[[Any, str], Mapping[str, Any]]
    lighter: Callable[[Session, Edition, Any, int], Mapping[str, Any]] | None = None
    reads_files: bool = False


def records(word: Word, folder: str) -> APIRouter:
    """Routes of a kind: `/claims/{id}`, `/claims/{id}/v{n}`, `/claims/{id}/history`, each with its suffixes."""
    router = APIRouter()

    def latest(request: Request, name: str) -> Response:
        return _to_its_place(lambda: _latest(request, word, name))

    def part(request: Request, name: str, part: str) -> Response:
        return _to_its_place(lambda: _part(request, word, name, part), part)

    for path, endpoint in ((f"{folder}/{{name}}", latest), (f"{folder}/{{name}}/{{part}}", part)):
        router.add_api_route(path, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _to_its_place(answer: Callable[[], Response], part: str | None = None) -> Response:
    """Relative, so that a mirror's readers stay with it; what stood behind the name stays behind it."""
    try:
        return answer()
    except addressing.Elsewhere as elsewhere:
        way = elsewhere.name if part is None else f"../{elsewhere.name}/{part}"
        # A page of another site that fetches data is stopped by a redirect that is not open to it.
        return RedirectResponse(way, elsewhere.status, headers.OPEN)


def _latest(request: Request, word: Word, name: str) -> Response:
    name, suffix = split_suffix(name, RECORD_FORMS)
    form = suffix or choose(accepted(request), RECORD_FORMS)
    try:
        with door_of(request).open() as session:
            edition = addressing.latest(session, word.kind, name)
            return _answer(request, session, word, Shown(edition, of_latest(edition), pinned=False), form, suffix)
    except addressing.Elsewhere as elsewhere:
        raise addressing.Elsewhere(_with(elsewhere.name, suffix), elsewhere.status) from elsewhere


def _part(request: Request, word: Word, name: str, part: str) -> Response:
    offered = PAGE_FORMS if part.partition(".")[0] == links.HISTORY else RECORD_FORMS
    bare, suffix = split_suffix(part, offered)
    number = addressing.number_of(bare)
    if bare != links.HISTORY and number is None:
        raise Missing("Nothing is published at this address.", where=name[: addressing.LONGEST])
    form = suffix or choose(accepted(request), offered)
    with door_of(request).open() as session:
        if number is None:
            return history(request, session, addressing.latest(session, word.kind, name), form, suffix)
        edition = addressing.version(session, word.kind, name, number)
        # Data says nothing of what became of it, so nothing has to be asked.
        told = form in (Form.HTML, Form.JSON)
        shown = judged(session, edition) if told else Shown(edition, of_latest(edition), pinned=True)
        return _answer(request, session, word, shown, form, suffix)


def _answer(request: Request, session: Session, word: Word, shown: Shown, form: Form, suffix: Form | None) -> Response:
    edition = shown.edition
    heads = signposting.headers_of(shown, door_of(request).site, suffix) | ({} if form is Form.HTML else headers.OPEN)
    if form in (Form.HTML, Form.JSON):
        beside = word.beside(session, edition)
        # The bytes are final but their standing is not, so a cache must ask each time.
        etag = headers.tag(form.value, edition.digest, shown.standing, beside, fingerprint(), door_of(request).site)
        heads |= {"ETag": etag, "Cache-Control": headers.REVALIDATE}
        # Only pages are kept: data names the head of the log, which moves under the same ETag.
        made = keeping(request).body(etag, by_mark=not word.reads_files) if form is Form.HTML else None
        if headers.has_it(request, etag):
            return Response(None, 304, heads)
        if form is Form.JSON:
            return _json(session, word, shown, beside, door_of(request).site, heads)
        made = made or _page(request, session, word, shown, beside)
        return Response(made, 200, heads, form.content_type)
    etag = f'"{edition.digest}"' if form is Form.JSONLD else f'"{edition.digest}-{form.value}"'
    heads |= {"ETag": etag, "Cache-Control": headers.ONE_DAY if shown.pinned else headers.REVALIDATE}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    heads |= headers.of_log(session)
    if form is Form.JSONLD:
        return Response(
            edition.data, 200, heads | {"Repr-Digest": headers.repr_digest(edition.digest)}, form.content_type
        )
    return Response(b"".join(rdf.serialize(log.nquads(session, edition), form.value)), 200, heads, form.content_type)


def _page(request: Request, session: Session, word: Word, shown: Shown, beside: Any) -> bytes:
    """The whole page where that is light enough, else with as much of the evidence as is."""
    edition = shown.edition
    made = render(request, word.template, shown=shown, edition=edition, **word.view(session, edition, beside))
    for most in KEPT:
        if word.lighter is None or len(made) <= page_weight():
            break
        view = word.lighter(session, edition, beside, most)
        made = render(request, word.template, shown=shown, edition=edition, **view)
    return made


def _json(session: Session, word: Word, shown: Shown, beside: Any, site: Site, heads: Mapping[str, str]) -> Response:
    """The canonical bytes stand in it as they are, so that no reader meets another spelling of a number."""
    edition = shown.edition
    page = site.base + edition.address
    addresses = {
        "self": site.base + links.version(edition.address, edition.version),
        "latest": page,
        "history": site.base + links.history(edition.address),
        **{form.value: f"{page}/v{edition.version}.{form.value}" for form in RECORD_FORMS if form is not Form.HTML},
    }
    standing = {
        **asdict(shown.standing),
        "sample": site.is_sample,
        "seq": edition.seq,
        "digest": edition.digest,
        "leaf_hash": edition.leaf_hash,
        **word.as_json(beside, site.base),
    }
    parts = (b'{"document":', edition.data, b',"standing":', _dumped(standing), b',"links":', _dumped(addresses), b"}")
    return Response(b"".join(parts), 200, {**heads, **headers.of_log(session)}, Form.JSON.content_type)


def _with(name: str, suffix: Form | None) -> str:
    return f"{name}.{suffix.value}" if suffix else name


def _dumped(value: Any) -> bytes:
    return bytes(JSONResponse(value).body)
