"""What every type of page keeps: it asks for its style alone, stays still, bends, and can be worked by keyboard."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Stand
from tests.support.browser import DESKTOP, PHONE, Tab

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Widths between those that axe sees: phones, a tablet, and 1280 px at 200 %.
WIDTHS = (320, 360, 414, 640, 768, 1024)
# WCAG 1.4.12; adopted sheets are the browser's own and no concern of the page's policy.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
TWICE_AS_LARGE = "html { font-size: 212.5% !important }"
ADOPT = (
    """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"""
)
WIDTH = "document.documentElement.scrollWidth"
# What is cut off by its own box; a box of one pixel is hidden on purpose and read aloud.
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(e => {
  const s = getComputedStyle(e), hides = v => v === 'hidden' || v === 'clip';
  return e.clientWidth > 1 && (hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1
    || hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 120))"""
TARGETS = "nav a, .word, button, select, textarea, summary, label:has(input), input"
SMALL = """targets => [...document.querySelectorAll(targets)]
  .filter(e => e.checkVisibility() && !e.closest('label') || e.matches('label'))
  .map(e => [e, e.getBoundingClientRect()]).filter(([_, r]) => r.width && (r.height < 44 || r.width < 24))
  .map(([e, r]) => `${e.outerHTML.slice(0, 90)} is ${Math.round(r.width)} x ${Math.round(r.height)}`)"""
# One radio button of a group is reached by Tab, the others by the arrows.
REACHABLE = """() => {
  const groups = new Set();
  window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && e.type !== 'hidden' && !e.disabled && e.checkVisibility())
    .filter(e => e.type !== 'radio' || !document.querySelector(`[name="${e.name}"]:checked`) || e.checked);
  window.order = []; window.unseen = [];
  document.addEventListener('focusin', ({target}) => {
    const s = getComputedStyle(target);
    if (stops.includes(target)) order.push(stops.indexOf(target));
    if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) unseen.push(target.outerHTML.slice(0, 120));
  });
  return stops.length;
}"""


@pytest.mark.parametrize("looks", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_asks_for_its_style_and_stays_still(browser: Browser, stand: Stand, looks: dict[str, object]) -> None:
    with Tab(browser, stand.address, **looks) as tab:
        page = tab.open(stand.path, stand.status)
        assert tab.faults == []
        assert tab.reports() == []
        assert set(tab.requests) <= {"document", "stylesheet", "icon"}
        assert page.evaluate("window.shift") == 0
        assert page.locator("h1").count() == 1
        assert page.evaluate(f"{WIDTH} <= innerWidth")
        if looks is PHONE:
            assert page.evaluate(SMALL, TARGETS) == []


def test_it_bends(browser: Browser, stand: Stand) -> None:
    """No sideways scroll at any width, nothing cut off by wider spacing or by letters of twice the size."""
    with Tab(browser, stand.address) as tab:
        page = tab.open(stand.path, stand.status)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDTH) <= width
        for css, width in ((SPACED, 320), (SPACED, 1280), (TWICE_AS_LARGE, 1280), (TWICE_AS_LARGE, 640)):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(ADOPT, css)
            assert page.evaluate(WIDTH) <= width, css
            assert page.evaluate(CLIPPED) == [], css


def test_keys_reach_all_of_it_in_order(browser: Browser, stand: Stand) -> None:
    with Tab(browser, stand.address, **DESKTOP) as tab:
        page = tab.open(stand.path, stand.status)
        stops = page.evaluate(REACHABLE)
        for _ in range(stops + page.locator("pre, .prose table, .scroll").count()):
            page.keyboard.press("Tab")
        assert page.evaluate("order")[:stops] == list(range(stops))
        assert page.evaluate("unseen") == []
        skip(page)


def skip(page: Page) -> None:
    """The first Tab shows a link to the text, Enter goes there, and the next Tab is within it."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.goto(page.url)
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    assert page.evaluate("document.activeElement.matches('.skip')")
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#the-text")
    if page.locator("main a").count():
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
