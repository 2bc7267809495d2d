"""Lists: pages of a list by keyset, in HTML and JSON, and the claims that name a record."""

from urllib.parse import urljoin

import pytest

from tests.app.conftest import Library
from tests.support.reader import Reader

KINDS = ("claims", "sources", "agents", "origins", "topics")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list_in_two_forms(reader: Reader, kind: str) -> None:
    items = reader.get(f"/{kind}.json").json()["items"]
    page = reader.page(f"/{kind}")
    assert items
    for item in items:
        assert "./" + item["address"].removeprefix("http://localhost:8000/") in page.links
    assert reader.get(f"/{kind}", Accept="application/json").json()["items"] == items


def test_following_next_visits_each_once(reader: Reader) -> None:
    whole = [item["id"] for item in reader.get("/claims.json").json()["items"]]
    visited, path = [], "/claims.json?limit=1"
    while path:
        reply = reader.get(path)
        visited += [item["id"] for item in reply.json()["items"]]
        way = reply.headers.get("link")
        assert (way is None) == (reply.json()["next"] is None)
        path = urljoin(path, way.partition(">")[0].removeprefix("<")) if way else ""
    assert visited == whole


def test_a_line_of_a_claim_has_what_must_be_in_view(library: Library) -> None:
    items = {item["id"]: item for item in library.reader.get("/claims.json").json()["items"]}
    denied = items[library.known.denied]
    assert denied["replies"] == "Bela Invented denies it."
    assert denied["question"] == "Is it so that Bela Invented moved the summit?"
    assert denied["failing"] == [{"aspect": "year", "verdict": "contradicted"}]
    assert (denied["confidence"], denied["origins"], denied["seen_evidence"]) == ("0.9", 1, 2)
    text = library.reader.page("/claims").text
    question = "Is it so that Bela Invented moved the summit?"
    assert f"Bela Invented denies it. {question} Partly supported; the year is contradicted" in text
    assert "2 items, 1 origin · no second reader" in text


def test_claims_that_name_a_record_have_a_list(library: Library) -> None:
    known = library.known
    path = "/" + known.world.voice.removeprefix(known.world.press.base).removesuffix("#it") + "/claims"
    made = library.reader.get(f"{path}.json?as=made&limit=1").json()
    assert len(made["items"]) == 1
    assert made["next"].endswith("&limit=1&as=made")
    assert "Claims that name Invented Survey" in library.reader.page(f"{path}?as=made").text
    # A withdrawn claim names no voice any more.
    assert {item["id"] for item in library.reader.get(f"{path}.json").json()["items"]} == {known.claim, known.denied}


@pytest.mark.parametrize(
    "query", ["after=%00%ff", "after=zzz", "limit=0", "limit=-1", "limit=a", "limit=9e9", "limit=" + "9" * 40]
)
def test_absurd_pages_are_refused_with_the_remedy(reader: Reader, query: str) -> None:
    reply = reader.ask(f"/claims.json?{query}")
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert len(reply.text) < 500


def test_a_limit_beyond_the_most_gives_the_most(reader: Reader) -> None:
    assert reader.get("/claims.json?limit=9999").json()["items"]


def test_an_unknown_part_of_a_list_is_refused(library: Library) -> None:
    assert library.reader.ask("/topics/heights/claims.json?as=nothing").status_code == 400


def test_the_end_of_a_list_leads_back(library: Library) -> None:
    last = library.reader.get("/topics.json").json()["items"][-1]["id"]
    page = library.reader.page(f"/topics?after={last}")
    assert "The list ends here." in page.text


def test_the_log_is_read_backwards_to_the_foundation(reader: Reader) -> None:
    whole = reader.get("/log.json?limit=200").json()
    numbers = [entry["seq"] for entry in whole["entries"]]
    assert numbers == list(range(whole["head"]["seq"], -1, -1))
    assert whole["entries"][0]["leaf_hash"] == whole["head"]["leaf_hash"]
    for entry, before in zip(whole["entries"], whole["entries"][1:], strict=False):
        assert entry["parent"] == before["leaf_hash"]
    assert whole["entries"][-1]["change"] == "foundation"
    visited, path = [], "/log.json?limit=4"
    while path:
        reply = reader.get(path)
        visited += [entry["seq"] for entry in reply.json()["entries"]]
        path = urljoin(path, reply.json()["next"]) if reply.json()["next"] else ""
    assert visited == numbers
    assert reader.get("/log.json").headers["claimbase-head"] == whole["head"]["leaf_hash"]
    page = reader.page("/log?limit=3")
    assert whole["head"]["leaf_hash"] in page.text


def test_the_first_page_counts_and_lists(library: Library) -> None:
    page = library.reader.page("/")
    assert "2 claims and 1 withdrawn" in page.text
    assert "1 topic" in page.text
    assert f"./claims/{library.known.claim}" in page.links
    assert "Sample." not in page.text
