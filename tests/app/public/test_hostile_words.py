"""Whatever an editor pasted from elsewhere stands on the pages as text, in every field that takes words."""

import re
from typing import Any

import pytest

from kb.db import open_engine, writing
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.factories.claims import with_reply
from tests.factories.documents import agent, origin, page, source, topic
from tests.support.reader import Page

PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(1)><!--</title></style>{{ 7*7 }}{% raw %}&lt;\u202e"
TIME = "2026-11-29T09:00:00Z"
# Keys whose words the document's own rules bind: labels are computed, addresses are addresses.
BOUND = {"ratingLabel", "question", "claimReviewed", "body"}


def poisoned(value: Any, payload: str = PAYLOAD, key: str = "") -> Any:
    """The same entity with the payload at the end of every text for people."""
    if isinstance(value, list):
        return [poisoned(one, payload, key) for one in value]
    if not isinstance(value, dict):
        return value
    if value and all(len(lang) == 2 and isinstance(words, str) for lang, words in value.items()):
        return value if key in BOUND else {lang: words + payload for lang, words in value.items()}
    return {name: poisoned(inner, payload, name) for name, inner in value.items()}


@pytest.fixture
def hostile(own_library: Library) -> tuple[Library, list[str]]:
    """One record of each kind, poisoned; their paths."""
    world, press = own_library.known.world, own_library.known.world.press
    denied = poisoned(with_reply(world.claim("words are words"), world.person, "Bela Invented"))
    denied["question"] = {"en": f"{PAYLOAD}?"}
    denied["assessment"]["claimReviewed"] = denied["question"]
    label = f"Partly supported; the year is contradicted. Bela Invented denies it.{PAYLOAD}"
    denied["assessment"]["rating"]["ratingLabel"] = {"en": label}
    made = [
        (
            "agent",
            poisoned(agent(press.name("agent"), "Agent")) | {"note": {"en": PAYLOAD}, "url": "https://x.example/"},
        ),
        ("origin", poisoned(origin(press.name("origin"), "Origin")) | {"note": {"en": PAYLOAD}}),
        ("source", poisoned(source(press.name("source"), "Source", held=True))),
        ("topic", poisoned(topic(press.name("topic", "hostile"), "Topic")) | {"description": {"en": PAYLOAD}}),
        ("page", page(press.name("page", "hostile"), "Page", f"# A\n\n{PAYLOAD}\n\n[x](javascript:alert(1))")),
        ("claim", denied),
    ]
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        for kind, entity in made:
            press.publish(session, kind, entity, issued=TIME)
    catch_up(writer)
    writer.dispose()
    return own_library, ["/" + entity["@id"].removeprefix(press.base).removesuffix("#it") for _, entity in made]


def test_words_stay_words(hostile: tuple[Library, list[str]]) -> None:
    library, paths = hostile
    lists = ["/", "/claims", "/agents", "/origins", "/sources", "/topics", "/log"]
    every = [*lists, *paths, *(f"{path}/history" for path in paths), *(f"{path}/v1" for path in paths)]
    for path in every:
        read = library.reader.page(path)
        check(read, path)
    claim = library.reader.page(paths[-1])
    assert claim.text.count("<script>alert(1)</script>") > 12
    assert "{{ 7*7 }}" in claim.text
    assert "49" not in claim.title


def check(read: Page, path: str) -> None:
    assert read.faults == [], path
    assert len(read.scripts) == (1 if re.fullmatch("/claims/[a-z0-9]+", path) else 0), path
    for tag, values in read.tags:
        assert tag not in ("img", "style", "iframe"), path
        # The one block of data that a claim's newest page has; its own test reads it.
        assert tag != "script" or values == {"type": "application/ld+json"}, path
        assert not any(name.startswith("on") or name == "style" for name in values), path
        assert not values.get("href", "").lower().startswith(("javascript:", "data:")), path


def test_signs_that_do_not_show_are_told_beside_a_quotation(own_library: Library) -> None:
    world, press = own_library.known.world, own_library.known.world.press
    entity = world.claim("signs may hide")
    piece = entity["evidence"][0]
    quote = {
        "@id": f"{piece['@id']}-quote",
        "@type": "TextQuoteSelector",
        "exact": "abc \u202edef\u202c ghi",
        "language": "en",
    }
    target = {"@id": piece["target"]["@id"], "@type": "SpecificResource", "source": world.source, "selector": [quote]}
    entity["evidence"] = [piece | {"quoteState": "recorded", "target": target}, entity["evidence"][1]]
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        press.publish(session, "claim", entity, issued=TIME)
    writer.dispose()
    text = own_library.reader.page("/" + entity["@id"].removeprefix(press.base).removesuffix("#it")).text
    assert "abc \u202edef\u202c ghi" in text
    assert "The words hold characters that do not show: pop directional formatting, right-to-left override." in text
