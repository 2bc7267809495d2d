"""A claim with very much evidence: its page stays light, and every piece is to be had."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from app.main import create_app
from app.web.templates import LIGHT, page_weight
from kb.db import writing
from kb.projections.follow import catch_up
from kb.settings import Settings
from tests.factories.claims import World, evidence, with_reply
from tests.factories.documents import Entity, Press, en
from tests.support.reader import Reader
from tests.support.statements import Statements

MANY = 70
REPLY = "Bela Invented denies it."


@dataclass
class Heavy:
    """A reader, the address of a claim with MANY pieces of evidence, and that of one with two."""

    reader: Reader
    engine: Engine
    claim: str
    small: str


@pytest.fixture
def heavy(settings: Settings, engine: Engine) -> Iterator[Heavy]:
    press = Press()
    world = World(press)
    with writing(engine) as session:
        press.found(session)
        for kind, entity in world.entities():
            press.publish(session, kind, entity)
        small = world.claim("the summit is flat")
        large = with_reply(loaded(world), world.person, "Bela Invented")
        for entity in (small, large):
            press.publish(session, "claim", entity)
    catch_up(engine)
    with Reader(create_app(settings, public_only=True)) as reader:
        found = [f"/claims/{press.ids[entity['@id']]}" for entity in (large, small)]
        yield Heavy(reader, reader.app.state.door.engine, *found)


def loaded(world: World) -> Entity:
    """Every third piece is not counted, and each has a note as long as an editor's may be."""
    made = world.claim("Bela Invented moved the summit")
    page = made["@id"].removesuffix("#it")
    found = []
    for number in range(1, MANY + 1):
        piece = evidence(page, number, "mentions" if number % 3 == 0 else "supports", world.source, world.origin)
        found.append(piece | {"aspect": f"{page}#aspect-{1 + number % 2}", "note": en(f"Note {number}: {'x' * 700}")})
    counted = sum(number % 3 != 0 for number in range(1, MANY + 1))
    return made | {"evidence": found, "assessment": made["assessment"] | {"seenEvidence": counted}}


def test_a_heavy_page_keeps_what_is_light_and_links_to_the_rest(heavy: Heavy) -> None:
    for address in (heavy.claim, f"{heavy.claim}/v1"):
        reply = heavy.reader.get(address, Accept="text/html")
        assert len(reply.content) <= page_weight() < LIGHT
        page = heavy.reader.page(address)
        assert "Note 1:" in page.text
        assert "47 items from 1 independent origin" in page.text
        # Every piece can be led to by its number, wherever it stands.
        anchors = set(page.ids)
        assert {f"evidence-{number}" for number in range(1, MANY + 1)} <= anchors
        assert any("/v1/evidence?from=" in link for link in page.links)


def test_every_piece_stands_on_one_page_of_the_evidence(heavy: Heavy) -> None:
    for start in (f"{heavy.claim}/evidence", f"{heavy.claim}/v1/evidence"):
        seen: list[str] = []
        way: str | None = start
        while way:
            page = heavy.reader.page(way)
            seen += [one for one in page.ids if one.startswith("evidence-")]
            assert REPLY in page.text
            assert "Partly supported; the year is contradicted" in page.text
            more = [
                link for link in page.links if "evidence?from=" in link and int(link.rpartition("=")[2]) > len(seen)
            ]
            way = f"{start}?from={more[0].rpartition('=')[2]}" if more else None
        assert sorted(seen) == sorted(f"evidence-{number}" for number in range(1, MANY + 1))


def test_what_leads_from_the_page_arrives(heavy: Heavy) -> None:
    page = heavy.reader.page(heavy.claim)
    away = {link for link in page.links if "/v1/evidence?from=" in link and "#evidence-" in link}
    assert len(away) >= MANY // 3
    ids: dict[str, list[str]] = {}
    for link in away:
        address, _, anchor = link.partition("#")
        if address not in ids:
            ids[address] = heavy.reader.page(f"/{address.lstrip('./')}").ids
        assert anchor in ids[address]


def test_a_light_page_has_all_of_it(heavy: Heavy) -> None:
    page = heavy.reader.page(heavy.small)
    assert not any("/evidence" in link for link in page.links)
    assert "Points 1 to 2 of 2" in heavy.reader.page(f"{heavy.small}/evidence").text


def test_bad_places_are_said(heavy: Heavy) -> None:
    for bad in ("0", "-1", "x", "9999999", "٣", ""):
        assert heavy.reader.ask(f"{heavy.claim}/evidence?from={bad}").status_code == 400, bad
    assert heavy.reader.ask(f"{heavy.claim}/evidence?from=71").status_code == 400
    assert heavy.reader.ask(f"{heavy.claim}/v2/evidence").status_code == 404
    assert heavy.reader.ask(f"{heavy.claim}/vx/evidence").status_code == 404
    assert heavy.reader.ask("/claims/00000000/evidence").status_code == 404
    upper = heavy.reader.ask(f"{heavy.claim.replace(heavy.claim[8:], heavy.claim[8:].upper())}/v1/evidence")
    assert upper.status_code == 308
    assert upper.headers["location"] == f"../../{heavy.claim[8:]}/v1/evidence"


def test_it_may_be_kept_and_costs_as_little_as_a_claim(
    heavy: Heavy, statements: Callable[[Engine], Statements]
) -> None:
    first = heavy.reader.get(f"{heavy.claim}/v1/evidence")
    again = heavy.reader.ask(f"{heavy.claim}/v1/evidence", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    for address, most in ((heavy.claim, 2), (f"{heavy.claim}/v1", 3), (f"{heavy.claim}/v1/evidence", 2)):
        with statements(heavy.engine) as seen:
            heavy.reader.get(address, Accept="text/html")
        assert len(seen) <= most, (address, seen)
