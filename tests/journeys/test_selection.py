"""Quotes by selection in a real browser, counted as the server counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

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
from tests.support.browser import DESKTOP, PHONE, Tab
from tests.support.databases import BASE, Stock, settings_for
from tests.support.desk import PASSWORD
from tests.support.served import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TEXT = (
    "Heights \U0001f3d4\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467\n\n"
    "e\u0301t\u00e9 \U0001f600 over 600 people climbed it, the club said.\n\n"
    "\u05d4\u05d4\u05e8 \u05d2\u05d1\u05d5\u05d4 \u05de\u05d0\u05d5\u05d3 in 1863.\n"
)
# Selects the words in the one text node that holds them.
SELECT = """words => {
  const root = document.querySelector("[data-text-of-record]");
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return;
  }
  throw new Error("no such words");
}"""


@dataclass(frozen=True)
class Place:
    """Where the desk is served, and the source whose text is read."""

    address: str
    source: str

    @property
    def page(self) -> str:
        return f"/desk/sources/{self.source}/left-out"


@pytest.fixture(scope="module")
def place(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("desk")
    with stock("sqlite").migrated(folder) as url:
        settings = settings_for(folder, url)
        engine = open_engine(settings)
        found(engine, LOCAL_OPERATOR, settings, BASE)
        with writing(engine) as session:
            account = add_account(session, LOCAL_OPERATOR, AccountEntry(name="R. Roe", roles=["editor"]))
            link = make_link(session, LOCAL_OPERATOR, account, "invitation")
            of = source(session, "Heights")
            bring_in(session, LOCAL_OPERATOR, of, SnapshotEntry(), TEXT.encode(), Blobs(settings.blobs))
            source_id = of.id
        accept(engine, Hasher(), link, NewPassword(password=PASSWORD))
        engine.dispose()
        with served(settings, app=create_app(settings, host="127.0.0.1")) as address:
            yield Place(address, source_id)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, place: Place) -> Iterator[Page]:
    """Somebody signed in."""
    with Tab(browser, place.address, **request.param) as tab:
        tab.page.goto("/desk/sign-in")
        tab.page.get_by_label("Name").fill("R. Roe")
        tab.page.get_by_label("Password").fill(PASSWORD)
        tab.page.get_by_role("button", name="Sign in").click()
        tab.page.wait_for_url("**/desk")
        yield tab.page
        assert tab.faults == []


@pytest.mark.parametrize(
    "words", ["over 600 people", "\U0001f600", "e\u0301t\u00e9", "\u05d2\u05d1\u05d5\u05d4", "in 1863."]
)
def test_a_selection_becomes_the_quote_and_loses_nothing(page: Page, place: Place, words: str) -> None:
    page.goto(place.page)
    assert page.evaluate("document.querySelector('[data-text-of-record]').textContent") == TEXT
    page.locator("[name=reason]").evaluate("field => field.value = 'Typed before.'")
    page.evaluate(SELECT, words)
    page.get_by_role("button", name="Quote the selection").first.click()
    expect(page.locator(".quoted mark")).to_have_text(words)
    expect(page.locator("[name=reason]")).to_have_value("Typed before.")


def test_the_last_paragraph_whole_reaches_beyond_the_text(page: Page, place: Place) -> None:
    page.goto(place.page)
    last = page.locator("#p-3")
    # Its words begin at the right.
    width = last.evaluate("node => node.clientWidth")
    last.click(click_count=3, position={"x": width - 15, "y": 12})
    page.get_by_role("button", name="Quote the selection").first.click()
    expect(page.locator(".quoted mark")).to_have_text(TEXT.split("\n")[4])


def test_a_paragraph_has_its_own_button_again_when_nothing_is_selected(page: Page, place: Place) -> None:
    page.goto(place.page)
    button = page.locator("#p-2 .quote-it")
    own = button.get_attribute("value")
    page.evaluate(SELECT, "600")
    expect(button).to_have_attribute("aria-label", "Quote the selection")
    page.evaluate("getSelection().removeAllRanges()")
    expect(button).to_have_attribute("aria-label", "Quote paragraph 2")
    assert button.get_attribute("value") == own
