"""Feeds: what an independent reader finds, what must be in view in each entry, and that each is there once."""

from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree

from kb.db import open_engine, writing
from kb.formats.feed import ATOM
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.factories.claims import with_reply
from tests.support.reader import HOST, Reader

DENIAL = "Bela Invented denies it."


def read(reader: Reader, path: str) -> Any:
    """By feedparser, with nothing to complain of, and what every feed of ours has."""
    reply = reader.get(path)
    assert reply.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(reply.content)
    assert not found.bozo, (path, found.get("bozo_exception"))
    assert found.version == "atom10"
    ways = {link.rel: link.href for link in found.feed.links}
    assert ways["self"] == HOST + path
    assert {"self", "alternate", "first", "license"} <= set(ways)
    assert reader.ask(ways["alternate"].removeprefix(HOST)).status_code == 200
    idents = [entry.id for entry in found.entries]
    assert len(idents) == len(set(idents))
    for entry in found.entries:
        assert reader.ask(entry.link.removeprefix(HOST)).status_code == 200, entry.link
        if "moved the summit" in str(entry):
            assert entry.title.startswith(DENIAL), entry.title
            assert entry.summary.startswith(DENIAL), entry.summary
    assert found.feed.updated == max((entry.updated for entry in found.entries), default=found.feed.updated)
    return found


def feeds(library: Library) -> list[str]:
    known = library.known
    agents = [f"/agents/{known.world.press.ids[iri]}.atom" for iri in (known.world.voice, known.world.person)]
    claims = [f"/claims/{record}.atom" for record in (known.claim, known.denied, known.gone)]
    lists = [f"/{kind}.atom" for kind in ("claims", "sources", "agents", "origins", "topics")]
    return ["/feed.atom", *lists, *agents, *claims, "/topics/heights.atom", "/topics/heights/claims.atom"]


def test_feed_readers_find_nothing_wrong(library: Library) -> None:
    for path in feeds(library):
        found = read(library.reader, path)
        assert found.entries, path


def test_a_feed_is_the_same_for_as_long_as_nothing_is_new(library: Library) -> None:
    for path in feeds(library):
        first = library.reader.get(path)
        again = library.reader.ask(path, If_None_Match=first.headers["etag"])
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["access-control-allow-origin"] == "*"


def test_the_site_tells_every_edition_of_a_claim_once(library: Library) -> None:
    known, path = library.known, "/feed.atom?limit=2"
    found: list[str] = []
    while path:
        page = read(library.reader, path)
        found += [entry.id for entry in page.entries]
        way = {link.rel: link.href for link in page.feed.links}.get("next")
        path = way.removeprefix(HOST) if way else ""
    versions = {known.gone: (2, 1), known.claim: (2, 1), known.denied: (1,)}
    wanted = {f"{HOST}/claims/{record}/v{number}" for record, numbers in versions.items() for number in numbers}
    assert set(found) == wanted
    assert len(found) == len(wanted)
    # The newest first.
    assert found[:2] == [f"{HOST}/claims/{known.gone}/v2", f"{HOST}/claims/{known.claim}/v2"]


def test_kinds_notes_and_what_became_of_a_version_stand_in_words(library: Library) -> None:
    known = library.known
    second, first = read(library.reader, f"/claims/{known.claim}.atom").entries
    assert second.title == (
        "Is it so that Mount Example was 4,807 metres high in 1863? Partly supported; the year is contradicted. "
        "Correction, version 2."
    )
    assert "Correction, version 2 of 26 November 2026: Invented note of version 2." in second.summary
    assert "2 items, 1 origin" in second.summary
    assert first.title.endswith("the year is contradicted. Corrected since.")
    assert "Corrected by version 2 of 26 November 2026: Invented note of version 2." in first.summary
    assert [tag.term for tag in second.tags] == ["correction"]


def test_what_is_withdrawn_says_so_wherever_it_is_told(library: Library) -> None:
    known = library.known
    for path in ("/claims.atom", "/topics/heights.atom"):
        entry = next(one for one in read(library.reader, path).entries if one.link.endswith(known.gone))
        assert entry.title == "Is it so that Mount Example is the highest? Withdrawn."
    second, first = read(library.reader, f"/claims/{known.gone}.atom").entries
    assert "Withdrawn. Withdrawal, version 2." in second.title
    assert first.title.endswith("the year is contradicted. Withdrawn since.")
    assert "Withdrawn by version 2 of 27 November 2026: Invented note of version 2." in first.summary


def test_a_reply_that_came_later_stands_in_the_entry_of_the_version_before(own_library: Library) -> None:
    reader, known = own_library.reader, own_library.known
    press = known.world.press
    entity = dict(press.current[f"{press.base}claims/{known.claim}#it"].entity)
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        answered = with_reply(entity, known.world.person, "Bela Invented")
        press.publish(session, "claim", answered, "update", "2026-11-29T09:00:00Z")
    catch_up(writer)
    writer.dispose()
    entries = read(reader, f"/claims/{known.claim}.atom").entries
    assert [entry.title.count(DENIAL) for entry in entries] == [1, 1, 1]
    assert [entry.summary.count(DENIAL) for entry in entries] == [1, 1, 1]


def test_a_name_written_otherwise_leads_to_the_feed(library: Library) -> None:
    reply = library.reader.ask(f"/claims/{library.known.claim.upper()}.atom")
    assert (reply.status_code, reply.headers["location"]) == (308, f"{library.known.claim}.atom")
    assert reply.headers["access-control-allow-origin"] == "*"
    topic = library.known.world.press.ids[library.known.world.topic]
    assert library.reader.ask(f"/topics/{topic}.atom").headers["location"] == "heights.atom"


@pytest.mark.parametrize(
    "path",
    [
        "/claims/zzzzzzzz.atom",
        "/agents/nobody.atom",
        "/topics/%00.atom",
        "/sources.atom?after=x",
        "/feed.atom?after=-1",
    ],
)
def test_absurd_feeds_are_answered_in_words(reader: Reader, path: str) -> None:
    reply = reader.ask(path)
    assert reply.status_code in (400, 404)
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["access-control-allow-origin"] == "*"


def test_pages_name_their_feed(library: Library) -> None:
    known = library.known
    for path in ("/", "/claims", f"/claims/{known.claim}", "/topics/heights", f"/agents/{an_agent(library)}"):
        page = library.reader.page(path)
        ways = [tag["href"] for name, tag in page.tags if name == "link" and tag.get("type") == "application/atom+xml"]
        assert ways, path
        for way in ways:
            read(library.reader, urljoin(path, way))


def an_agent(library: Library) -> str:
    return library.known.world.press.ids[library.known.world.voice]


def test_words_of_every_kind_stay_words(library: Library) -> None:
    """Markup in a title is told as its letters."""
    root = etree.fromstring(library.reader.get("/feed.atom").content)
    for one in root.iter(f"{{{ATOM}}}title", f"{{{ATOM}}}summary"):
        assert len(one) == 0
        assert one.get("type") is None
