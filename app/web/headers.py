"""Headers: what keeps a page safe on every reply, how long it may be kept, and when it has not changed."""

import base64
import hashlib
from collections.abc import Mapping

from sqlalchemy.orm import Session
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.log import read as log

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A redaction must reach every cache within a day (DESIGN 8).
ONE_DAY = "public, max-age=86400"
REVALIDATE = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"
NEVER = "no-store"
# Data is for every site's scripts; no cookie goes with it.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Content-Location, Repr-Digest, Claimbase-Head, Claimbase-Behind, Claimbase-Seq, "
        "Content-Disposition, Retry-After"
    ),
}
# What a page of another site asks before it asks conditionally, or for the rest of a file: these are the headers that
# change an answer.
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}
# The same of what may also be asked by POST; whoever sends a body says of what type it is.
PREFLIGHT_OF_POST = PREFLIGHT | {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
}


class SecurityHeaders:
    """Puts SECURITY on every reply that passes; a reply's own value of one of them stands."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, secured if scope["type"] == "http" else send)


def tag(*parts: object) -> str:
    """An ETag of all that the reply depends on: a digest, a standing, rows of a list."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def has_it(request: Request, etag: str) -> bool:
    """True where the client names this very state, so that 304 is the answer."""
    return names(request.headers.get("if-none-match", ""), etag)


def names(given: str, etag: str) -> bool:
    """Whether an `If-None-Match` that came with a request names this state."""
    return given.strip() == "*" or _listed(given, etag)


def names_it(request: Request, etag: str) -> bool:
    """The same without `*`, which may stand for any state: for where it is not yet known whether there is one."""
    return _listed(request.headers.get("if-none-match", ""), etag)


def _listed(given: str, etag: str) -> bool:
    return etag in (one.strip().removeprefix("W/") for one in given.split(","))


def revalidated(etag: str, *, is_data: bool, negotiated: bool) -> dict[str, str]:
    """Of an answer that may be kept and must be asked about each time; data is open to every site's scripts.

    `negotiated`: its form was chosen by `Accept`, not by a suffix.
    """
    heads = {"ETag": etag, "Cache-Control": REVALIDATE}
    return heads | ({"Vary": "Accept"} if negotiated else {}) | (OPEN if is_data else {})


def of_log(session: Session, behind: int | None = None) -> dict[str, str]:
    """The head of the log that data was made from; of lists also how many editions they are `behind` it."""
    heads = {"Claimbase-Head": log.head(session).leaf_hash or ""}
    return heads if behind is None else heads | {"Claimbase-Behind": str(behind)}


def attachment(name: str) -> str:
    """`Content-Disposition` of a file to be kept, named after its address: ASCII without quotation marks."""
    return f'attachment; filename="{name.strip("/").replace("/", "-")}"'


def repr_digest(digest: str) -> str:
    """A SHA-256 in hex as `Repr-Digest` writes it (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
