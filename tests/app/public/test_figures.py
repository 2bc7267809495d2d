"""Figures by measure and by unit: comparable ones together, the rest with the reason, nothing of what is withdrawn."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from kb.findings.units import read_unit
from kb.formats.table import unguarded
from tests.app.conftest import Library
from tests.support.measured import SLUG, Measured, publish_figures
from tests.support.statements import Statements


@pytest.fixture
def measured(own_library: Library, engine: Engine) -> Measured:
    return publish_figures(engine, own_library.known)


def every(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for group in said["groups"] for one in group["figures"]] + said["not_comparable"]


def test_the_list_has_measures_first_then_units(own_library: Library, measured: Measured) -> None:
    said = own_library.reader.get("/figures.json").json()
    base = own_library.reader.get("/foundation.json").json()["document"]["mainEntity"]["baseAddress"]
    assert said["items"] == [
        {
            "measure": "Height of Mount Example",
            "unit": None,
            "address": f"{base}figures/{SLUG}",
            "figures": 8,
            "claims": 2,
        },
        {"measure": None, "unit": "date", "address": f"{base}figures?unit=date", "figures": 1, "claims": 1},
        {"measure": None, "unit": "people", "address": f"{base}figures?unit=people", "figures": 8, "claims": 1},
    ]
    page = own_library.reader.page("/figures")
    assert "Height of Mount Example 8 figures in 2 claims" in page.text
    assert f"./figures/{SLUG}" in page.links
    assert not page.faults


def test_the_list_can_be_walked_in_pieces(own_library: Library, measured: Measured) -> None:
    seen, way = [], "/figures.json?limit=1"
    while way:
        reply = own_library.reader.get(way)
        said = reply.json()
        seen += [one["measure"] or one["unit"] for one in said["items"]]
        way = f"/figures.json{said['next']}" if said["next"] else ""
        assert ('rel="next"' in reply.headers["link"]) is bool(way)
    assert seen == ["Height of Mount Example", "date", "people"]
    assert "The list ends here" in own_library.reader.page("/figures?after=1zzz").text


def test_a_measure_has_its_comparable_figures_together(own_library: Library, measured: Measured) -> None:
    said = own_library.reader.get(f"/figures/{SLUG}.json").json()
    assert (said["measure_kind"], said["unit"], said["whole"], said["next"]) == ("stock", None, True, None)
    assert said["license"].startswith("https://")
    assert "quotations keep their own rights" in said["caveat"]
    old, new = sorted(said["groups"], key=lambda group: -len(group["figures"]))
    assert old["finding"].startswith("conflict; furthest apart are “over 4900” and “")
    assert "1 km = 1000 metres" in old["finding"]
    assert new["finding"] == "agree within their bounds"
    assert {one["figure"]["period"]["edtf"] for one in new["figures"]} == {"2021"}
    assert said["not_comparable"] == []
    assert {one["claim"]["id"] for one in every(said)} == {measured.claim, measured.denied}
    assert len(every(said)) == 8
    # The original stays beside the conversion.
    assert {one["read_as"] for one in every(said)} == {
        "exactly 4807",
        "exactly 4.807",
        "exactly 4810",
        "more than 4900, no upper limit",
        "about 4800, no bounds given",
    }
    assert read_unit("km").formula == "1 km = 1000 metres"


def test_the_page_says_the_same_with_the_reply_before_each_claim(own_library: Library, measured: Measured) -> None:
    page = own_library.reader.page(f"/figures/{SLUG}")
    assert not page.faults
    assert "Measure · Stock" in page.text
    assert page.text.count("B. denies it. Is it so that it is higher than 4,900 metres?") == 4
    assert page.text.count("Partly supported; the year is contradicted") == 8
    assert "Conflict; furthest apart are" in page.text
    assert "it is 1 metre high" not in page.text
    assert not [tag for tag, values in page.tags if "style" in values]
    for path, fragment in page.addresses(f"/figures/{SLUG}"):
        there = own_library.reader.page(path) if fragment.startswith(("evidence", "figure")) else None
        assert there is None or fragment in there.ids


def test_a_unit_without_a_measure_has_its_own_page(own_library: Library, measured: Measured) -> None:
    said = own_library.reader.get("/figures.json?unit=People").json()
    assert (said["measure"], said["unit"]) == (None, "people")
    assert [group["finding"] for group in said["groups"]] == [
        "no bounds are given for “many”, held against none; when is not said of all"
    ]
    reasons = [one["because"] for one in said["not_comparable"]]
    assert len(reasons) == 6
    assert all(one.endswith(": what is counted is another thing or in other words") for one in reasons)
    dates = own_library.reader.get("/figures.json?unit=date").json()
    assert [one["because"] for one in every(dates)] == ["there is no other figure here"]
    assert "12 December 2019" in own_library.reader.page("/figures?unit=date").text


def test_figures_can_be_walked_in_pieces_and_say_that_they_are_pieces(own_library: Library, measured: Measured) -> None:
    seen, way, rounds = [], "/figures.json?unit=people&limit=3", 0
    while way:
        said = own_library.reader.get(way).json()
        assert said["whole"] is False
        seen += [one["figure"]["@id"] for one in every(said)]
        way, rounds = (f"/figures.json{said['next']}" if said["next"] else ""), rounds + 1
    assert (len(seen), len(set(seen)), rounds) == (8, 8, 3)
    first = own_library.reader.page("/figures?unit=people&limit=3")
    assert "of the figures on this page alone" in first.text
    assert any(link.startswith("?after=") and "unit=people" in link for link in first.links)
    assert "of the figures on this page alone" not in own_library.reader.page("/figures?unit=people").text


def test_the_table_has_replies_licence_and_caveat_in_every_row(own_library: Library, measured: Measured) -> None:
    reply = own_library.reader.get(f"/figures/{SLUG}.csv")
    assert reply.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert len(rows) == 8
    assert all(row["license"] and row["caveat"] and row["verdict"].startswith("Partly supported; ") for row in rows)
    assert sorted(row["replies"] for row in rows) == [""] * 4 + ["B. denies it."] * 4
    assert {row["where"] for row in rows} == {"claim", "evidence"}
    own = [row for row in rows if row["where"] == "claim" and row["value"]]
    assert [
        (row["value"], row["low"], row["low_inclusive"], row["unit"], unguarded(row["counted"])) for row in own
    ] == [("4807", "4807", "true", "metres", "height above the sea")]


REFUSED = {
    "/figures/nothing-of-this-name": 404,
    "/figures/heights": 404,
    "/figures?unit=unheard": 404,
    "/figures?unit=": 400,
    "/figures?unit=%00": 400,
    "/figures?unit=people&after=nonsense": 400,
    "/figures?unit=people&after=37d2qfnqr-1": 400,
    "/figures?after=nonsense": 400,
    "/figures?limit=0": 400,
    f"/figures/{SLUG}?after=37d2qfnqr-99999999": 400,
    f"/figures/{SLUG}.ttl": 404,
    f"/figures/{'x' * 3000}": 404,
}


def test_what_cannot_be_answered_is_said(own_library: Library, measured: Measured) -> None:
    assert {path: own_library.reader.ask(path).status_code for path in REFUSED} == REFUSED


def test_a_topic_that_is_no_measure_is_named(own_library: Library, measured: Measured) -> None:
    problem = own_library.reader.ask("/figures/heights", Accept="application/json").json()
    assert "is a topic and no measure" in problem["detail"]
    assert own_library.reader.ask("/figures/Height-Of-Mount-Example").headers["location"] == SLUG


def test_unchanged_pages_are_answered_by_304(own_library: Library, measured: Measured) -> None:
    for path in ("/figures", f"/figures/{SLUG}", "/figures.csv?unit=people"):
        etag = own_library.reader.get(path).headers["etag"]
        assert own_library.reader.ask(path, If_None_Match=etag).status_code == 304


def test_a_page_takes_a_few_statements_whatever_it_holds(
    own_library: Library, measured: Measured, statements: Callable[[Engine], Statements]
) -> None:
    for path in ("/figures", f"/figures/{SLUG}", "/figures?unit=people", "/figures?unit=people&limit=3"):
        with statements(own_library.engine) as seen:
            own_library.reader.get(path, Accept="text/html")
        assert len(seen) <= 5, (path, list(seen))
