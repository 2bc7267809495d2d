"""On paper a claim's page holds what a footnote needs: the version's address, its digest, and where the sources are."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Stand
from tests.support.browser import DESKTOP, Tab
from tests.support.places import Place
from tests.support.reader import HOST

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(27, 31, 36)"
# The links out of the text whose address is not printed after them; the live page's stands at the quotation.
WITHOUT_ADDRESS = """() => [...document.querySelectorAll('main a[href^="http"]')]
  .filter(a => a.checkVisibility() && !getComputedStyle(a, '::after').content.includes(a.getAttribute('href')))
  .filter(a => !a.matches('.passage')).map(a => a.href)"""
# Navigation is not printed, so what it hides away is not either.
CLOSED = """[...document.querySelectorAll('details:not(nav details)')]
  .filter(d => !d.lastElementChild.checkVisibility()).length"""
COLOURS = "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }"


@pytest.mark.parametrize("name", ["C04", "C24", "M9"])
def test_a_claim_on_paper(browser: Browser, sample_address: str, sample_place: Place, name: str) -> None:
    path = sample_place.claim(name)
    with Tab(browser, sample_address, color_scheme="dark", **DESKTOP) as tab:
        page = tab.open(path)
        digest = page.locator(".side .mono", has_text="sha256:").first.inner_text()
        page.emulate_media(media="print", color_scheme="dark")
        footnote = page.locator(".head .onpaper").inner_text()
        assert f"{HOST}{path}/v{version(page)}" in footnote
        assert digest.removeprefix("sha256:") in footnote
        assert not page.locator("nav").first.is_visible()
        assert page.evaluate(WITHOUT_ADDRESS) == []
        assert page.evaluate(COLOURS) == [WHITE, BLACK]
        quotes = page.locator("blockquote[cite]")
        assert quotes.count() > 0
        after = "node => getComputedStyle(node, '::after').content.includes(node.getAttribute('cite'))"
        assert all(quote.evaluate(after) for quote in quotes.all())
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def version(page: Page) -> str:
    """The number that the line above the headline gives."""
    return page.locator(".head .meta").first.inner_text().partition("version ")[2].partition(",")[0]


@pytest.mark.slow
def test_every_page_prints_without_its_navigation(browser: Browser, stand: Stand) -> None:
    with Tab(browser, stand.address, **DESKTOP) as tab:
        page = tab.open(stand.path, stand.status)
        page.emulate_media(media="print")
        assert [one for one in page.locator("nav, .skip, .find, button").all() if one.is_visible()] == []
        assert page.locator("h1").is_visible()
        assert page.evaluate(CLOSED) == 0
