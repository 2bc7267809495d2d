"""The history of a record: every version with its kind, date, note, verdict and digest, and what changed in it."""

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.web import headers, links
from app.web.door import door_of
from app.web.negotiate import Form
from app.web.standing import Shown, of_latest
from app.web.templates import fingerprint, render
from app.web.versions import version_json
from kb.log.read import Edition
from kb.log.series import editions_of
from kb.projections.catalogue.rows import listed


def history(request: Request, session: Session, newest: Edition, form: Form, suffix: Form | None) -> Response:
    """`/claims/{id}/history` of the record whose newest edition this is, the newest version first; JSON as logged."""
    site = door_of(request).site
    etag = headers.tag("history", form.value, newest.digest, fingerprint(), site)
    heads = headers.revalidated(etag, is_data=form is not Form.HTML, negotiated=suffix is None)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    versions = list(editions_of(session, newest.record))
    if form is Form.HTML:
        shown = Shown(newest, of_latest(newest), pinned=False)
        # Of a version whose content was removed there is nothing to be listed.
        rows = [(edition, None if edition.removed else listed(edition)) for edition in reversed(versions)]
        body = render(request, "public/history.html", shown=shown, edition=newest, versions=rows)
        return Response(body, 200, heads, form.content_type)
    heads |= headers.of_log(session)
    return JSONResponse({"versions": [_told(edition, site.base) for edition in versions]}, 200, heads)


def _told(edition: Edition, base: str) -> dict[str, object]:
    told = version_json(edition, base)
    if edition.version > 1 and "removed" not in told:
        told["diff"] = base + links.diff(edition.address, edition.version - 1, edition.version)
    return told
