"""A real browser that looks at one server and reports whatever else it was asked to fetch or complained of."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
# What a page cannot be asked later: reports of its policy, and every shift that no reader caused.
WATCH = """
window.reports = []; window.shift = 0;
document.addEventListener('securitypolicyviolation', e => reports.push(e.violatedDirective + ' ' + e.blockedURI));
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) shift += e.value; })
  .observe({type: 'layout-shift', buffered: true});
"""


def chromium() -> Path | None:
    """The browser of this machine, where there is one."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None


@contextmanager
def opened(program: Path) -> Iterator[Browser]:
    """A browser. While it is open no other event loop runs in this thread, so it is closed as soon as may be."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Tab:
    """`with Tab(browser, address, **PHONE) as tab: tab.open("/claims")`; `tab.faults` is what went wrong since then.

    Keywords are those of Playwright's `new_context`.
    """

    def __init__(self, browser: Browser, address: str, **looks: Any) -> None:
        self.address = address
        self.faults: list[str] = []
        self.requests: list[str] = []
        self._expected = 200
        self._context: BrowserContext = browser.new_context(base_url=address, **looks)
        self._context.add_init_script(WATCH)
        self._context.route(re.compile(rf"^(?!{re.escape(address)}/)"), self._refuse)
        self.page: Page = self._context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", lambda request: self.requests.append(_what(request)))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def __enter__(self) -> "Tab":
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()

    def open(self, path: str, status: int = 200) -> Page:
        """The page at this path, loaded, with everything that it asks for."""
        self.faults.clear()
        self.requests.clear()
        self._expected = status
        self.page.goto(path)
        return self.page

    def reports(self) -> list[str]:
        """What the page's own policy refused."""
        found: list[str] = self.page.evaluate("window.reports")
        return found

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"asked another host: {route.request.url}")
        route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium tells every answer of 400 and above; those that a test opens on purpose are no fault.
        if not (self._expected >= 400 and f"status of {self._expected}" in message.text):
            self.faults.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        # What a page was still fetching when the reader went on.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        moved = 300 <= response.status < 400
        if not moved and response.status != (self._expected if response.request.is_navigation_request() else 200):
            self.faults.append(f"{response.status}: {response.url}")


def _what(request: Request) -> str:
    """Browsers call a page's icon "other"."""
    is_icon = request.resource_type == "other" and request.url.partition("?")[0].endswith((".svg", ".ico"))
    return "icon" if is_icon else request.resource_type
