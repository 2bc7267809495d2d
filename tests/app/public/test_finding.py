"""Being found: a sitemap of what stands, what robots may read, and whom to tell of a hole."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from app.main import create_app
from app.public.finding import SITEMAPS, _robots, _security
from app.web.door import Site
from kb.db import reading
from kb.errors import CannotStart
from kb.projections.catalogue.sitemap import parts, places
from kb.settings import Settings, read_settings
from tests.app.conftest import Library
from tests.support.reader import HOST, Reader

BASE = "https://facts.example.org/"
SITE = Site("Invented", BASE, "https://creativecommons.org/licenses/by/4.0/", "Invented desk", False)
NOW = datetime(2026, 12, 1, 13, 45, 10, tzinfo=UTC)


def locations(reader: Reader, path: str, name: str) -> list[tuple[str, str | None]]:
    """(address, last change) of each entry."""
    reply = reader.get(path)
    assert reply.headers["content-type"] == "application/xml"
    root = etree.fromstring(reply.content)
    assert root.tag == f"{{{SITEMAPS}}}{name}"
    return [(one.findtext(f"{{{SITEMAPS}}}loc"), one.findtext(f"{{{SITEMAPS}}}lastmod")) for one in root]


def test_the_sitemap_leads_to_every_page_that_stands(library: Library) -> None:
    index = locations(library.reader, "/sitemap.xml", "sitemapindex")
    assert [address.removeprefix(HOST) for address, _ in index] == ["/sitemap-pages.xml", "/sitemap-0.xml"]
    pages = dict(one for address, _ in index for one in locations(library.reader, address.removeprefix(HOST), "urlset"))
    listed = [f"/{kind}.json" for kind in ("claims", "sources", "agents", "origins", "topics")]
    items = [item for path in listed for item in library.reader.get(path).json()["items"]]
    standing = {item["address"]: item["issued"] for item in items if item["standing"] == "current"}
    assert standing.items() <= pages.items()
    assert f"{HOST}/claims/{library.known.gone}" not in pages
    assert {f"{HOST}/", f"{HOST}/claims", f"{HOST}/data", f"{HOST}/method", f"{HOST}/foundation"} <= set(pages)
    assert index[1][1] == max(standing.values()) or index[1][1] == "2026-11-28T09:00:00Z"
    for address in pages:
        assert library.reader.ask(address.removeprefix(HOST), Accept="text/html").status_code == 200, address


def test_a_large_sitemap_comes_in_parts(library: Library) -> None:
    with reading(library.engine) as session:
        whole = in_parts(session, 1_000)
        some = parts(session, 3)
        assert len(some) > 3
        assert in_parts(session, 3) == whole
        for one in some:
            pages = places(session, one.number, 3)
            assert 1 <= len(pages) <= 3
            assert max(page.changed for page in pages) == one.changed


def in_parts(session: Session, size: int) -> list[str]:
    return [page.address for one in parts(session, size) for page in places(session, one.number, size)]


@pytest.mark.parametrize("name", ["1", "99999999999999999999", "-1", "x", "%00", "0x0", "²"])
def test_there_is_no_other_part(reader: Reader, name: str) -> None:
    assert reader.ask(f"/sitemap-{name}.xml").status_code == 404


def test_what_has_not_changed_is_not_sent_again(reader: Reader) -> None:
    for path in ("/sitemap.xml", "/sitemap-0.xml", "/sitemap-pages.xml", "/robots.txt", "/.well-known/security.txt"):
        etag = reader.get(path).headers["etag"]
        assert reader.ask(path, If_None_Match=etag).status_code == 304
        assert reader.ask(path, "HEAD").headers["etag"] == etag


def test_robots_are_kept_from_what_never_ends(reader: Reader) -> None:
    reply = reader.get("/robots.txt")
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    lines = reply.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {
        "Disallow: /desk",
        "Disallow: /sparql?",
        "Disallow: /search?",
        "Disallow: /search.",
        "Disallow: /check",
    } <= set(lines)
    assert "Disallow: /" not in lines
    assert lines[-1] == f"Sitemap: {HOST}/sitemap.xml"


def test_of_the_sample_nothing_is_to_be_found() -> None:
    sample = Site(SITE.name, BASE, SITE.licence, "Sample desk", True)
    assert _robots(sample).splitlines()[:2] == ["User-agent: *", "Disallow: /"]
    below = Site(SITE.name, f"{BASE}facts/", SITE.licence, SITE.desk, False)
    assert "Disallow: /facts/desk" in _robots(below).splitlines()


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_names_a_contact_and_expires_in_the_future(reader: Reader) -> None:
    reply = reader.get("/.well-known/security.txt")
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    found = fields(reply.text)
    assert found["Contact"] == f"{HOST}/about"
    assert found["Canonical"] == f"{HOST}/.well-known/security.txt"
    assert found["Preferred-Languages"] == "en"
    expires = datetime.fromisoformat(found["Expires"])
    assert datetime.now(UTC) < expires < datetime.now(UTC) + timedelta(days=365)


def test_its_expiry_stays_for_a_day() -> None:
    text = _security(SITE, NOW)
    assert text == _security(SITE, NOW.replace(hour=0)) == _security(SITE, NOW.replace(hour=23))
    assert fields(text)["Expires"] == "2027-05-30T00:00:00Z"
    assert fields(text)["Contact"] == f"{BASE}about"


def test_the_contact_is_the_installations_own(library: Library, tmp_path: Path) -> None:
    settings = library.settings.model_copy(update={"contact": "mailto:desk@example.org"})
    with Reader(create_app(settings, public_only=True)) as reader:
        assert fields(reader.get("/.well-known/security.txt").text)["Contact"] == "mailto:desk@example.org"


@pytest.mark.parametrize(
    "contact",
    [
        "desk@example.org",
        "mailto:desk",
        "http://example.org/",
        "javascript:alert(1)",
        "https://a b",
        "mailto:a@b\nX: y",
    ],
)
def test_a_contact_that_is_no_address_stops_the_start(contact: str) -> None:
    with pytest.raises(CannotStart, match=r"CLAIMBASE_CONTACT: .*must begin with mailto: or https://"):
        read_settings({"CLAIMBASE_CONTACT": contact})
    assert read_settings({"CLAIMBASE_CONTACT": "https://example.org/contact"}).contact == "https://example.org/contact"
    assert Settings().contact is None
