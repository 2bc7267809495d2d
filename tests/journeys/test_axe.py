"""axe finds nothing on any type of page, in any theme, at any width; and no page scrolls sideways."""

from collections.abc import Iterable
from itertools import product
from typing import Any
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Stand
from tests.support.browser import Tab

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Look = dict[str, Any]
WIDTHS = (1280, 390, 320)
THEMES: tuple[Look, ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
# Each width once and each theme once; which meets which differs from page to page.
TURNS = tuple(tuple(zip(WIDTHS, THEMES[turn:] + THEMES[:turn], strict=True)) for turn in range(len(THEMES)))
ALL = tuple(product(WIDTHS, THEMES))
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}


def test_axe_finds_nothing(browser: Browser, stand: Stand) -> None:
    """In three looks, which are others for the next type of page."""
    look(browser, stand, TURNS[crc32(stand.kind.name.encode()) % len(TURNS)])


@pytest.mark.slow
def test_axe_finds_nothing_in_any_look(browser: Browser, stand: Stand) -> None:
    """In all nine."""
    look(browser, stand, ALL)


def look(browser: Browser, stand: Stand, looks: Iterable[tuple[int, Look]]) -> None:
    """The page is loaded once and then looked at in several ways."""
    with Tab(browser, stand.address) as tab:
        page = tab.open(stand.path, stand.status)
        assert tab.faults == []
        page.evaluate(Axe().axe_script)
        for width, theme in looks:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.emulate_media(**theme)
            assert found(page) == [], f"at {width} px, {theme}"


def found(page: Page) -> list[str]:
    """What axe finds: the rule, what it asks for, and where."""
    violations = page.evaluate("options => axe.run(options).then(results => results.violations)", OPTIONS)
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in violations for node in one["nodes"]]
