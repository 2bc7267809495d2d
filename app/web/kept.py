"""Pages that were made before: given again, without asking for anything, while the database says nothing else."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.headers import names
from app.web.negotiate import RECORD_FORMS, Form, NotAcceptable, choose
from kb.db.marks import Mark

MOST_BYTES = 64 * 2**20
# Of a page beside its bytes: objects, headers, and its place in the table.
EACH = 6_000
# What is longer is not looked up: no page of ours has such an address, and no browser asks so.
LONGEST = 300
KEEPING = "claimbase.keeping"
# What a 304 does not say of the bytes that it leaves out.
_OF_BYTES = (b"content-length", b"content-type")
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Page:
    """An answer as it was given; `body` is None where only its headers are known, from a 304.

    `mark` is the state of the database that it was made from; None where it may only be given again after its ETag was
    worked out anew.
    """

    mark: Mark | None
    etag: str
    headers: Headers
    body: bytes | None


class Keeping:
    """What one request knows of the page that was made before at its address, and what becomes of its own answer."""

    def __init__(self, before: Page | None = None) -> None:
        self._before = before
        self.etag: str | None = None
        self.by_mark = False

    def body(self, etag: str, *, by_mark: bool) -> bytes | None:
        """The bytes of before, where the ETag that was just worked out says that they are what would be made now.

        From here on the answer may be kept under this ETag. `by_mark`: it was made from the database alone, so that
        while that stays as it is nothing has to be asked.
        """
        self.etag, self.by_mark = etag, by_mark
        return self._before.body if self._before and self._before.etag == etag else None


class KeptPages:
    """Answers at once what it has of the database's present state; else lets the app answer, and keeps that.

    It never works out what a page is: routes say what may be kept, and under which ETag (`keeping`). Those that do give
    everybody the same page at the same address, as long as the database says the same; under one ETag it has the same
    bytes and headers. What sets a cookie is never kept.
    """

    def __init__(self, app: ASGIApp, now: Callable[[], Mark | None], most: int = MOST_BYTES) -> None:
        self.app = app
        self._now = now
        self._most = most
        self._pages: OrderedDict[bytes, Page] = OrderedDict()
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope) if scope["type"] == "http" else None
        if key is None:
            await self.app(scope, receive, send)
            return
        mark, found = self._now(), self._pages.get(key)
        if found is not None and mark is not None and found.mark == mark and await _answered(found, scope, send):
            self._pages.move_to_end(key)
            return
        keeping = Keeping(found)
        begun: list[Message] = []

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                if keeping.etag is None:
                    # There is no such page any more, or its content was removed.
                    self._drop(key)
            elif keeping.etag is not None and not message.get("more_body"):
                self._keep(key, mark, keeping, begun[0], message)
            await send(message)

        await self.app({**scope, KEEPING: keeping}, receive, kept)

    def _keep(self, key: bytes, mark: Mark | None, keeping: Keeping, start: Message, body: Message) -> None:
        page = _page(mark if keeping.by_mark else None, keeping.etag or "", start, body)
        if page is None or _size(page) > self._most:
            return
        before = self._drop(key)
        if before is not None and page.body is None and before.etag == page.etag:
            page = Page(page.mark, before.etag, before.headers, before.body)
        self._pages[key] = page
        self.size += _size(page)
        while self.size > self._most:
            self.size -= _size(self._pages.popitem(last=False)[1])

    def _drop(self, key: bytes) -> Page | None:
        found = self._pages.pop(key, None)
        self.size -= 0 if found is None else _size(found)
        return found


def keeping(request: Request) -> Keeping:
    """Of this request; one that keeps nothing where nobody keeps pages."""
    found: Keeping = request.scope.get(KEEPING) or Keeping()
    return found


def _key(scope: Scope) -> bytes | None:
    """The address, where it is asked for as a page; None for what is never kept."""
    path: bytes = scope.get("raw_path") or b""
    if scope["method"] not in ("GET", "HEAD") or scope["query_string"] or not 1 < len(path) <= LONGEST:
        return None
    accept = b", ".join([value for name, value in scope["headers"] if name == b"accept"])
    return path if len(accept) <= LONGEST and _wants_page(accept) else None


@lru_cache(maxsize=512)
def _wants_page(accept: bytes) -> bool:
    try:
        return choose(accept.decode("latin-1"), RECORD_FORMS) is Form.HTML
    except NotAcceptable:
        return False


async def _answered(page: Page, scope: Scope, send: Send) -> bool:
    """False where the client asks for bytes that are not there."""
    given = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    unchanged = bool(given) and names(given.decode("latin-1"), page.etag)
    if not unchanged and page.body is None:
        return False
    headers = _without(page.headers) if unchanged else page.headers
    await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": b"" if unchanged else page.body})
    return True


def _page(mark: Mark | None, etag: str, start: Message, body: Message) -> Page | None:
    """None for what is no whole answer, or one to a single person."""
    headers = MutableHeaders(raw=list(start["headers"]))
    if start["status"] not in (200, 304) or headers.get("etag") != etag or "set-cookie" in headers:
        return None
    if start["status"] == 304:
        return Page(mark, etag, list(headers.raw), None)
    data = bytes(body.get("body", b""))
    return Page(mark, etag, list(headers.raw), data) if headers.get("content-length") == str(len(data)) else None


def _without(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name not in _OF_BYTES]


def _size(page: Page) -> int:
    return len(page.body or b"") + EACH
