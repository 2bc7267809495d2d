"""A desk that is served, and people with a browser who sign in at it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from app.desk.desk import Desk, Fetching
from app.main import create_app
from kb.db import open_engine, writing
from kb.desk.accounts import AccountEntry, add_account
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.invitations import accept, make_link
from kb.desk.passwords import Hasher, NewPassword
from kb.publish.found import found
from tests.support.browser import Tab
from tests.support.databases import BASE, Stock, settings_for
from tests.support.desk import PASSWORD
from tests.support.served import served

EDITOR, READER, PUBLISHER = "R. Roe", "S. Second", "P. Third"
# A desk of three: each does what the others may not.
PEOPLE: Mapping[str, Sequence[str]] = {EDITOR: ["editor"], READER: ["reviewer"], PUBLISHER: ["publisher"]}
EVERYBODY = ["editor", "reviewer", "publisher", "admin"]


@dataclass(frozen=True)
class DeskPlace:
    """Where a desk is served; `desk` is what its pages share."""

    address: str
    app: FastAPI

    @property
    def desk(self) -> Desk:
        found: Desk = self.app.state.desk
        return found

    @contextmanager
    def signed_in(self, browser: Browser, name: str, **looks: Any) -> Iterator[Tab]:
        """Somebody's own browser, at the queue. `looks` are those of Playwright's `new_context`."""
        with Tab(browser, self.address, **looks) as tab:
            sign_in(tab.open("/desk/sign-in"), name)
            yield tab


@contextmanager
def desk_served(
    stock: Stock,
    folder: Path,
    people: Mapping[str, Sequence[str]] = PEOPLE,
    fetcher: Fetching | None = None,
) -> Iterator[DeskPlace]:
    """Founded, with these accounts, all of one password, and nothing on the desk."""
    with stock.migrated(folder) as url:
        settings = settings_for(folder, url)
        engine = open_engine(settings)
        found(engine, LOCAL_OPERATOR, settings, BASE)
        hasher = Hasher()
        for name, roles in people.items():
            with writing(engine) as session:
                account = add_account(session, LOCAL_OPERATOR, AccountEntry(name=name, roles=list(roles)))
                link = make_link(session, LOCAL_OPERATOR, account, "invitation")
            accept(engine, hasher, link, NewPassword(password=PASSWORD))
        engine.dispose()
        app = create_app(settings, host="127.0.0.1", fetcher=fetcher)
        with served(settings, app=app) as address:
            yield DeskPlace(address, app)


def sign_in(page: Page, name: str) -> None:
    """By the form, wherever it leads then."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_event("load"):
        page.get_by_role("button", name="Sign in").press("Enter")
    assert page.locator("h1").inner_text() != "Sign in to the desk", page.locator("main").inner_text()
