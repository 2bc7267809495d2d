"""A reader of the served pages: a plain client over the app itself, begun and ended as a server does it."""

import asyncio
from collections.abc import Iterator
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urldefrag, urljoin

import httpx
from fastapi import FastAPI

HOST = "http://localhost:8000"
VOID = frozenset({"meta", "link", "br", "hr", "input", "img", "wbr"})


class Reader:
    """`with Reader(app) as reader: reader.get("/claims")`. Follows no redirect; errors come as they are answered."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=HOST)
        self._life = app.router.lifespan_context(app)

    def __enter__(self) -> Self:
        self._loop.run_until_complete(self._life.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.run_until_complete(self._life.__aexit__(None, None, None))
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def ask(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """Headers by name with underscores: `If_None_Match`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._loop.run_until_complete(self._client.request(method, path, headers=named))

    def send(self, path: str, content: str) -> httpx.Response:
        """JSON as it stands, valid or not, from somebody who wants JSON back."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._loop.run_until_complete(self._client.post(path, content=content, headers=headers))

    def post(self, path: str, content: bytes, kind: str, **headers: str) -> httpx.Response:
        """A body of the media type `kind`, as it stands."""
        named = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self._loop.run_until_complete(self._client.post(path, content=content, headers=named))

    def get(self, path: str, **headers: str) -> httpx.Response:
        """What must be there."""
        reply = self.ask(path, **headers)
        assert reply.status_code == 200, f"{path} is {reply.status_code}: {reply.text[:300]}"
        return reply

    def page(self, path: str) -> "Page":
        """A page as a browser gets it, read."""
        reply = self.get(path, Accept="text/html")
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        return read(reply.text)


class Page(HTMLParser):
    """What stands on a page: its text, links, ids, and what no page of ours may have."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.title = ""
        # Data for machines: nobody sees it.
        self.scripts: list[str] = []
        self._words: list[str] = []
        self._in_title = False
        # Elements that are not closed, or not in their order: browsers would mend them each in its own way.
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self._in_title = tag == "title"
        if tag == "p" and "p" in self._open:
            self.faults.append(f"<p> in <p> at {self.getpos()}")
        if tag not in VOID:
            self._open.append(tag)
        if tag in ("a", "link") and "href" in values:
            self.links.append(values["href"])
        if "id" in values:
            self.ids.append(values["id"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._open and self._open[-1] == "script":
            self.scripts.append(data)
        else:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    @property
    def text(self) -> str:
        return " ".join("".join(self._words).split())

    def addresses(self, here: str) -> Iterator[tuple[str, str]]:
        """Path and fragment of every link that stays in this place."""
        for link in self.links:
            whole, fragment = urldefrag(urljoin(HOST + here, link))
            if whole.startswith(HOST):
                yield whole.removeprefix(HOST) or "/", fragment


def read(html: str) -> Page:
    """A page read with a parser that is not the templates' own."""
    page = Page()
    page.feed(html)
    page.close()
    return page
