"""Search over a shelf of invented claims: the same hits in the same order on both databases, exact counts, paging."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.db import writing
from kb.projections.catalogue.pieces import MOST_BYTES, SearchText
from kb.projections.catalogue.query import parse
from kb.projections.catalogue.search import Asked, NoSuchPlace, each_alone, how_many, search
from kb.projections.catalogue.search_counts import facets
from kb.projections.catalogue.search_text import index_of
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueText
from kb.projections.follow import catch_up, rebuild
from tests.factories.documents import agent
from tests.factories.shelf import ORDER, Shelf, fill, put
from tests.support.statements import Statements

CLAIMS = {"kind": ("claim",)}
# Twenty queries and more, with the claims that each must find and no others.
QUERIES = {
    "dvorak": {"czech"},
    "DVOŘÁK zustal": {"czech"},
    "łodzi": {"polish"},
    "lodzi mlyn": {"polish"},
    "احمد": {"arabic"},
    "أحمد الهدي": {"arabic"},
    "البلدية 2019": {"arabic"},
    "٢٠١٩ استقال": {"arabic"},
    'צה"ל': {"hebrew"},
    "צהל הנמל": {"hebrew"},
    "שלום": {"hebrew"},
    "中国": {"chinese"},
    "人民日报": {"chinese"},
    "河": {"chinese"},
    "人国": set[str](),
    "カタカナ": {"japanese"},
    "がんばれ": {"japanese"},
    "γεφυρα": {"greek"},
    "елка": {"russian"},
    "72,000": {"number"},
    "72 000 follower": {"number"},
    "72000": {"number"},
    "\u0667\u0662\u066c\u0660\u0660\u0660": {"number"},
    "3500 strasse": {"german"},
    "3,500": {"german"},
    "ete": {"french"},
    "don't": set[str](),
    "didn't": {"french"},
    "north-east": {"french"},
    '"east north"': set[str](),
    '"très sec"': {"french"},
    '"sec très"': set[str](),
    "zinc": set(ORDER),
    "zinc -dull": {"head"},
    'zinc -"only zinc"': {"head", "quoted"},
    "zin*": set(ORDER),
    "zin": set[str](),
    "q*": {"gone", "quoted"},
    "zinc -q*": {"head", "rest"},
    "seed:C04": {"denied"},
    "seed:article-1/C04": {"denied"},
    "denies summits": {"denied"},
    "quarries": {"gone"},
    "zacharias": set[str](),
    "nobody": set[str](),
}


@pytest.fixture
def shelf(engine: Engine) -> Shelf:
    with writing(engine) as session:
        made = fill(session)
    catch_up(engine)
    return made


@pytest.fixture
def reading(engine: Engine, shelf: Shelf) -> Session:
    with Session(engine) as session:
        yield session


def found(session: Session, text: str, **more: object) -> list[str]:
    asked = Asked(parse(text), **{"filters": CLAIMS, "limit": 200} | more)
    return [row.record for row in search(session, asked).rows]


def test_each_query_finds_its_claims(reading: Session, shelf: Shelf) -> None:
    wrong = {text: names for text, wanted in QUERIES.items() if (names := shelf.names(found(reading, text))) != wanted}
    assert wrong == {}


def test_relevance_is_by_rank_then_the_newest_on_every_database(reading: Session, shelf: Shelf) -> None:
    assert found(reading, "zinc") == [shelf.ids[rank] for rank in ORDER]
    newest = found(reading, "survey")
    assert newest == found(reading, "survey", sort="newest")
    assert len(newest) == len(shelf.ids)
    both = [row.kind for row in search(reading, Asked(parse("survey"), limit=200)).rows]
    assert both == ["claim"] * len(shelf.ids) + ["agent", "source", "origin"]


def test_paging_visits_each_hit_once_whatever_is_published_meanwhile(
    engine: Engine, reading: Session, shelf: Shelf
) -> None:
    for text, sort in (("survey", "relevance"), ("", "newest"), ("survey", "corrected")):
        whole = found(reading, text, sort=sort)
        seen, after, size = list[str](), None, 0
        while size == 0 or after:
            page = search(reading, Asked(parse(text), CLAIMS, sort, after, limit=4))
            seen += [row.record for row in page.rows]
            after, size = page.next, size + 1
            assert page.total >= len(whole)
            if size == 2:
                reading.rollback()
                with writing(engine) as session:
                    put(session, shelf, f"later-{sort}", shelf.world.claim(f"it was {sort} later, says the survey"))
                catch_up(engine)
        assert seen == whole


@pytest.mark.parametrize("after", ["", "x", "r1.2", "n0.0.9999999999", "r0.0.1 ", "c1.1.1", "r1.1.1;DROP", "٣"])
def test_a_place_that_is_none_is_refused(reading: Session, after: str) -> None:
    with pytest.raises(NoSuchPlace):
        search(reading, Asked(parse("zinc"), CLAIMS, after=after))


def test_facets_are_counted_over_all_hits_whatever_is_shown(reading: Session, shelf: Shelf) -> None:
    one = search(reading, Asked(parse("survey"), CLAIMS, limit=1, values=50))
    everything = search(reading, Asked(parse("survey"), CLAIMS, limit=200, values=50))
    assert one.facets == everything.facets
    assert one.total == len(everything.rows) == len(shelf.ids)
    counts = {name: {value.label: value.count for value in one.facets[name].values} for name in one.facets}
    assert counts["kind"] == {"claim": one.total, "agent": 1, "source": 1, "origin": 1}
    # A withdrawn claim has neither verdict nor voice, and keeps its topic.
    assert counts["verdict"] == {"partly_supported": one.total - 1}
    assert counts["agent"] == {"Invented Survey": one.total - 1, "Bela Invented": 1}
    assert counts["topic"] == {"Heights": one.total}
    assert counts["source"] == {"Heights of the Invented Alps": one.total - 1}
    assert counts["year"] == {"1863": one.total - 1}
    assert counts["has"] == {"verified_quote": one.total - 1, "reply": 1}
    assert counts["corrected"] == {}


def test_filters_are_or_within_and_and_between(reading: Session, shelf: Shelf) -> None:
    wide = search(reading, Asked(filters={"kind": ("claim", "topic")}, limit=200))
    assert wide.total == len(shelf.ids) + 1
    narrow = search(reading, Asked(filters={"kind": ("claim", "topic"), "has": ("reply",)}))
    assert [row.record for row in narrow.rows] == [shelf.ids["denied"]]
    assert {value.value: value.count for value in narrow.facets["kind"].values} == {"claim": 1, "topic": 0}
    person = shelf.world.press.ids[shelf.world.person]
    assert search(reading, Asked(filters=CLAIMS | {"agent": (person,)})).total == 1


def test_what_each_filter_costs(reading: Session, shelf: Shelf) -> None:
    filters = CLAIMS | {"verdict": ("disputed",), "year": ("1863",)}
    none = search(reading, Asked(parse("zinc"), filters))
    assert (none.total, none.rows, none.next) == (0, (), None)
    assert none.without == {"": 3, "kind": 0, "verdict": 3, "year": 0}
    assert [(value.value, value.count) for value in none.facets["verdict"].values] == [
        ("partly_supported", 3),
        ("disputed", 0),
    ]
    assert each_alone(reading, Asked(parse("zinc summit"), CLAIMS)) == [("zinc", 3), ("summit", 1)]
    assert how_many(reading, Asked(parse("summ*"), CLAIMS)) == 1


def test_values_beyond_the_most_are_counted(engine: Engine, reading: Session, shelf: Shelf) -> None:
    reading.rollback()
    press = shelf.world.press
    with writing(engine) as session:
        voices = [press.name("agent") for _ in range(12)]
        for number, voice in enumerate(voices):
            press.publish(session, "agent", agent(voice, f"Voice {number}"))
        for voice in voices:
            made = shelf.world.claim("tungsten is rare")
            put(session, shelf, voice, made | {"author": [voice]})
    catch_up(engine)
    few = search(reading, Asked(parse("tungsten"), CLAIMS, values=5)).facets["agent"]
    assert (len(few.values), few.left_out) == (5, 8)
    assert few.values[0].count == 12
    full = search(reading, Asked(parse("tungsten"), CLAIMS, values=5, in_full=frozenset({"agent"}))).facets["agent"]
    assert (len(full.values), full.left_out) == (13, 0)
    last = full.values[-1].value
    chosen = search(reading, Asked(parse("tungsten"), CLAIMS | {"agent": (last,)}, values=5)).facets["agent"]
    assert (len(chosen.values), chosen.left_out) == (6, 7)
    assert [value.value for value in chosen.values if value.chosen] == [last]


def test_corrections_are_remembered_through_later_versions(engine: Engine, reading: Session, shelf: Shelf) -> None:
    reading.rollback()
    with writing(engine) as session:
        for change in ("correction", "update"):
            again = shelf.world.press.current[f"{shelf.world.press.base}claims/{shelf.ids['head']}#it"].entity
            put(session, shelf, "head", dict(again) | {"note": {"en": change}}, change, issued="2026-11-29T09:00:00Z")
    catch_up(engine)
    assert found(reading, "", filters=CLAIMS | {"corrected": ("yes",)}) == [shelf.ids["head"]]
    assert found(reading, "", sort="corrected")[0] == shelf.ids["head"]
    assert found(reading, "zinc", sort="corrected") == [shelf.ids[name] for name in ("head", "rest", "quoted")]


def test_a_search_costs_the_same_however_much_it_finds(
    engine: Engine, reading: Session, shelf: Shelf, statements: Callable[[Engine], Statements]
) -> None:
    for text in ("survey", "zinc", "xyzzy"):
        with statements(engine) as seen:
            search(reading, Asked(parse(text), CLAIMS | {"year": ("1863",)}, limit=200))
        # Where nothing is counted that has a name, no name is looked up.
        assert len(seen) == (3 if text == "xyzzy" else 4)


@pytest.mark.parametrize("text", ["", "zinc", "survey -zinc", '"zinc is"', "-zinc"])
def test_counting_by_the_hits_and_by_the_index_is_the_same(reading: Session, shelf: Shelf, text: str) -> None:
    for filters in ({}, CLAIMS, CLAIMS | {"year": ("1863",), "has": ("figure", "reply")}):
        asked = Asked(parse(text), filters)
        assert facets(reading, asked, by_hit=True) == facets(reading, asked, by_hit=False)


def test_what_is_rebuilt_is_what_was_followed(engine: Engine, reading: Session, shelf: Shelf) -> None:
    def all_of_it() -> list[object]:
        rows = [
            tuple(row)
            for table in (CatalogueText, CatalogueFacet)
            for row in reading.execute(select(*table.__table__.columns).order_by(*table.__table__.primary_key))
        ]
        return [rows, *(found(reading, text) for text in QUERIES)]

    before = all_of_it()
    reading.rollback()
    rebuild(engine, "catalogue")
    assert all_of_it() == before


def test_an_edition_too_long_for_the_index_is_cut_and_found(engine: Engine, reading: Session, shelf: Shelf) -> None:
    reading.rollback()
    made = shelf.world.claim("it is long")
    page = made["@id"].removesuffix("#it")
    made["openQuestions"] = [
        {
            "@id": f"{page}#open-{part + 1}",
            "@type": "OpenQuestion",
            "label": {"en": f"{'ñ' * 3000} {' '.join(f'語ш{part * 8000 + number}' for number in range(8000))}"},
        }
        for part in range(15)
    ]
    with writing(engine) as session:
        put(session, shelf, "long", made)
    catch_up(engine)
    assert found(reading, "ш7") == [shelf.ids["long"]]
    assert found(reading, "ш119999") == []


def test_every_rank_can_be_full(engine: Engine, shelf: Shelf) -> None:
    """Of keys as short as they can be, all of them different, so that the marks take the most that they can."""
    full = [
        " ".join(["", *(f"{prefix}{number:04x}" for number in range(MOST_BYTES // 7)), ""])
        for prefix in ("a", "b", "c")
    ]
    assert all(MOST_BYTES * 0.8 < len(lines) <= MOST_BYTES for lines in full)
    with writing(engine) as session:
        session.add(CatalogueText(seq=900, kind_place=0, corrected=None, head=full[0], quoted=full[1], rest=full[2]))
        session.flush()
        index_of(session).add(session, {900: SearchText(*full)})
    with Session(engine) as session:
        assert [how_many(session, Asked(parse(word))) for word in ("a0000", "b6f90", "c6f90", "d0000")] == [1, 1, 1, 0]
