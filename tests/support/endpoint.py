"""A client of `/sparql` over real HTTP, from an address of its own, so that its allowance is its own too."""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine

from app.main import create_app
from kb.db import open_engine
from kb.projections.triples.index import Index
from kb.projections.triples.limits import Limits
from tests.support.databases import migrate, settings_for
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.served import served

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
# All of 127.0.0.0/8 is this machine; each client takes the next one.
_ADDRESSES = (f"127.0.{high}.{low}" for high in itertools.count(1) for low in range(1, 255))
# In looks of a twentieth of a second.
PATIENCE = 600


class Endpoint:
    """`with Endpoint(base) as endpoint: endpoint.get("ASK {}")`. Follows no redirect, and sends no header unasked."""

    def __init__(self, base: str) -> None:
        self.address = next(_ADDRESSES)
        self._client = httpx.Client(
            base_url=base.rstrip("/"),
            transport=httpx.HTTPTransport(local_address=self.address),
            headers={"Accept": "*/*"},
            timeout=60,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def send(
        self,
        method: str = "GET",
        more: list[tuple[str, str]] | str = "",
        body: bytes | None = None,
        path: str = "/sparql",
        **headers: str,
    ) -> httpx.Response:
        """`more` stands behind the question mark; headers by name with underscores."""
        query = more if isinstance(more, str) else str(httpx.QueryParams(more))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.request(method, f"{path}?{query}" if query else path, content=body, headers=named)

    def get(self, query: str, *more: tuple[str, str], **headers: str) -> httpx.Response:
        return self.send("GET", [("query", query), *more], **headers)

    def post(self, body: str | bytes, kind: str | None, more: list[tuple[str, str]] | str = "") -> httpx.Response:
        headers = {"Content_Type": kind} if kind is not None else {}
        return self.send("POST", more, body.encode() if isinstance(body, str) else body, **headers)

    def wait(self) -> None:
        """Until the index is made."""
        for _ in range(PATIENCE):
            if self.get("ASK {}").status_code == 200:
                return
            time.sleep(0.05)
        raise TimeoutError("the index was never made")


@dataclass(frozen=True)
class Opened:
    """A server of its own, the app in it, and an engine that writes to what it serves."""

    app: FastAPI
    base: str
    writer: Engine
    known: Knowledge

    @property
    def index(self) -> Index:
        found: Index = self.app.state.index
        return found


@contextmanager
def opened_endpoint(folder: Path, limits: Limits) -> Iterator[Opened]:
    """On SQLite, with limits that a test can wait for; the index may still be on its way."""
    settings = settings_for(folder, None)
    migrate(settings)
    writer = open_engine(settings)
    known = publish_knowledge(writer, folder)
    app = create_app(settings, public_only=True)
    app.state.index.limits = limits
    with served(settings, app=app) as base:
        yield Opened(app, base, writer, known)
    writer.dispose()
