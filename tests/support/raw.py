"""Requests that no client would send: the target goes to the app as it stands, the way the server hands it on."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI

from tests.support.reader import Reader


@dataclass(frozen=True)
class Reply:
    """What came back; header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(reader: Reader, target: str, method: str = "GET", **headers: str) -> Reply:
    """One request with exactly this target; nothing is encoded, shortened or put right on the way."""
    return reader._loop.run_until_complete(_ask(reader.app, target, method, headers))


async def _ask(app: FastAPI, target: str, method: str, headers: dict[str, str]) -> Reply:
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        # As uvicorn does it: decoded, with what is no UTF-8 replaced.
        "path": unquote(path),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": [
            (name.lower().encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8000),
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        # The server logs it after the answer; without one it would be a failure of ours.
        if not sent:
            raise
    start = next(one for one in sent if one["type"] == "http.response.start")
    body = b"".join(one.get("body", b"") for one in sent if one["type"] == "http.response.body")
    return Reply(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body)
