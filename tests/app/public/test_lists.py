"""Lists: pages of a list by keyset, in every form, and the claims that name a record."""

import csv
import io
from urllib.parse import urljoin

import feedparser
import pytest

from kb.db import open_engine, writing
from kb.formats.table import unguarded
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.support.reader import Reader

KINDS = ("claims", "sources", "agents", "origins", "topics")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list(reader: Reader, kind: str) -> None:
    items = reader.get(f"/{kind}.json").json()["items"]
    page = reader.page(f"/{kind}")
    assert items
    for item in items:
        assert "./" + item["address"].removeprefix("http://localhost:8000/") in page.links
    assert reader.get(f"/{kind}", Accept="application/json").json()["items"] == items
    for suffix in ("json", "csv", "atom"):
        assert f"./{kind}.{suffix}" in page.links


def test_following_next_visits_each_once(reader: Reader) -> None:
    whole = [item["id"] for item in reader.get("/claims.json").json()["items"]]
    visited, path = [], "/claims.json?limit=1"
    while path:
        reply = reader.get(path)
        visited += [item["id"] for item in reply.json()["items"]]
        way = reply.links.get("next", {}).get("url")
        assert way == reply.json()["next"]
        assert urljoin(path, reply.links["first"]["url"]) == "/claims.json?limit=1"
        path = urljoin(path, way) if way else ""
    assert visited == whole


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_as_a_table_says_what_its_json_says(reader: Reader, kind: str) -> None:
    items = reader.get(f"/{kind}.json").json()["items"]
    reply = reader.get(f"/{kind}.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="{kind}.csv"'
    assert reader.get(f"/{kind}", Accept="text/csv").content == reply.content
    header, *rows = table(reply.text)
    assert {len(row) for row in rows} == {len(header)}
    assert {name for item in items for name in item} <= set(header)
    for row, item in zip(rows, items, strict=True):
        cells = dict(zip(header, map(unguarded, row), strict=True))
        for name in header:
            assert cells[name] == as_cell(item.get(name)), name


def as_cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(f"{one['aspect']}:{one['verdict']}" for one in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("suffix", ["csv", "atom"])
def test_following_next_visits_each_once_in_every_form(library: Library, suffix: str) -> None:
    whole = {item["address"] for item in library.reader.get("/sources.json").json()["items"]}
    whole |= {item["address"] for item in library.reader.get("/claims.json").json()["items"]}
    visited: list[str] = []
    for kind in ("claims", "sources"):
        path = f"/{kind}.{suffix}?limit=1"
        while path:
            reply = library.reader.get(path)
            visited += addresses(reply.text, suffix)
            path = urljoin(path, reply.links["next"]["url"]) if "next" in reply.links else ""
    assert sorted(visited) == sorted(whole)


@pytest.mark.parametrize("suffix", ["json", "csv", "atom"])
def test_what_is_published_meanwhile_takes_nobody_back(own_library: Library, suffix: str) -> None:
    reader, known = own_library.reader, own_library.known
    first = reader.get(f"/claims.{suffix}?limit=1")
    assert known.gone in first.text
    # The claim that the reader saw last is published anew, and now stands at the front.
    press = known.world.press
    entity = dict(press.current[f"{press.base}claims/{known.gone}#it"].entity)
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        press.publish(session, "claim", entity, "withdrawal", "2026-11-29T09:00:00Z")
    catch_up(writer)
    writer.dispose()
    second = reader.get(urljoin(f"/claims.{suffix}", first.links["next"]["url"]))
    assert known.claim in second.text
    assert known.gone not in second.text


def addresses(text: str, suffix: str) -> list[str]:
    if suffix == "atom":
        return [entry.link for entry in feedparser.parse(text).entries]
    header, *rows = table(text)
    return [row[header.index("address")] for row in rows]


def test_a_row_that_names_an_allegation_has_the_reply_in_it(library: Library) -> None:
    header, *rows = table(library.reader.get("/claims.csv").text)
    row = next(row for row in rows if library.known.denied in row)
    assert row[header.index("replies")] == "Bela Invented denies it."
    assert row[header.index("failing")] == "year:contradicted"
    assert header.index("replies") < header.index("question") < header.index("verdict")


def test_the_log_as_a_table(reader: Reader) -> None:
    entries = reader.get("/log.json").json()["entries"]
    header, *rows = table(reader.get("/log.csv").text)
    assert set(header) == set(entries[0])
    assert [dict(zip(header, row, strict=True)) for row in rows] == [
        {name: as_cell(value) for name, value in entry.items()} for entry in entries
    ]
    assert reader.ask("/log.atom").status_code == 404


def test_data_is_for_every_site_and_says_so_even_where_nothing_changed(library: Library) -> None:
    topic = "/topics/heights"
    for path in ("/claims.json", "/claims.csv", "/claims.atom", "/log.json", "/log.csv", f"{topic}/claims.csv"):
        reply = library.reader.get(path)
        assert reply.headers["access-control-allow-origin"] == "*", path
        again = library.reader.ask(path, If_None_Match=reply.headers["etag"])
        assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "*"), path


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
