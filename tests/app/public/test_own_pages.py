"""Our own pages as readers see them: where reports go, with and without an address for them."""

import pytest

from app.main import create_app
from kb.settings import Settings
from tests.app.conftest import Library
from tests.support.reader import Reader


@pytest.mark.parametrize("version", ["", "/v1"])
def test_about_says_how_to_report_where_no_address_is_set(library: Library, version: str) -> None:
    text = library.reader.page(f"/about{version}").text
    assert "has named no address for reports" in text
    assert "Invented desk" in text
    assert "the address of the page, with its version" in text


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("mailto:desk@example.org", "desk@example.org"), ("https://example.org/report", "https://example.org/report")],
)
def test_about_names_the_address_that_is_set(own_library: Library, contact: str, shown: str) -> None:
    settings = Settings(**{**own_library.settings.model_dump(), "contact": contact})
    before = own_library.reader.get("/about").headers["etag"]
    with Reader(create_app(settings, public_only=True)) as reader:
        page = reader.page("/about")
        assert contact in page.links
        assert f"To Invented desk: {shown}." in page.text
        assert reader.get("/about").headers["etag"] != before


def test_other_pages_name_none(library: Library) -> None:
    assert "for reports" not in library.reader.page("/method").text
