"""Nothing that was written is lost: neither when two save the same claim, nor when a session has ended meanwhile."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlalchemy import delete

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import SignIn
from tests.factories import desk as made
from tests.journeys.story import button, field, says
from tests.journeys.test_axe import Look, found
from tests.support.article import SENTENCE, STATEMENT, TEXT
from tests.support.browser import DESKTOP, PHONE, Tab
from tests.support.databases import Stock
from tests.support.desk_served import DeskPlace, desk_served, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ONE, OTHER = "R. Roe", "O. Oe"
THEIRS = "Survey of Example says that Mount Example is 4,807 metres high, more or less."
MINE = "Survey of Example says that Mount Example is about 4,807 metres high."
BY_HAND = {"java_script_enabled": False}


@pytest.fixture(scope="module")
def place(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskPlace]:
    people = {ONE: ["editor"], OTHER: ["editor"]}
    with desk_served(stock("sqlite"), tmp_path_factory.mktemp("desk"), people) as place:
        yield place


@pytest.fixture
def claim(place: DeskPlace) -> str:
    with place.desk.writing() as session:
        return made.bare_claim(session, "height").id


@pytest.fixture
def article(place: DeskPlace) -> str:
    desk = place.desk
    with desk.writing() as session:
        source = made.source(session, "Heights", publisher_as_printed="Daily Example")
        bring_in(session, LOCAL_OPERATOR, source, SnapshotEntry(), TEXT.encode(), desk.blobs)
        return source.id


def save(page: Page) -> None:
    """Whatever the answer is."""
    with page.expect_event("load"):
        page.locator(".acts").get_by_role("button", name="Save", exact=True).click()


def press(page: Page, name: str) -> None:
    with page.expect_event("load"):
        button(page, name).click()


def end_sessions(place: DeskPlace) -> None:
    with place.desk.writing() as session:
        session.execute(delete(SignIn))


def axe_finds_nothing(page: Page, looks: Look) -> None:
    """Where scripts run, since axe is one."""
    if looks.get("java_script_enabled", True):
        page.evaluate(Axe().axe_script)
        assert found(page) == []


def unexpected(tab: Tab, status: int) -> list[str]:
    """Faults beside the answer that the test is about: Chromium tells of each one of 400 and above."""
    return [one for one in tab.faults if f"status of {status}" not in one and not one.startswith(f"{status}: ")]


@pytest.mark.parametrize("looks", [DESKTOP, {**PHONE, **BY_HAND}], ids=["scripts", "by-hand"])
def test_two_editors_of_one_claim_see_theirs_and_yours(
    browser: Browser, place: DeskPlace, claim: str, looks: Look
) -> None:
    words = f"/desk/claims/{claim}/words"
    with place.signed_in(browser, ONE, **looks) as one, place.signed_in(browser, OTHER, **looks) as other:
        first, second = one.open(words), other.open(words)
        field(first, "texts.0.statement").fill(THEIRS)
        save(first)
        says(first, "Saved.")
        field(second, "texts.0.statement").fill(MINE)
        field(second, "texts.0.question").fill("Is Mount Example 4,807 metres high?")
        save(second)
        clash = second.get_by_role("alert")
        row = clash.get_by_role("row").filter(has_text=MINE)
        assert ONE in clash.inner_text()
        assert THEIRS in row.inner_text()
        assert field(second, "texts.0.statement").input_value() == MINE
        assert field(second, "texts.0.question").input_value() == "Is Mount Example 4,807 metres high?"
        axe_finds_nothing(second, looks)
        save(second)
        says(second, "Saved.")
        says(second, MINE)
        second.goto(f"/desk/records/{claim}/history")
        says(second, THEIRS)
        assert one.faults + unexpected(other, 409) == []


def test_two_editors_of_two_parts_do_not_meet(browser: Browser, place: DeskPlace, claim: str) -> None:
    with place.signed_in(browser, ONE) as one, place.signed_in(browser, OTHER) as other:
        first, second = one.open(f"/desk/claims/{claim}/words"), other.open(f"/desk/claims/{claim}/aspects")
        field(first, "texts.0.statement").fill(THEIRS)
        save(first)
        field(second, "aspects.0.label").fill("the height in metres")
        save(second)
        says(second, "Saved.")
        says(second, THEIRS)
        assert one.faults + other.faults == []


@pytest.mark.parametrize("looks", [DESKTOP, {**PHONE, **BY_HAND}], ids=["scripts", "by-hand"])
def test_a_session_that_ended_loses_nothing(browser: Browser, place: DeskPlace, article: str, looks: Look) -> None:
    with place.signed_in(browser, ONE, **looks) as tab:
        page = tab.open(f"/desk/sources/{article}/read?pane=form")
        field(page, "texts.0.statement").fill(STATEMENT)
        field(page, "chain.0.agent").fill("Ada Invented")
        field(page, "find").fill(SENTENCE)
        end_sessions(place)
        press(page, "Find")
        says(page, "Nothing of what you wrote is lost")
        axe_finds_nothing(page, looks)
        sign_in(page, ONE)
        axe_finds_nothing(page, looks)
        press(page, "Go on")
        assert page.locator(".quoted mark").inner_text() == SENTENCE
        assert field(page, "texts.0.statement").input_value() == STATEMENT
        end_sessions(place)
        save(page)
        sign_in(page, ONE)
        press(page, "Go on and save it")
        says(page, "Added.")
        says(page, STATEMENT)
        says(page, "Ada Invented")
        assert unexpected(tab, 401) == []
