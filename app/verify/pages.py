"""The witness: asks the app for every version's page as a reader does, and holds it against the document."""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import httpx
from fastapi import FastAPI

from app.public.named import ROLES
from app.verify.demanded import Demand, demanded
from app.verify.page import PageText, read_page, tidy
from app.web import links
from app.web.door import Door
from app.web.views.passages import from_source
from kb.documents.canonical import digest
from kb.log.chain import Fault
from kb.log.read import Edition
from kb.log.series import latest_of
from kb.projections.catalogue.lists import claims_of

Ask = Callable[[str, str], httpx.Response]

HERE = "http://localhost"
PAGE, JSON = "page", "json"
# The data of one edition in so many is fetched too; it is the stored bytes, and no template can spoil it.
DATA_EVERY = 10


class Pages:
    """Faults of an edition as its readers get it. `data_every`: how seldom the data is looked at beside the page."""

    def __init__(self, ask: Ask, door: Door, data_every: int = DATA_EVERY) -> None:
        self.ask = ask
        self._door = door
        # Another start each time, so that a sample looks everywhere in the end.
        self._every, self._turn = data_every, random.SystemRandom().randrange(data_every)

    def __call__(self, edition: Edition) -> Iterator[Fault]:
        """The page of the version, and now and then its data."""
        address = "/" + links.version(edition.address, edition.version)
        reply = self.ask(address, "text/html")
        if reply.status_code == httpx.codes.OK:
            yield from self._page(edition, read_page(reply.content), address)
        else:
            yield _fault(edition, PAGE, f"its page answers {reply.status_code}")
        self._turn = (self._turn + 1) % self._every
        if self._turn == 0:
            yield from self._data(edition, address)

    def _page(self, edition: Edition, page: PageText, address: str) -> Iterator[Fault]:
        pages = [page, *self._evidence(page, address)]
        wanted = [*demanded(edition.document, digest(edition.data)), *self._quotes(edition)]
        for demand in dict.fromkeys(wanted):
            if problem := _missing(demand, pages):
                yield _fault(edition, PAGE, problem)

    def _evidence(self, page: PageText, address: str) -> Iterator[PageText]:
        """Evidence that would make a page too heavy has pages of its own, to which it leads."""
        under = f"{address}/{links.EVIDENCE}"
        waiting, seen = [(address, page)], {address}
        while waiting:
            here, read = waiting.pop()
            for link in read.links:
                way = urljoin(here, link).partition("#")[0]
                if way.partition("?")[0] == under and way not in seen:
                    seen.add(way)
                    found = read_page(self.ask(way, "text/html").content)
                    waiting.append((way, found))
                    yield found

    def _quotes(self, edition: Edition) -> Iterator[Demand]:
        """What claims quote from a source stands on its page too, as far as the first piece of the list goes."""
        if edition.record_kind != "source":
            return
        with self._door.open() as session:
            rows = claims_of(session, edition.address, *ROLES["source"]["quoted"]).rows
            claims = latest_of(session, [row.record for row in rows])
        for claim in claims.values():
            for taken in from_source(claim.document, edition.document["editionOf"]):
                if taken.quote.exact is not None:
                    lang = "" if taken.quote.lang == "en" else taken.quote.lang
                    yield Demand("quote", f"{taken.anchor} of {claim.record}", taken.quote.exact, lang)

    def _data(self, edition: Edition, address: str) -> Iterator[Fault]:
        """The bytes as they were sealed: alone, and inside the JSON that says where the version stands."""
        sealed = self.ask(f"{address}.jsonld", "*/*")
        if (sealed.status_code, sealed.content) != (httpx.codes.OK, edition.data):
            yield _fault(edition, "jsonld", "what is served is not what was sealed")
        told = self.ask(f"{address}.json", "*/*")
        if told.status_code != httpx.codes.OK or not told.content.startswith(b'{"document":' + edition.data + b","):
            yield _fault(edition, JSON, "what is served does not hold what was sealed")


@contextmanager
def open_pages(app: FastAPI, data_every: int = DATA_EVERY) -> Iterator[Pages]:
    """A reader of an app that lives as long as the block; no server and no network."""
    # Pages need no index: a second one would take memory, or the folder on disk from the server.
    app.state.index.stop()
    with asyncio.Runner() as runner:
        life = app.router.lifespan_context(app)
        runner.run(life.__aenter__())
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=HERE)

        def ask(address: str, accept: str) -> httpx.Response:
            return runner.run(client.get(address, headers={"Accept": accept}))

        try:
            yield Pages(ask, app.state.door, data_every)
        finally:
            runner.run(client.aclose())
            runner.run(life.__aexit__(None, None, None))


def _missing(demand: Demand, pages: list[PageText]) -> str | None:
    """Why a demand is not met; None where it is."""
    text = tidy(demand.text.casefold() if demand.loose else demand.text)
    if not any(text in (page.loose if demand.loose else page.whole) for page in pages):
        return f"{demand.called} is not in its page"
    if demand.lang and not any(text in page.by_language.get(demand.lang, "") for page in pages):
        return f"{demand.called} is not marked as being in its language, {demand.lang}"
    return None


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, where, problem)
