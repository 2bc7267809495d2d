"""The desk's scripts in a real browser: names found while typing, text that is not lost, keys that help."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.main import create_app
from app.web.templates import STATIC
from kb.db import open_engine, writing
from kb.desk.accounts import AccountEntry, add_account
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import AgentEntry, NameEntry, add_agent
from kb.desk.invitations import accept, make_link
from kb.desk.passwords import Hasher, NewPassword
from kb.desk.topics import TopicEntry, add_topic
from kb.publish.found import found
from tests.support.browser import DESKTOP, Tab
from tests.support.databases import BASE, Stock, settings_for
from tests.support.desk import PASSWORD
from tests.support.served import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOST_BYTES = 8_000
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('claimbase:text:'))"


@pytest.fixture(scope="module")
def address(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with one editor, a topic and an agent, served as it is."""
    folder = tmp_path_factory.mktemp("desk")
    with stock("sqlite").migrated(folder) as url:
        settings = settings_for(folder, url)
        engine = open_engine(settings)
        found(engine, LOCAL_OPERATOR, settings, BASE)
        with writing(engine) as session:
            account = add_account(session, LOCAL_OPERATOR, AccountEntry(name="R. Roe", roles=["editor"]))
            link = make_link(session, LOCAL_OPERATOR, account, "invitation")
            add_topic(session, LOCAL_OPERATOR, TopicEntry(slug="heights", label="École of heights"))
            names = (NameEntry(text="Napi Bibhag"),)
            add_agent(session, LOCAL_OPERATOR, AgentEntry(kind="office", name="Survey", other_names=names))
        accept(engine, Hasher(), link, NewPassword(password=PASSWORD))
        engine.dispose()
        with served(settings, app=create_app(settings, host="127.0.0.1")) as address:
            yield address


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """Somebody signed in."""
    with Tab(browser, address, **DESKTOP) as tab:
        _sign_in(tab.page)
        yield tab
        assert tab.faults == []


@pytest.fixture
def page(tab: Tab) -> Page:
    return tab.page


def _sign_in(page: Page) -> None:
    page.goto("/desk/sign-in")
    page.get_by_label("Name").fill("R. Roe")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk")


def _name(page: Page) -> Locator:
    """The first field of a topic or an agent."""
    return page.locator("[name=label], [name=name]").first


def _kept(page: Page) -> list[str]:
    # Scripts run before a page counts as loaded.
    page.wait_for_load_state()
    found: list[str] = page.evaluate(KEPT)
    return found


@pytest.mark.parametrize("script", sorted(path.name for path in STATIC.glob("*.mjs")))
def test_a_script_is_small_and_fetches_nothing_from_elsewhere(script: str) -> None:
    text = (STATIC / Path(script)).read_text("utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert not [word for word in ("http:", "https:", "eval(", "innerHTML", "import(") if word in text]


def test_a_name_is_found_while_it_is_typed(page: Page) -> None:
    page.goto("/desk/topics/new")
    field = page.get_by_label("Broader topic")
    field.press_sequentially("ecole")
    # The browser shows what holds the word as typed, so the choice says for what it was found.
    choice = page.locator("#f-broader-found option")
    expect(choice).to_contain_text("found for ecole")
    assert "École of heights [" in str(choice.get_attribute("value"))
    expect(page.get_by_role("status").filter(has_text="1 found")).to_have_count(1)
    field.press_sequentially(" nowhere")
    expect(page.get_by_role("status").filter(has_text="Nothing of this name so far.")).to_have_count(1)
    field.fill("")
    expect(choice).to_have_count(1)


def test_text_that_was_not_saved_is_offered_and_put_back(page: Page) -> None:
    page.goto("/desk/topics/new")
    _name(page).press_sequentially("Depths of lakes")
    page.reload()
    offer = page.get_by_role("status").filter(has_text="that was not saved")
    expect(offer).to_be_visible()
    assert _name(page).input_value() == ""
    offer.get_by_role("button", name="Put it back").click()
    expect(_name(page)).to_have_value("Depths of lakes")
    page.get_by_role("button", name="Add the topic").click()
    expect(page.get_by_text("Added.")).to_be_visible()
    assert _kept(page) == []


def test_rows_that_the_page_does_not_show_come_back_too(page: Page) -> None:
    page.goto("/desk/agents/new")
    _name(page).fill("Ministry")
    page.get_by_role("button", name="Add a name").click()
    page.locator("[name='other_names.0.text']").fill("The first")
    page.locator("[name='other_names.1.text']").press_sequentially("The second")
    page.goto("/desk/agents/new")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("[name='other_names.1.text']")).to_have_value("The second")
    expect(page.locator("[name='other_names.0.text']")).to_have_value("The first")
    expect(_name(page)).to_have_value("Ministry")
    page.goto("/desk/agents/new")
    page.get_by_role("button", name="Forget it").click()
    assert _kept(page) == []


def test_a_refused_form_is_kept_until_it_is_taken(tab: Tab) -> None:
    page = tab.page
    page.goto("/desk/topics/new")
    _name(page).fill("Widths")
    page.get_by_label("Address").fill("No Slug")
    page.get_by_role("button", name="Add the topic").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert len(_kept(page)) == 1
    # A form that was refused is answered with 422, as it should be.
    tab.faults.clear()
    page.get_by_label("Address").fill("widths")
    page.get_by_role("button", name="Add the topic").click()
    expect(page.get_by_text("Added.")).to_be_visible()
    assert _kept(page) == []


def test_signing_out_forgets_everything(browser: Browser, address: str) -> None:
    with Tab(browser, address, **DESKTOP) as tab:
        _sign_in(tab.page)
        tab.page.goto("/desk/topics/new")
        _name(tab.page).press_sequentially("Not to be seen by others")
        tab.page.wait_for_timeout(1_000)
        assert len(_kept(tab.page)) == 1
        tab.page.get_by_label("Address").press_sequentially("still-typing")
        tab.page.get_by_role("button", name="Sign out").click()
        tab.page.wait_for_url("**/desk/sign-in*")
        assert tab.page.evaluate("JSON.stringify([localStorage, sessionStorage])").find("others") == -1
        tab.page.get_by_label("Password").fill("a password")
        tab.page.reload()
        assert _kept(tab.page) == []


def test_keys_help_and_can_be_turned_off(page: Page) -> None:
    page.goto("/desk/topics")
    page.keyboard.press("/")
    expect(page.get_by_label("Find among them")).to_be_focused()
    page.keyboard.type("n/")
    expect(page.get_by_label("Find among them")).to_have_value("n/")
    page.goto("/desk/topics")
    page.evaluate("localStorage.setItem('claimbase:keys', 'off')")
    page.keyboard.press("n")
    page.keyboard.press("/")
    assert page.url.endswith("/desk/topics")
    expect(page.get_by_label("Find among them")).not_to_be_focused()
    page.evaluate("localStorage.removeItem('claimbase:keys')")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/bring-in")


def test_control_and_enter_save_from_within_a_field(page: Page) -> None:
    page.goto("/desk/topics/new")
    _name(page).fill("Lengths of rivers")
    _name(page).press("Control+Enter")
    expect(page.get_by_text("Added.")).to_be_visible()
    assert page.locator("h1").text_content() == "Lengths of rivers"
