"""The search as readers and machines get it: page, JSON, table, feed, and whatever can be typed into it."""

import csv
import io
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode, urljoin
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.main import create_app
from kb.db import open_engine, writing
from kb.projections.follow import catch_up
from kb.settings import Settings
from tests.factories.shelf import Shelf, fill
from tests.support.databases import Stock, settings_for
from tests.support.reader import Page, Reader
from tests.support.statements import Statements

FIRST = ("id", "version", "question", "statement", "verdict", "failing", "confidence", "replies")
ODD = "\"*-()\0 \ud800\u202e:^+/\\'؟中"


@pytest.fixture(scope="module")
def shelves(
    stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], tuple[Reader, Shelf]]]:
    """One shelf for each database, for all tests that only read."""
    made: dict[str, tuple[Reader, Shelf]] = {}
    closing: list[Callable[[], object]] = []

    def of(kind: str) -> tuple[Reader, Shelf]:
        if kind not in made:
            folder = tmp_path_factory.mktemp("shelf")
            database = stock(kind).migrated(folder)
            settings = settings_for(folder, database.__enter__())
            engine = open_engine(settings)
            with writing(engine) as session:
                shelf = fill(session)
            catch_up(engine)
            engine.dispose()
            reader = Reader(create_app(settings, public_only=True)).__enter__()
            closing.extend([lambda: database.__exit__(None, None, None), lambda: reader.__exit__(None, None, None)])
            made[kind] = reader, shelf
        return made[kind]

    yield of
    for close in reversed(closing):
        close()


@pytest.fixture
def open_shelf(database_kind: str, shelves: Callable[[str], tuple[Reader, Shelf]]) -> tuple[Reader, Shelf]:
    return shelves(database_kind)


@pytest.fixture
def reader(open_shelf: tuple[Reader, Shelf]) -> Reader:
    return open_shelf[0]


@pytest.fixture
def shelf(open_shelf: tuple[Reader, Shelf]) -> Shelf:
    return open_shelf[1]


def page(reader: Reader, **asked: str) -> Page:
    return reader.page(f"/search?{urlencode(asked)}")


def hits(reader: Reader, **asked: str) -> dict[str, object]:
    made: dict[str, object] = reader.get(f"/search.json?{urlencode(asked)}").json()
    return made


def test_json_is_as_it_is_promised(reader: Reader, shelf: Shelf) -> None:
    found = hits(reader, q="summit")
    assert list(found)[:3] == ["total", "hits", "facets"]
    assert (found["total"], found["next"], found["behind"]) == (1, None, 0)
    hit = found["hits"][0]
    assert set(FIRST) <= set(hit)
    assert hit["id"] == shelf.ids["denied"]
    assert hit["replies"] == "Bela Invented denies it."
    assert (hit["verdict"], hit["failing"]) == ("partly_supported", [{"aspect": "year", "verdict": "contradicted"}])
    assert found["facets"]["verdict"] == [{"value": "partly_supported", "label": "Partly supported", "count": 1}]
    assert found["facets"]["topic"] == [{"value": "heights", "label": "Heights", "count": 1}]
    others = hits(reader, q="survey", kind="all")
    assert {hit["kind"] for hit in others["hits"]} == {"claim", "agent", "source", "origin"}
    assert all(set(FIRST) <= set(hit) for hit in others["hits"])
    assert reader.get("/search?q=summit", Accept="application/json").json() == found


def test_following_next_visits_each_hit_once(reader: Reader, shelf: Shelf) -> None:
    for path in ("/search.json?q=survey&limit=4", "/search.csv?limit=5", "/search?q=survey&limit=3&sort=newest"):
        seen, way = list[str](), path
        while way:
            reply = reader.get(way, Accept="text/html")
            seen += [record for record in shelf.ids.values() if f"claims/{record}" in reply.text]
            header = reply.headers.get("link", "")
            assert ('rel="next"' in header) == ("<" in header)
            way = urljoin(way, header.partition(">")[0].removeprefix("<")) if header else ""
        assert sorted(seen) == sorted(shelf.ids.values()), path


def test_each_hit_has_in_view_what_must_be(reader: Reader) -> None:
    text = page(reader, q="summit").text
    question = "Is it so that Bela Invented moved the summit?"
    assert f"Bela Invented denies it. {question} Partly supported; the year is contradicted" in text
    assert "1 claim" in text
    assert "no second reader" in text


def test_quotations_stand_in_their_language_with_their_state(reader: Reader) -> None:
    made = page(reader, q="احمد")
    assert "استقالَ أحمد الهُدى من البلديّة عام ٢٠١٩ Evidence · recorded" in made.text
    assert ("p", {"lang": "ar", "dir": "auto"}) in made.tags
    assert ("mark", {}) in made.tags
    assert made.faults == []


def test_filters_are_links_that_add_and_take_away(reader: Reader, shelf: Shelf) -> None:
    made = page(reader, q="survey", has="reply")
    assert "?q=survey" in made.links
    assert any(link.startswith("?q=survey&topic=heights") for link in page(reader, q="survey").links) is False
    wide = page(reader, q="survey")
    assert "?q=survey&has=reply" in wide.links
    assert "Has: a reply" in made.text
    assert "Also" in wide.text
    assert "?q=survey&kind=source" in wide.links
    sources = page(reader, q="survey", kind="source")
    assert "Heights of the Invented Alps" in sources.text
    assert "Kind of record: Sources" in sources.text
    for link in {*made.links, *wide.links, *sources.links}:
        if link.startswith(("?", "search")):
            assert reader.ask(urljoin("/search", link)).status_code == 200, link


def test_nothing_found_says_which_filter_to_drop(reader: Reader) -> None:
    made = page(reader, q="zinc", verdict="disputed", year="1863")
    assert "No claims" in made.text
    assert "Without Verdict: Disputed: 3" in made.text
    assert "Without Year: 1863: 0" in made.text
    assert "?q=zinc&year=1863" in made.links
    nowhere = page(reader, q="zinc xyzzy")
    assert "Nothing that is published has all of these words" in nowhere.text
    assert "Each word alone: zinc 3, xyzzy 0." in nowhere.text
    assert "As beginnings of words: 3." in page(reader, q="zin").text


def test_an_id_or_an_address_leads_to_its_record(reader: Reader, shelf: Shelf) -> None:
    record, gone = shelf.ids["denied"], shelf.ids["gone"]
    exact = "What you typed is the id or address of Bela Invented denies it."
    for typed in (record, record.upper(), f"claims/{record}", f"http://localhost:8000/claims/{record}/v1#evidence-1"):
        assert exact in page(reader, q=typed).text, typed
    assert "Version 1 is there too; the latest is version 2." in page(reader, q=f"/claims/{gone}/v1").text
    slip = record[:3] + ("2" if record[3] != "2" else "3") + record[4:]
    for typed in (slip, f"claims/{slip}"):
        made = page(reader, q=typed)
        assert "There is no such id. Did you mean Bela Invented denies it." in made.text
        assert f"./claims/{record}" in made.links
    assert "Did you mean" not in page(reader, q="zzzzzzzz9").text
    assert page(reader, q="seed:C04").text.count("Bela Invented moved the summit?") == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=***",
        "q=%22",
        "q=%00",
        "q=" + "x" * 501,
        "q=" + "+".join(map(str, range(40))),
        "verdict=true",
        "year=MMXIX",
        "topic=No/Topic",
        "agent=nobody",
        "source=%00",
        "kind=foundation",
        "has=everything",
        "corrected=no",
        "sort=price",
        "limit=0",
        "limit=9e9",
        "after=zzz",
        "more=everything",
        "&".join(f"year={year}" for year in range(1900, 1950)),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_remedy(reader: Reader, query: str) -> None:
    reply = reader.ask(f"/search.json?{query}")
    assert (reply.status_code, reply.headers["content-type"]) == (400, "application/problem+json")
    assert len(reply.text) < 600
    shown = reader.ask(f"/search?{query}", Accept="text/html")
    assert (shown.status_code, shown.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "Error:" in shown.text
    assert 'name="q"' in shown.text


@pytest.mark.parametrize(
    "text",
    [
        "NEAR(",
        "OR OR",
        "a OR",
        "head : zinc",
        "{head} : x",
        "^zinc",
        "zinc + dull",
        "--zinc x",
        "a*b*",
        "'; DROP TABLE x",
        "zinc\\",
        "'zinc':*",
        "zinc & !x",
        "<->",
        "%",
        "_",
        "ß",
        "\U0001f3d4 x",
    ],
)
def test_no_sign_is_an_operator(reader: Reader, text: str) -> None:
    assert reader.ask(f"/search.json?q={quote(text)}").status_code in (200, 400)
    assert reader.ask(f"/search?q={quote(text)}", Accept="text/html").status_code in (200, 400)


# Lone surrogates too, which no text of a database can hold.
TYPED = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(ODD)), max_size=60)
Shelves = Callable[[str], tuple[Reader, Shelf]]


@hypothesis_settings(max_examples=100)
@given(text=TYPED)
def test_whatever_is_typed_is_answered(shelves: Shelves, text: str) -> None:
    is_answered(shelves("sqlite")[0], text)


@pytest.mark.postgres
@hypothesis_settings(max_examples=100)
@given(text=TYPED)
def test_whatever_is_typed_is_answered_by_postgresql(shelves: Shelves, text: str) -> None:
    is_answered(shelves("postgresql")[0], text)


@pytest.mark.slow
@hypothesis_settings(max_examples=2500)
@given(text=TYPED)
def test_much_is_typed_and_answered(shelves: Shelves, text: str) -> None:
    is_answered(shelves("sqlite")[0], text)


@pytest.mark.slow
@pytest.mark.postgres
@hypothesis_settings(max_examples=2500)
@given(text=TYPED)
def test_much_is_typed_and_answered_by_postgresql(shelves: Shelves, text: str) -> None:
    is_answered(shelves("postgresql")[0], text)


def is_answered(reader: Reader, text: str) -> None:
    """By hits, or by words that say what is wrong."""
    reply = reader.ask(f"/search.json?q={quote(text, errors='surrogatepass')}")
    assert reply.status_code in (200, 400), text


def test_sixty_kilobytes_are_refused(reader: Reader) -> None:
    reply = reader.ask(f"/search?q={'followers+' * 6_000}", Accept="text/html")
    assert reply.status_code == 400
    assert len(reply.content) < 10_000


def test_the_table_and_the_feed_say_the_same(reader: Reader, shelf: Shelf) -> None:
    table = list(csv.DictReader(io.StringIO(reader.get("/search.csv?q=summit").text)))
    assert [(row["id"], row["replies"]) for row in table] == [(shelf.ids["denied"], "Bela Invented denies it.")]
    mixed = list(csv.DictReader(io.StringIO(reader.get("/search.csv?q=survey&kind=all").text)))
    assert {row["kind"] for row in mixed} == {"claim", "agent", "source", "origin"}
    feed = feedparser.parse(reader.get("/search.atom?q=summit").content)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [f"http://localhost:8000/claims/{shelf.ids['denied']}"]
    assert feed.entries[0].title.startswith("Bela Invented denies it.")
    assert feed.feed.id == "http://localhost:8000/search.atom?q=summit"


def test_what_has_not_changed_is_not_sent_again(reader: Reader) -> None:
    for path in (
        "/search?q=zinc",
        "/search.json?q=zinc",
        "/search.csv?q=zinc",
        "/search.atom?q=zinc",
        "/opensearch.xml",
    ):
        first = reader.get(path)
        assert first.headers["cache-control"] == "no-cache"
        again = reader.ask(path, If_None_Match=first.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
    tags = {reader.get(f"/search?{query}").headers["etag"] for query in ("q=zinc", "q=zinc&limit=1", "q=dull", "")}
    assert len(tags) == 4


def test_a_catalogue_that_is_behind_says_so(settings: Settings, engine: Engine) -> None:
    with writing(engine) as session:
        shelf = fill(session)
    catch_up(engine)
    with Reader(create_app(settings, public_only=True)) as reader:
        with writing(engine) as session:
            shelf.world.press.publish(session, "claim", shelf.world.claim("zinc is heavy"))
        assert "1 edition behind" in page(reader, q="zinc").text
        assert hits(reader, q="zinc")["behind"] == 1


def test_a_page_costs_the_same_however_much_it_finds(
    reader: Reader, statements: Callable[[Engine], Statements]
) -> None:
    costs = {}
    for query in (
        "q=survey&kind=all&limit=200",
        "q=zinc",
        "q=zinc&limit=1",
        "q=zinc&verdict=partly_supported&year=1863",
    ):
        with statements(reader.app.state.door.engine) as seen:
            page_ = reader.get(f"/search?{query}", Accept="text/html")
        costs[query] = len([one for one in seen if not one.startswith("SET")])
        assert len(page_.content) < 60_000
    assert set(costs.values()) == {7}, costs


def test_browsers_learn_how_to_ask(reader: Reader) -> None:
    reply = reader.get("/opensearch.xml")
    assert reply.headers["content-type"] == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ElementTree.fromstring(reply.content)
    assert root.tag == f"{space}OpenSearchDescription"
    name = root.findtext(f"{space}ShortName")
    assert name
    assert len(name) <= 16
    ways = {one.get("type"): one.get("template") for one in root.findall(f"{space}Url")}
    assert ways["text/html"] == "http://localhost:8000/search?q={searchTerms}"
    assert reader.get(urljoin("/", ways["application/json"].replace("{searchTerms}", "zinc"))).json()["total"] == 3
