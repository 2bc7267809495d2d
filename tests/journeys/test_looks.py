"""Pictures of every type of page, to be looked at: `make looks` leaves them in `.looks/`."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Stand
from tests.journeys.desk_pages import Sight
from tests.support.browser import Tab
from tests.support.desk_laid_out import LaidOut

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
FOLDER = Path(__file__).parents[2] / ".looks"
WIDTHS = (390, 1280)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_at_each_width(browser: Browser, stand: Stand, scheme: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with Tab(browser, stand.address, color_scheme=scheme) as tab:
        page = tab.open(stand.path, stand.status)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            picture = page.screenshot(path=FOLDER / f"{stand.kind.name}-{width}-{scheme}.png", full_page=True)
            assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_of_each_page_of_the_desk(
    member: Tab, stranger: Tab, laid: LaidOut, sight: Sight, scheme: Any
) -> None:
    """In order of their names, which begin with `desk-`."""
    FOLDER.mkdir(exist_ok=True)
    tab = member if sight.signed_in else stranger
    page = tab.open(laid.path(sight.template), sight.status)
    page.emulate_media(color_scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        picture = page.screenshot(path=FOLDER / f"desk-{sight.name}-{width}-{scheme}.png", full_page=True)
        assert picture.startswith(b"\x89PNG")
