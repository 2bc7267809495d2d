"""Which parts of a file are asked for: what is no request for parts is answered with the whole, as HTTP has it."""

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from app.web.headers import OPEN

# What other sites' scripts may read of an answer, beside what they may of all data.
EXPOSED = OPEN | {
    "Access-Control-Expose-Headers": f"{OPEN['Access-Control-Expose-Headers']}, Content-Range, Accept-Ranges"
}
# One part: from here to there, from here to the end, or so many bytes at the end.
_PART = r"\s*(?:[0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})\s*"
_PARTS = re.compile(rf"bytes\s*={_PART}(?:,{_PART})*", re.IGNORECASE)


def is_for_parts(method: str, wanted: str) -> bool:
    """False where RFC 9110 (14.2) has `Range` ignored: for HEAD, of another unit, or where it makes no sense."""
    if method != "GET" or not _PARTS.fullmatch(wanted):
        return False
    ends = [part.strip().split("-") for part in wanted.partition("=")[2].split(",")]
    return all(not first or not last or int(first) <= int(last) for first, last in ends)


class Download(FileResponse):
    """A file, whole or in parts. That a part is beyond its end is told to scripts of other sites too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = Request(scope).headers.get("range", "")
        if not is_for_parts(scope["method"], wanted):
            kept = [(name, value) for name, value in scope["headers"] if name != b"range"]
            scope = {**scope, "headers": kept}

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 416:
                MutableHeaders(scope=message).update(EXPOSED)
            await send(message)

        await super().__call__(scope, receive, opened)
