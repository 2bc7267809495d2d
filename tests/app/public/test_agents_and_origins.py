"""Pages of agents and origins: what they gave, who they may also be, who rests on whom, and nothing added up."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html
from sqlalchemy import Engine

from kb.db import writing
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.factories.documents import Entity, agent, origin, source
from tests.support.statements import Statements

WHEN = "2026-11-29T09:00:00Z"


def publish(library: Library, engine: Engine, kind: str, *some: Entity) -> None:
    press = library.known.world.press
    with writing(engine) as session:
        for made in some:
            press.publish(session, kind, made, "update" if press.ids[made["@id"]] in press.last else "new", WHEN)
    catch_up(engine)


def path_of(library: Library, iri: str) -> str:
    return "/" + iri.removeprefix(library.known.world.press.base).removesuffix("#it")


def the_source(library: Library, **more: Any) -> Entity:
    world = library.known.world
    return source(world.source, "Heights of the Invented Alps", held=True, origins=(world.origin,)) | more


def test_an_agents_sources_that_serve_as_evidence_stand_apart(own_library: Library, engine: Engine) -> None:
    world = own_library.known.world
    other = source(world.press.name("source"), "Never quoted") | {"publisher": world.voice}
    publish(own_library, engine, "source", the_source(own_library, publisher=world.voice), other)
    page = own_library.reader.page(path_of(own_library, world.voice))
    # A claim that was withdrawn rests on nothing any more.
    assert re.search(r"Evidence given .* Heights of the Invented Alps ?evidence in 2 claims", page.text)
    assert re.search(r"Other sources .* Never quoted", page.text)
    told = own_library.reader.get(f"{path_of(own_library, world.voice)}.json").json()["standing"]
    assert [(one["id"], one["claims"]) for one in told["evidence_given"]] == [(own_library.known.source, 2)]


def test_possibly_the_same_is_said_on_both_pages_and_never_merged(own_library: Library, engine: Engine) -> None:
    world = own_library.known.world
    twin = agent(world.press.name("agent"), "B. Invented") | {"possiblySameAs": [world.person]}
    twin |= {
        "otherNames": {"en": ["Bela I."]},
        "memberOf": [world.voice],
        "sameAs": ["https://www.wikidata.org/entity/Q1"],
    }
    publish(own_library, engine, "agent", twin)
    own, back = (own_library.reader.page(path_of(own_library, iri)) for iri in (twin["@id"], world.person))
    assert "Possibly the same asBela Invented. That they are one is not settled, so they are kept apart." in own.text
    assert "Possibly the same asB. Invented. That they are one is not settled" in back.text
    assert "Bela I." in own.text
    assert "https://www.wikidata.org/entity/Q1" in own.links
    assert "To it belongB. Invented" in own_library.reader.page(path_of(own_library, world.voice)).text


def test_a_holder_of_an_office_is_shown_by_it(own_library: Library, engine: Engine) -> None:
    made = agent(own_library.known.world.press.name("agent"), "Head of the Invented Survey") | {"visibility": "role"}
    publish(own_library, engine, "agent", made)
    assert "office or role, not by name" in own_library.reader.page(path_of(own_library, made["@id"])).text


def test_an_agents_page_scores_nobody(library: Library) -> None:
    world = library.known.world
    for iri in (world.voice, world.person):
        text = library.reader.page(path_of(library, iri)).text
        assert not re.search(r"\d+ ?%|score:|rank|\d+ of \d+ claims|\d+ (supported|contradicted)", text)
        assert "nothing is added up here" in text


def test_who_carries_an_origin_stands_below_whom_it_has_it_from(own_library: Library, engine: Engine) -> None:
    world, press = own_library.known.world, own_library.known.world.press
    copy = source(press.name("source"), "A copy") | {"copyOf": world.source}
    third = source(press.name("source"), "Drawn from the copy") | {"derivedFrom": [copy["@id"]]}
    alone = source(press.name("source"), "By another way", origins=(world.origin,))
    stranger = source(press.name("source"), "Of another matter")
    publish(own_library, engine, "source", copy, third, alone, stranger)
    reply = own_library.reader.get(path_of(own_library, world.origin))
    (tree,) = html.document_fromstring(reply.text).xpath("//h2[@id='sources']/following-sibling::ol")

    def told(some: Any) -> list[Any]:
        return [(one.xpath("./a/text()")[0], told(one.xpath("./ol")[0]) if one.xpath("./ol") else []) for one in some]

    assert told(tree) == [
        ("By another way", []),
        ("Heights of the Invented Alps", [("A copy", [("Drawn from the copy", [])])]),
    ]
    assert "copies the one above" in tree.text_content()
    assert "Of another matter" not in reply.text


def test_a_circle_of_editions_does_not_go_on_for_ever(own_library: Library, engine: Engine) -> None:
    world, press = own_library.known.world, own_library.known.world.press
    copy = source(press.name("source"), "A copy") | {"copyOf": world.source}
    publish(own_library, engine, "source", copy)
    publish(own_library, engine, "source", the_source(own_library, derivedFrom=[copy["@id"]]))
    text = own_library.reader.page(path_of(own_library, world.origin)).text
    assert text.count("Heights of the Invented Alps") >= 2
    assert "as above" in text


def test_a_claim_that_rests_on_itself_is_said_to(own_library: Library, engine: Engine) -> None:
    world = own_library.known.world
    path = path_of(own_library, world.origin)
    text = own_library.reader.page(path).text
    assert "2 items (1 for, 1 against), counted as one origin." in text
    assert "This claim rests on itself: items 1, 2 are taken from the very source that makes it." in text
    assert re.search(r"\d+ items from 1 source in 2 claims\. Each claim counts all of it once", text)
    first = {"firstHandSource": world.source}
    publish(own_library, engine, "source", the_source(own_library, author=[world.voice]))
    publish(own_library, engine, "origin", origin(world.origin, "The survey of 1863") | first)
    text = own_library.reader.page(path).text
    assert "items 1, 2 go back to Invented Survey, who makes it. What was said is shown by that" in text
    assert "is the origin itself, first hand" in text


@pytest.mark.parametrize("kind", ["agent", "origin"])
def test_pages_ask_the_same_of_the_database_however_much_there_is(
    own_library: Library, engine: Engine, statements: Callable[[Engine], Statements], kind: str
) -> None:
    world, press = own_library.known.world, own_library.known.world.press
    path = path_of(own_library, world.origin if kind == "origin" else world.voice)

    def asked() -> int:
        # Once a second the app looks at the log on the same engine, so the least of three is the page's own.
        counts = []
        for _ in range(3):
            with statements(own_library.engine) as seen:
                own_library.reader.get(path)
            counts.append(len(seen))
        return min(counts)

    before = asked()
    assert before <= {"agent": 11, "origin": 6}[kind]
    sources = [source(press.name("source"), f"Source {n}", origins=(world.origin,)) for n in range(9)]
    publish(own_library, engine, "source", *[one | {"publisher": world.voice} for one in sources])
    publish(own_library, engine, "claim", *[world.claim(f"claim {number} is so") for number in range(9)])
    assert asked() == before
