"""How few steps it takes from an opened article to a saved claim, counted in a real browser."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.main import create_app
from kb.blobs import Blobs
from kb.db import open_engine, writing
from kb.desk.accounts import AccountEntry, add_account
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.invitations import accept, make_link
from kb.desk.passwords import Hasher, NewPassword
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.publish.found import found
from tests.factories.desk import source
from tests.support.article import CLUB, SENTENCE, STATEMENT, TEXT
from tests.support.browser import DESKTOP, Tab
from tests.support.databases import BASE, Stock, settings_for
from tests.support.desk import PASSWORD
from tests.support.served import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# What the issue allows where there are no agents and topics yet, and where there are.
MOST, MOST_WITH_AGENTS = 8, 6


@dataclass
class Hand:
    """Counts every click and every selection. A field is clicked before it is written in; typing itself is free."""

    page: Page
    steps: int = 0

    def press(self, what: Locator) -> None:
        self.steps += 1
        what.click()

    def select(self, paragraph: Locator) -> None:
        """Three clicks in a row select a paragraph; a drag over it would be one step as well."""
        self.steps += 1
        paragraph.click(click_count=3, position={"x": 20, "y": 10})

    def write(self, name: str, words: str) -> None:
        self.press(self.page.locator(f"[name='{name}']"))
        self.page.keyboard.type(words)


@pytest.fixture
def page(browser: Browser, stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """An editor before the text of an article that the desk knows nothing else of."""
    folder = tmp_path_factory.mktemp("desk")
    with stock("sqlite").migrated(folder) as url:
        settings = settings_for(folder, url)
        engine = open_engine(settings)
        found(engine, LOCAL_OPERATOR, settings, BASE)
        with writing(engine) as session:
            account = add_account(session, LOCAL_OPERATOR, AccountEntry(name="R. Roe", roles=["editor"]))
            link = make_link(session, LOCAL_OPERATOR, account, "invitation")
            of = source(session, "Heights", publisher_as_printed="Daily Example")
            bring_in(session, LOCAL_OPERATOR, of, SnapshotEntry(), TEXT.encode(), Blobs(settings.blobs))
            path = f"/desk/sources/{of.id}/read"
        accept(engine, Hasher(), link, NewPassword(password=PASSWORD))
        engine.dispose()
        app = create_app(settings, host="127.0.0.1")
        with served(settings, app=app) as address, Tab(browser, address, **DESKTOP) as tab:
            tab.page.goto("/desk/sign-in")
            tab.page.get_by_label("Name").fill("R. Roe")
            tab.page.get_by_label("Password").fill(PASSWORD)
            tab.page.get_by_role("button", name="Sign in").click()
            tab.page.wait_for_url("**/desk")
            tab.page.goto(path)
            yield tab.page
            assert tab.faults == []


def log(page: Page, paragraph: str, statement: str, speaker: str, figure: str, *, is_person: bool = False) -> int:
    """Quote, statement, speaker and figure; the number of steps."""
    hand = Hand(page)
    hand.select(page.locator(paragraph))
    # On a busy machine the next page is late, and what is typed before it is there would be its shortcuts.
    with page.expect_navigation():
        hand.press(page.get_by_role("button", name="Quote the selection").first)
    hand.write("texts.0.statement", statement)
    hand.write("chain.0.agent", speaker)
    if is_person:
        hand.press(page.locator("[name='chain.0.who'][value=person]"))
    hand.press(page.locator("label.choice", has_text=figure).locator("[name=figures]"))
    hand.press(page.get_by_role("button", name="Save and log next from this source"))
    return hand.steps


def test_steps_from_an_opened_article_to_a_saved_claim(page: Page) -> None:
    steps = log(page, "#p-2", STATEMENT, "Ada Invented", "4,807 metres", is_person=True)
    expect(page.get_by_role("status").first).to_have_text(
        "The claim is logged. Here is the text again, for the next one."
    )
    assert steps <= MOST
    expect(page.locator("[name='chain.1.agent']")).to_have_value(re.compile(r"Daily Example \[.{9}\]"))
    steps = log(page, "#p-3", "Ada Invented reported that over 600 people climbed it.", "Ada Invented", "Over 600")
    assert steps <= MOST_WITH_AGENTS
    for words, statement in ((SENTENCE, STATEMENT), (CLUB, "over 600 people")):
        page.locator(".taken-list a", has_text=statement).click()
        expect(page.locator("main")).to_contain_text(words)
        expect(page.locator("section[aria-labelledby=figures] li")).to_have_count(1)
        expect(page.locator("ol.chain li")).to_have_count(2)
        page.go_back()
