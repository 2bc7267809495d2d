"""Queries as readers ask them: from the first page to an answer, by keyboard and without scripts."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.public.sparql.questions import named
from tests.support.browser import PHONE, Tab

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
QUERY = "SELECT ?claim WHERE {\n  ?claim a schema:Claim ;\n    cb:evidence ?ev }\nLIMIT 3"


def status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def test_from_the_first_page_to_a_question_and_its_short_link(browser: Browser, sample_address: str) -> None:
    with Tab(browser, sample_address, java_script_enabled=False, **PHONE) as tab:
        page = tab.open("/")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="SPARQL").click()
        question = next(one.sentence for one in named() if one.name == "single-origin")
        page.get_by_role("link", name=question).click()
        expect(page.get_by_role("heading", name=question)).to_be_in_viewport()
        first = status(page).partition(" in ")[0]
        assert page.get_by_role("region", name="Results").locator("tbody tr").count() == int(first.split()[0])
        page.locator(".keep a").click()
        assert urlsplit(page.url).path.startswith("/sparql/q/")
        assert status(page).partition(" in ")[0] == first
        assert tab.faults == []


def test_a_query_is_typed_run_and_mended(browser: Browser, sample_address: str) -> None:
    with Tab(browser, sample_address, java_script_enabled=False) as tab:
        page = tab.open("/sparql")
        field = page.get_by_label("Query", exact=True)
        field.fill(QUERY)
        field.press("Tab")
        expect(page.get_by_label("Add the usual prefixes")).to_be_focused()
        page.get_by_role("button", name="Run").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("3 rows in")
        # The answer has an address, at which it is there again.
        assert urlsplit(page.url).query.startswith("query=SELECT")
        page.reload()
        expect(page.get_by_role("status")).to_contain_text("3 rows in")
        expect(field).to_have_value(QUERY)
        assert tab.faults == []
        wrong = QUERY.replace("}", "]")
        field.fill(wrong)
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("alert")).to_contain_text("Error in line 3, column 21")
        expect(field).to_have_value(wrong)
        # The browser tells the status of an answer too.
        assert all("400" in fault for fault in tab.faults)


def test_a_row_leads_to_its_claim(browser: Browser, sample_address: str) -> None:
    with Tab(browser, sample_address, java_script_enabled=False) as tab:
        page = tab.open("/sparql/single-origin")
        page.get_by_role("region", name="Results").get_by_role("link").first.click()
        assert urlsplit(page.url).path.startswith("/claims/")
        assert page.locator("h1").count() == 1
        assert tab.faults == []
