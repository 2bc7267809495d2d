"""The foundation: leaf 0, the desk's own agent, its pages; once, and for good."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.blobs import Blobs
from kb.db import open_engine, writing
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.errors import Missing, Refused
from kb.publish.found import PAGES, FoundedAlready, found
from kb.publish.ground import read_ground
from kb.publish.publish import PublishEntry, publish
from kb.settings import Settings
from tests.factories.whole import whole
from tests.support.databases import BASE, migrate, settings_for
from tests.support.publishing import UNREVIEWED, counted, drawn, editions, founded, proven, put_out, ticking


def test_it_publishes_what_a_knowledge_base_begins_with(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    made = editions(engine)
    addresses = [one.address.partition("/")[0] for one in made]
    assert addresses == ["foundation", "agents", "method", "about", "corrections-policy", "glossary"]
    assert [one.change for one in made] == ["foundation"] + ["new"] * 5
    foundation = made[0].document
    assert foundation["mainEntity"] == {
        "@id": f"{BASE}foundation#it",
        "@type": "Foundation",
        "baseAddress": BASE,
        "format": 1,
        "license": settings.data_licence,
        "listNamespace": "https://w3id.org/claimbase/vocab/",
        "termNamespace": "https://w3id.org/claimbase/ns#",
    }
    assert foundation["publisher"] == f"{BASE}{made[1].address}#it"
    assert all(one.document["unreviewedReason"] == {"en": "Made at set-up."} for one in made)
    own = made[1].document["mainEntity"]
    assert (own["name"], own["agentKind"], own["url"]) == ({"en": settings.site_name}, "organisation", BASE)
    assert proven(settings) == 6
    assert put_out(engine).published == []


def test_it_happens_once(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    with pytest.raises(FoundedAlready, match="founded under"):
        found(engine, LOCAL_OPERATOR, settings, "https://elsewhere.example/")
    assert len(editions(engine)) == 6


@pytest.mark.parametrize(
    "base",
    ["https://facts.example.org", "ftp://facts.example.org/", "facts", "", "https://a b/", "https://x.example/?/"],
)
def test_the_base_is_an_address_that_ends_with_a_slash(engine: Engine, settings: Settings, base: str) -> None:
    with pytest.raises(Refused):
        found(engine, LOCAL_OPERATOR, settings, base)
    assert editions(engine) == []


def test_before_it_there_is_no_ground(engine: Engine, settings: Settings) -> None:
    with writing(engine) as session, pytest.raises(Missing, match="no knowledge base"):
        read_ground(session)
    with pytest.raises(NotAllowed):
        found(engine, Actor("an editor", frozenset({"editor"})), settings, BASE)


def scene(engine: Engine, settings: Settings) -> list[str]:
    """Foundation and a published claim, by a clock and a chance that are the same each time; every leaf's hash."""
    clock, draw, nonces = ticking(), drawn(), counted()
    found(engine, LOCAL_OPERATOR, settings, BASE, clock=clock, nonces=nonces, info={"draw": draw})
    with writing(engine) as session:
        session.info |= {"clock": clock, "draw": draw}
        whole(session, Blobs(settings.blobs))
    publish(engine, LOCAL_OPERATOR, None, PublishEntry(unreviewed=UNREVIEWED), clock=clock, nonces=nonces)
    return [one.leaf_hash for one in editions(engine)]


def test_with_the_same_clock_and_chance_it_is_the_same(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    other = settings_for(tmp_path / "other", None)
    migrate(other)
    twin = open_engine(other)
    assert scene(engine, settings) == scene(twin, other)
    twin.dispose()


@pytest.mark.parametrize("slug", PAGES)
def test_pages_are_texts_whose_links_lead_somewhere(slug: str) -> None:
    text = files("kb.publish").joinpath("pages", f"{slug}.md").read_text("utf-8")
    known = {"/", "/claims", "/sources", "/agents", "/origins", "/topics", "/log", *(f"/{page}" for page in PAGES)}
    known |= {"/corrections", "/check", "/ns/vocab"}
    for link in re.findall(r"\]\(([^)]*)\)", text):
        assert link in known or f"/{link}" in known
    assert len(text.split()) > 100
