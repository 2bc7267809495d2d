"""Every type of page of the desk: axe finds nothing, nothing scrolls sideways, nothing complains, all can be hit."""

from collections.abc import Iterable, Iterator
from itertools import product
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from playwright.sync_api import Page

from tests.journeys.desk_pages import SIGHTS, Sight
from tests.journeys.test_axe import THEMES, Look, found
from tests.support.browser import Tab
from tests.support.desk_laid_out import LaidOut

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDTHS = (390, 1280)
ALL: tuple[tuple[int, Look], ...] = tuple(product(WIDTHS, THEMES))
# Both widths, in two themes; which they are differs from page to page.
TURNS = tuple(tuple(zip(WIDTHS, (THEMES[turn], THEMES[turn - 1]), strict=True)) for turn in range(len(THEMES)))
NARROWEST = 320
# What folds is opened, since nobody sees what is wrong inside otherwise.
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
WIDTH = "document.documentElement.scrollWidth"
FRAME = """() => [document.querySelectorAll('h1').length, document.title !== '', document.documentElement.lang,
  document.querySelector('a')?.matches('.skip') && document.querySelector('#the-text') !== null]"""
SMALL = """() => [...document.querySelectorAll('nav a, button, select, textarea, summary, input, label:has(input)')]
  .filter(e => e.checkVisibility() && !e.matches('.aloud, [type=hidden]'))
  .filter(e => !e.closest('label') || e.matches('label'))
  .map(e => [e, e.getBoundingClientRect()]).filter(([_, r]) => r.width && (r.height < 24 || r.width < 24))
  .map(([e, r]) => `${e.outerHTML.slice(0, 90)} is ${Math.round(r.width)} x ${Math.round(r.height)}`)"""
# Forms that lack something as they open.
REFUSED = (
    "log-quoted", "evidence-new", "figure-new", "assessment-new", "people", *(pytest.param(name, marks=pytest.mark.slow)
    for name in (
        "bring-in", "source-new", "agent-new", "origin-new", "topic-new", "own-page-new", "search-new", "reply-new",
        "question-new", "withdraw", "restore", "publish-new",
    )),
)  # fmt: skip
# Of the desk's addresses these are no pages: choices while typing, bytes, and a way that leads on.
NO_PAGES = {"/desk/find", "/desk/sources/{id}/snapshots/{n}/bytes", "/desk/records/{id}"}


@pytest.fixture
def page(member: Tab, stranger: Tab, laid: LaidOut, sight: Sight) -> Iterator[Page]:
    """Opened without a complaint, everything in it unfolded."""
    tab = member if sight.signed_in else stranger
    page = tab.open(laid.path(sight.template), sight.status)
    page.evaluate(UNFOLD)
    yield page
    assert tab.faults == []
    assert tab.reports() == []


def test_nothing_is_wrong_with_it(page: Page, sight: Sight) -> None:
    """Seen by axe in two of six looks, which are others for the next type of page: each page is loaded once."""
    headings, is_titled, language, can_be_skipped_to = page.evaluate(FRAME)
    assert (headings, is_titled, language, can_be_skipped_to) == (1, True, "en", True)
    for width in (NARROWEST, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDTH) <= width
        assert page.evaluate(SMALL) == [], f"at {width} px"
    look(page, TURNS[crc32(sight.name.encode()) % len(TURNS)])


@pytest.mark.slow
def test_axe_finds_nothing_in_any_look(page: Page) -> None:
    look(page, ALL)


@pytest.mark.parametrize("name", REFUSED)
def test_nor_with_it_where_it_was_refused(member: Tab, laid: LaidOut, name: str) -> None:
    """Sent as it opens: what is lacking is said on top and at its field, and each line leads there."""
    sight = next(one for one in SIGHTS if one.name == name)
    page = member.open(laid.path(sight.template))
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate(UNFOLD)
    with page.expect_response(lambda reply: reply.request.method == "POST") as answered, page.expect_event("load"):
        page.locator("form.sheet[method=post] .acts button").first.click()
    assert answered.value.status == 422
    lines = page.get_by_role("alert").first.get_by_role("listitem")
    assert lines.count() > 0
    for way in lines.locator("a[href^='#']").all():
        assert page.locator(f"[id='{str(way.get_attribute('href'))[1:]}']").count() == 1
    page.evaluate(UNFOLD)
    assert page.evaluate(WIDTH) <= 390
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.evaluate(Axe().axe_script)
    assert found(page) == []


def look(page: Page, looks: Iterable[tuple[int, Look]]) -> None:
    page.evaluate(Axe().axe_script)
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**theme)
        assert found(page) == [], f"at {width} px, {theme}"


def test_every_page_of_the_desk_is_looked_at(laid: LaidOut) -> None:
    """A new page goes into `desk_pages.py`."""
    app: FastAPI = laid.place.app
    routes = [route for route in iter_route_contexts(app.routes) if (route.path or "").startswith("/desk")]
    shown = [sight.template.partition("?")[0] for sight in SIGHTS]
    missing = {
        route.path
        for route in routes
        if "GET" in (route.methods or ()) and route.path not in NO_PAGES
        if not any(route.path_regex.fullmatch(one) for one in shown)
    }
    assert missing == set()
