"""What changed between two versions of a record, field by field, and from which versions it can be asked."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.public import addressing
from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from app.web.negotiate import PAGE_FORMS, Form, accepted, choose, split_suffix
from app.web.standing import Shown, judged
from app.web.templates import fingerprint, render
from app.web.versions import replies_beside, version_json
from app.web.views.diff import rows
from kb.errors import Missing, Refused
from kb.formats.changes import compare
from kb.log.read import Edition
from kb.projections.catalogue.lists import at_addresses
from kb.projections.catalogue.rows import Listed, listed

LATEST = "latest"
_NUMBER = r"v?(0|[1-9][0-9]{0,8}|latest)"
_PAIR = re.compile(rf"{_NUMBER}\.\.{_NUMBER}((?:\.[a-z]+)?)")
_ONE = re.compile(_NUMBER)


@dataclass(frozen=True)
class Pair:
    """Two versions of one record, the older one first; `replies` are all that stand beside either of them."""

    older: Edition
    newer: Edition
    shown: Shown
    replies: str

    @property
    def before(self) -> str | None:
        """`0..1` of `1..2` is none: the pair that leads to the older one, relative to this one's address."""
        return f"{self.older.version - 1}..{self.older.version}" if self.older.version > 1 else None

    @property
    def after(self) -> str | None:
        """The pair that leads on from the newer one."""
        newer = self.newer.version
        return f"{newer}..{newer + 1}" if newer < self.shown.standing.latest_version else None


def diffs(kind: str, folder: str) -> APIRouter:
    """`/claims/{id}/diff/1..3` and `.json`; `/claims/{id}/diff?from=1&to=3` leads there, for forms."""
    router = APIRouter()

    def chosen(request: Request, name: str) -> Response:
        return _chosen(request, kind, name)

    def diff(request: Request, name: str, pair: str) -> Response:
        return _diff(request, kind, name, pair)

    path = f"{folder}/{{name}}/{links.DIFF}"
    for at, endpoint in ((path, chosen), (f"{path}/{{pair}}", diff)):
        router.add_api_route(at, endpoint, methods=READ, response_model=None, include_in_schema=False)
    return router


def _chosen(request: Request, kind: str, name: str) -> Response:
    """From a form; without numbers, what changed last."""
    given = {key: request.query_params.get(key, "") for key in ("from", "to")}
    for key, value in given.items():
        if value and not _ONE.fullmatch(value):
            raise Refused(f"“{key}” is the number of a version.", where=key, remedy=f"Give a number, or “{LATEST}”.")
    query = f"?{request.url.query}" if request.url.query else ""
    with door_of(request).open() as session:
        try:
            last = addressing.latest(session, kind, name).version
        except addressing.Elsewhere as elsewhere:
            return RedirectResponse(f"../{elsewhere.name}/{links.DIFF}{query}", elsewhere.status, headers.OPEN)
    to = _number(given["to"] or LATEST, last)
    older = _number(given["from"], last) if given["from"] else max(1, to - 1)
    _unlike(older, to)
    return RedirectResponse(f"{links.DIFF}/{min(older, to)}..{max(older, to)}", 303)


def _diff(request: Request, kind: str, name: str, pair: str) -> Response:
    found = _PAIR.fullmatch(pair)
    if found is None:
        remedy = "Two versions are written as 1..3, or as 1..latest."
        raise Missing("Nothing is published at this address.", where=pair[: addressing.LONGEST], remedy=remedy)
    _, suffix = split_suffix(f"{links.DIFF}{found[3]}", PAGE_FORMS)
    form = suffix or choose(accepted(request), PAGE_FORMS)
    with door_of(request).open() as session:
        try:
            addressing.address(kind, name)
            if LATEST in found.groups():
                last = addressing.latest(session, kind, name).version
                return _to(_number(found[1], last), _number(found[2], last), found[3], 302)
            older, newer = int(found[1]), int(found[2])
            if older >= newer or pair != f"{older}..{newer}{found[3]}":
                return _to(older, newer, found[3], 308)
            return _answer(request, session, _pair(session, kind, name, older, newer), form, suffix)
        except addressing.Elsewhere as elsewhere:
            way = f"../../{elsewhere.name}/{links.DIFF}/{pair}"
            return RedirectResponse(way, elsewhere.status, headers.OPEN)


def _to(older: int, newer: int, suffix: str, status: int) -> Response:
    """The one address of a pair: the lower number first."""
    _unlike(older, newer)
    return RedirectResponse(f"{min(older, newer)}..{max(older, newer)}{suffix}", status, headers.OPEN)


def _unlike(older: int, newer: int) -> None:
    if older == newer:
        remedy = "Choose two different ones; all of them stand in the history of the record."
        raise Refused(f"Nothing can have changed from version {older} to itself.", where=links.DIFF, remedy=remedy)


def _number(given: str, last: int) -> int:
    return last if given == LATEST else int(given.removeprefix("v"))


def _pair(session: Session, kind: str, name: str, older: int, newer: int) -> Pair:
    """Four statements, whatever the number of versions."""
    old = addressing.version(session, kind, name, older)
    shown = judged(session, addressing.version(session, kind, name, newer))
    row = at_addresses(session, [old.address]).get(old.address)
    return Pair(old, shown.edition, shown, _replies(old, shown.edition, row))


def _replies(older: Edition, newer: Edition, row: Listed | None) -> str:
    """In view stands every reply that either version has, or that came later."""
    replies = replies_beside(newer, row)
    gone = listed(older).replies
    return " ".join(one for one in (gone if gone and gone not in replies else "", replies) if one)


def _answer(request: Request, session: Session, pair: Pair, form: Form, suffix: Form | None) -> Response:
    site = door_of(request).site
    digests = (pair.older.digest, pair.newer.digest)
    etag = headers.tag("diff", form.value, digests, pair.shown.standing, pair.replies, fingerprint(), site)
    heads = headers.revalidated(etag, is_data=form is Form.JSON, negotiated=suffix is None) | _links(pair, suffix)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    if form is Form.JSON:
        heads |= headers.of_log(session)
        return JSONResponse(_told(pair, site.base), 200, heads)
    changes = rows(compare(pair.older.document, pair.newer.document))
    lines = [(one, listed(one)) for one in (pair.older, pair.newer)]
    body = render(
        request, "public/diff.html", pair=pair, shown=pair.shown, edition=pair.newer, lines=lines, rows=changes
    )
    return Response(body, 200, heads, form.content_type)


def _links(pair: Pair, suffix: Form | None) -> dict[str, str]:
    """The pairs before and after, relative, in the same form."""
    ending = f".{suffix.value}" if suffix else ""
    ways = [f'<{to}{ending}>; rel="{rel}"' for rel, to in (("prev", pair.before), ("next", pair.after)) if to]
    return {"Link": ", ".join(ways)} if ways else {}


def _told(pair: Pair, base: str) -> Mapping[str, Any]:
    address = pair.newer.address
    return {
        "record": pair.newer.record,
        "address": base + links.diff(address, pair.older.version, pair.newer.version),
        "replies": pair.replies or None,
        "from": version_json(pair.older, base),
        "to": version_json(pair.newer, base),
        "standing": asdict(pair.shown.standing),
        "changes": [one.as_json() for one in compare(pair.older.document, pair.newer.document)],
        "links": {"latest": base + address, "history": base + links.history(address)},
    }
