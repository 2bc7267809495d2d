"""How to cite a record: this version or always the newest, in every form, to copy and as files."""

from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from app.web.negotiate import PAGE_FORMS, Form, accepted, choose, split_suffix
from app.web.standing import Shown, judged, of_latest
from app.web.templates import fingerprint, render
from app.web.views.cite import all_forms, quotations
from kb.errors import Refused
from kb.formats.citation import FORMS, KINDS, NoSuchCitation, Work, work_of, written

# Asks for the record, whatever it comes to, where a number asks for one version.
NEWEST = "newest"


@dataclass(frozen=True)
class Asked:
    """What the query asks for: `number` is None for the latest version; `as_file` one of the forms of citation."""

    number: int | None
    newest: bool
    as_file: str | None


def cites(kind: str, folder: str) -> APIRouter:
    """`/claims/{id}/cite` and `/claims/{id}/cite.json`; `?version=` names another version, `?format=` gives a file."""
    router = APIRouter()

    def cite(request: Request, name: str) -> Response:
        return _cite(request, kind, name, choose(accepted(request), PAGE_FORMS), suffix="")

    def suffixed(request: Request, name: str, suffix: str) -> Response:
        _, form = split_suffix(f"{links.CITE}.{suffix}", PAGE_FORMS)
        return _cite(request, kind, name, form or Form.JSON, suffix=f".{suffix}")

    path = f"{folder}/{{name}}/{links.CITE}"
    for at, endpoint in ((path, cite), (f"{path}.{{suffix}}", suffixed)):
        router.add_api_route(at, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _cite(request: Request, kind: str, name: str, form: Form, *, suffix: str) -> Response:
    asked = _asked(request)
    try:
        with door_of(request).open() as session:
            shown = _shown(session, kind, name, asked.number)
    except addressing.Elsewhere as elsewhere:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"../{elsewhere.name}/{links.CITE}{suffix}{query}", elsewhere.status, headers.OPEN)
    site = door_of(request).site
    etag = headers.tag("cite", form.value, asked, shown.edition.digest, shown.standing, fingerprint(), site)
    heads = {"ETag": etag, "Cache-Control": headers.REVALIDATE}
    if not suffix and not asked.as_file:
        heads["Vary"] = "Accept"
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if asked.as_file:
        return _file(_work(shown, newest=asked.newest), asked.as_file, heads)
    if form is Form.JSON:
        return JSONResponse(_told(shown), 200, heads | headers.OPEN)
    return Response(_page(request, shown, asked), 200, heads, form.content_type)


def _asked(request: Request) -> Asked:
    version, form = (request.query_params.get(name) for name in ("version", "format"))
    if form is not None and form not in KINDS:
        what = "“format” names no form of citation."
        raise NoSuchCitation(what, where="format", remedy=f"Choose one of {', '.join(FORMS)}.")
    number = addressing.number_of(f"v{version}") if version not in (None, NEWEST) else None
    if version not in (None, NEWEST) and number is None:
        remedy = f"Give a number, or “{NEWEST}” for the record whatever its version."
        raise Refused("“version” is not the number of a version.", where="version", remedy=remedy)
    return Asked(number, version == NEWEST, form)


def _shown(session: Session, kind: str, name: str, number: int | None) -> Shown:
    if number is not None:
        return judged(session, addressing.version(session, kind, name, number))
    edition = addressing.latest(session, kind, name)
    return Shown(edition, of_latest(edition), pinned=False)


def _work(shown: Shown, *, newest: bool) -> Work:
    return work_of(shown.document, shown.edition.digest, withdrawn=shown.is_withdrawn, newest=newest)


def _file(work: Work, form: str, heads: dict[str, str]) -> Response:
    kind = KINDS[form]
    named = {"Content-Disposition": f'attachment; filename="{work.key}.{kind.suffix}"'}
    # JSON is UTF-8 by its own rule and takes no charset.
    media = kind.media_type if kind.suffix == "json" else f"{kind.media_type}; charset=utf-8"
    text = written(work, form) + "\n"
    return Response(text.encode(), 200, {**heads, **headers.OPEN, **named, "Content-Type": media})


def _told(shown: Shown) -> dict[str, object]:
    """This version, and under `newest` the record, which has no digest."""
    this, newest = _work(shown, newest=False), _work(shown, newest=True)
    return {
        "version": this.version,
        "address": this.address,
        "digest": this.digest,
        "standing": shown.standing.state,
        "forms": {form: written(this, form) for form in FORMS},
        "newest": {"address": newest.address, "forms": {form: written(newest, form) for form in FORMS}},
    }


def _page(request: Request, shown: Shown, asked: Asked) -> bytes:
    work = _work(shown, newest=asked.newest)
    return render(
        request,
        "public/cite.html",
        shown=shown,
        edition=shown.edition,
        work=work,
        forms=all_forms(work, NEWEST if asked.newest else str(shown.edition.version)),
        quotations=quotations(shown.entity) if not asked.newest else [],
    )
