"""ClaimReview as it stands in the pages: one, on the newest page of a claim alone, and read by readers not our own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import extruct
import pytest
from pyld import jsonld

from app.web.embed import data_block
from kb.db import open_engine, writing
from kb.formats.claimreview import claim_review
from tests.app.conftest import Library
from tests.app.public.test_hostile_words import PAYLOAD, poisoned
from tests.factories.claims import with_reply
from tests.support.reader import Reader

HOST = "http://localhost:8000"
SCRIPT = "</script><!--<script>&lt;]]>\u2028"
# What schema.org's own context says of the keys that we use, without going to fetch it.
SCHEMA_ORG = {
    "@context": {
        "@vocab": "https://schema.org/",
        "url": {"@type": "@id"},
        "datePublished": {"@type": "https://schema.org/Date"},
    }
}


def found(reader: Reader, path: str) -> dict[str, list[dict[str, Any]]]:
    """What extruct finds in a page, by syntax."""
    html = reader.get(path, Accept="text/html").text
    made: dict[str, list[dict[str, Any]]] = extruct.extract(
        html, base_url=HOST + path, syntaxes=["json-ld", "microdata"], errors="strict"
    )
    return made


def test_exactly_one_stands_on_the_newest_page_of_a_claim(library: Library) -> None:
    known = library.known
    for record in (known.claim, known.denied):
        path = f"/claims/{record}"
        document = json.loads(library.reader.get(f"{path}.jsonld").content)
        assert found(library.reader, path) == {"json-ld": [claim_review(document)], "microdata": []}


def test_none_stands_on_a_version_a_withdrawn_claim_or_any_other_page(library: Library) -> None:
    known = library.known
    others = [f"/claims/{known.claim}/v1", f"/claims/{known.claim}/v2", f"/claims/{known.claim}/history"]
    others += [
        f"/claims/{known.gone}",
        f"/claims/{known.gone}/v1",
        f"/sources/{known.source}",
        "/",
        "/claims",
        "/method",
    ]
    for path in others:
        assert found(library.reader, path) == {"json-ld": [], "microdata": []}, path


def test_none_stands_in_the_sample(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    state = library.reader.app.state
    door = replace(state.door, site=replace(state.door.site, is_sample=True))
    # What Starlette keeps is no attribute of its own: set as one, it would be taken away afterwards.
    monkeypatch.setitem(state._state, "door", door)
    # No server turns into one of the sample: with a question mark the page is made, and not the one of before given.
    page = library.reader.page(f"/claims/{library.known.claim}?anew")
    assert "Sample" in page.text
    assert page.scripts == []


def test_its_label_and_question_are_the_visible_words(library: Library) -> None:
    for record in (library.known.claim, library.known.denied):
        page = library.reader.page(f"/claims/{record}")
        made = json.loads(page.scripts[0])
        words, _, replies = made["reviewRating"]["alternateName"].partition(". ")
        assert made["claimReviewed"] in page.text
        # The verdict's line and the line below it, joined as the label joins them.
        assert all(piece.casefold() in page.text.casefold() for piece in words.split("; "))
        assert words in page.text
        assert replies in page.text
        assert made.get("reviewBody", "") in page.text
        assert made["itemReviewed"]["text"] in page.text


def test_a_reader_of_json_ld_finds_the_claim_its_author_and_where_it_appeared(library: Library) -> None:
    known = library.known
    (made,) = found(library.reader, f"/claims/{known.denied}")["json-ld"]

    def packaged(url: str, _options: Any) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": SCHEMA_ORG}

    (whole,) = jsonld.expand(made, {"documentLoader": packaged})
    at = "https://schema.org/"
    assert whole["@type"] == [f"{at}ClaimReview"]
    assert whole[f"{at}url"] == [{"@id": f"{HOST}/claims/{known.denied}"}]
    (claim,) = whole[f"{at}itemReviewed"]
    assert claim["@type"] == [f"{at}Claim"]
    assert claim["@id"] == f"{HOST}/claims/{known.denied}#it"
    assert [one[f"{at}name"][0]["@value"] for one in claim[f"{at}author"]] == ["Invented Survey"]
    assert [one["@id"] for one in claim[f"{at}appearance"]] == [known.world.source]
    (rating,) = whole[f"{at}reviewRating"]
    assert rating[f"{at}ratingValue"] == [{"@value": 3}]
    # Nothing is dropped: every key of ours is a term.
    assert len(whole) == len(made) - 1


@pytest.fixture
def hostile(own_library: Library) -> tuple[Library, str]:
    """A claim whose every text that anybody may write ends a script, opens a comment and begins markup."""
    world, press = own_library.known.world, own_library.known.world.press
    entity = poisoned(with_reply(world.claim("words are words"), world.person, "Bela Invented"), SCRIPT + PAYLOAD)
    entity["question"] = {"en": f"Is {SCRIPT} so?"}
    entity["assessment"]["claimReviewed"] = entity["question"]
    label = f"Partly supported; the year is contradicted. Bela Invented denies it.{SCRIPT}{PAYLOAD}"
    entity["assessment"]["rating"]["ratingLabel"] = {"en": label}
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        press.publish(session, "claim", entity, issued="2026-11-29T09:00:00Z")
    writer.dispose()
    return own_library, "/" + entity["@id"].removeprefix(press.base).removesuffix("#it")


def test_words_cannot_end_the_block(hostile: tuple[Library, str]) -> None:
    library, path = hostile
    reply = library.reader.get(path, Accept="text/html")
    assert reply.text.casefold().count("<script") == 1
    assert reply.text.count("<!--") == 0
    page = library.reader.page(path)
    assert page.faults == []
    document = json.loads(library.reader.get(f"{path}.jsonld").content)
    assert json.loads(page.scripts[0]) == claim_review(document)
    assert page.scripts[0].count("\\u003c/script\\u003e\\u003c!--") >= 5
    assert not set("<>&\u2028") & set(page.scripts[0])
    assert found(library.reader, path)["json-ld"] == [claim_review(document)]


@pytest.mark.parametrize("field", ["a", "</script>", "<!--", "&lt;", "\u2028", "'\"\\"])
def test_any_words_come_out_as_they_went_in(field: str) -> None:
    block = str(data_block({field: [field, {"b": field}]}))
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside) == {field: [field, {"b": field}]}
    assert not set("<>&\u2028\u2029") & set(inside)


def test_no_block_stands_for_nothing() -> None:
    assert str(data_block(None)) == ""


@pytest.mark.corpus
def test_it_is_as_light_as_was_meant(shared: Path) -> None:
    """RDF.md 4: 1.5 to 1.8 KB in the page; with three replies in full a little more."""
    paths = sorted((shared / "rdf" / "examples").glob("claim-*.jsonld"))
    sizes = [len(str(data_block(claim_review(json.loads(path.read_bytes())))).encode()) for path in paths]
    assert min(sizes) > 1300
    assert max(sizes) < 2000
