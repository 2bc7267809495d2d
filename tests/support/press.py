"""A publisher on loopback: articles as pages and as PDF, which the desk fetches by their address."""

import html
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser

from kb.capture.door.ranges import Number
from kb.capture.fetch import Fetcher

HTML, PDF = "text/html; charset=utf-8", "application/pdf"
Print = tuple[str, bytes]


@dataclass(frozen=True)
class Press:
    """`address` has no slash at its end; `fetcher` may go there and nowhere else."""

    address: str
    fetcher: Fetcher


@contextmanager
def press(printed: Mapping[str, Print]) -> Iterator[Press]:
    """Serves each path with its media type and bytes, and 404 for everything else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = printed.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in printed else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        own = server.server_address[1]

        def allowed(number: Number, port: int) -> bool:
            return number.is_loopback and port == own

        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="press")
        thread.start()
        try:
            yield Press(f"http://127.0.0.1:{own}", Fetcher(allowed=allowed))
        finally:
            server.shutdown()
            thread.join()


def as_page(text: str, title: str, publisher: str, published: str) -> Print:
    """A page that says of itself what it is, with a paragraph for each of the text."""
    blocks = (html.escape(one).replace("\n", "<br>") for one in text.strip("\n").split("\n\n"))
    body = "\n".join(f"<p>{one}</p>" for one in blocks)
    head = (
        f"<meta charset=utf-8><title>{html.escape(title)}</title>"
        f'<meta property="og:site_name" content="{html.escape(publisher)}">'
        f'<meta property="article:published_time" content="{published}">'
    )
    return (
        HTML,
        f"<!doctype html><html lang=en><head>{head}</head><body><article>{body}</article></body></html>".encode(),
    )


def as_pdf(browser: Browser, page: Print) -> Print:
    """The same, printed by a browser."""
    sheet = browser.new_page()
    sheet.set_content(page[1].decode())
    printed = sheet.pdf(format="A4")
    sheet.close()
    return PDF, printed
