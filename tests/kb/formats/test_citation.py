"""The text citation: one line with author, title, version, date, address and digest; replies first."""

from typing import Any

import pytest

from kb.documents.canonical import canonical, digest
from kb.formats.citation import NoSuchCitation, cite
from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import BASE, Press, agent, en, page, topic

DIGEST = "0" * 64


@pytest.fixture
def world() -> World:
    press = Press()
    made = World(press)
    for kind, entity in made.entities():
        press.seal(kind, entity)
    return made


def test_a_claim_without_replies(world: World) -> None:
    document = world.press.seal("claim", world.claim("it is high"))
    sha = digest(canonical(document))
    assert cite(document, sha) == (
        "Invented desk. “Is it so that it is high?” Partly supported; the year is contradicted. "
        f"Version 1, 2026-11-25. {document['@id']} sha256:{sha}"
    )


def test_a_reply_stands_before_what_it_answers(world: World) -> None:
    entity = with_reply(world.claim("it is high"), world.person, "Bela Invented")
    document = world.press.seal("claim", entity)
    line = cite(document, DIGEST)
    assert line.startswith("Invented desk. Bela Invented denies it. “Is it so that it is high?” Partly supported;")
    assert line.count("denies it") == 1
    assert cite(document, DIGEST, withdrawn=True).startswith("Invented desk. [WITHDRAWN] Bela Invented denies it. “")
    gone = world.press.seal("claim", withdrawn(entity), "withdrawal")
    assert cite(gone, DIGEST) == (
        "Invented desk. [WITHDRAWN: Invented note of version 2.] Bela Invented denies it. "
        f"“Is it so that it is high?” Version 2, 2026-11-25. {gone['@id']} sha256:{DIGEST}"
    )


def test_other_records_are_called_by_their_names() -> None:
    press = Press()
    entities: list[tuple[str, dict[str, Any], str]] = [
        ("agent", agent(press.name("agent"), "Anna\n Invented"), "“Anna Invented”. Version 1"),
        ("topic", topic(press.name("topic", "heights"), "Heights?"), "“Heights?” Version 1"),
        ("page", page(press.name("page", "about"), "About") | {"name": {"de": "Über uns"}}, "“Über uns”. Version 1"),
    ]
    for kind, entity, words in entities:
        line = cite(press.seal(kind, entity), DIGEST)
        assert words in line
        assert len(line.splitlines()) == 1
    first = press.seal("page", page(f"{BASE}about#it", "About"), "update") | {"byline": en("The desk of J. Invented.")}
    assert cite(first, DIGEST).startswith("The desk of J. Invented. “About”. Version 2, ")


def test_other_forms_are_refused_by_name(world: World) -> None:
    with pytest.raises(NoSuchCitation):
        cite(world.press.seal("claim", world.claim()), DIGEST, "endnote")
