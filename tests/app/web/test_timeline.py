"""A claim's dates in their order: what was said, counted and answered when; nothing is made surer than it is."""

from typing import Any

from sqlalchemy import Engine

from app.web.views.cited import Cited
from app.web.views.evidence import Point, points
from app.web.views.figures import figures
from app.web.views.timeline import MOST, Timeline, timeline
from app.web.views.tracks import Track
from tests.app.conftest import Library
from tests.factories.claims import World, with_reply
from tests.factories.documents import Entity, Press, en
from tests.factories.figures import count, dated
from tests.support.measured import publish_figures

Node = dict[str, Any]


def made(entity: Entity, cited: list[Node] | None = None, some: list[Point] | None = None) -> Timeline | None:
    every = points(entity) if some is None else some
    return timeline(entity, every, figures(entity, every), Cited({"cited": cited or []}))


def claim(*edtf: str) -> Entity:
    """Its own figures are dates in this order; nothing else of it is dated."""
    entity = World(Press()).claim()
    entity["figures"] = [dated(f"day {n}", one, part=n) for n, one in enumerate(edtf, 1)]
    return entity


def test_there_is_none_of_fewer_than_two_dates() -> None:
    assert made(claim()) is None
    assert made(claim("2019")) is None
    assert made(claim("2019-12-19", "XXXX")) is None
    assert made(claim("2019-12-19", "2019-12-19~")) is None
    assert made(claim("2019-12-18", "2019-12-19")) is not None


def test_lines_stand_by_their_first_day_and_what_has_none_before_all() -> None:
    found = made(claim("2019-12", "2018?", "../2020", "2018-05~/2019-01", "-0044", "2018-05-01/.."))
    assert found is not None
    assert [line.edtf for line in found.lines] == [
        "../2020",
        "-0044",
        "2018?",
        "2018-05~/2019-01",
        "2018-05-01/..",
        "2019-12",
    ]
    assert [line.doubt for line in found.lines] == ["", "", "u", "a", "", ""]
    assert (found.first, found.last) == ("-0044", "2020-12-31")


def test_a_track_is_a_span_a_dot_or_open() -> None:
    found = made(claim("2019-01-01", "2019", "2019-07-01/..", "../2019-01-01", "2019-07-01/"))
    assert found is not None
    tracks = {line.edtf: line.track for line in found.lines}
    assert tracks == {
        "2019-01-01": Track("0"),
        "2019": Track(None, ("0", "100")),
        "2019-07-01/..": Track("50.1", ("50.1", "100"), "right"),
        "../2019-01-01": Track("0", ("0", "0"), "left"),
        "2019-07-01/": Track("50.1"),
    }


def test_what_is_of_one_date_stands_in_one_line_answers_first() -> None:
    press = Press()
    world = World(press)
    entity = with_reply(world.claim(), world.person, "Bela Invented")
    entity["replies"][0]["statedOn"] = "1863-04-01"
    entity["appearances"][0]["chain"][0]["statedOn"] = "1863-05-01"
    entity["figures"] = [count("4807", "metres", part=n, period="1863-04-01", counted=f"{n}") for n in (1, 2)]
    cited = [{"record": entity["evidence"][0]["target"]["source"], "citedDate": "1863-04-01"}]
    found = made(entity, cited)
    assert found is not None
    first, last = found.lines
    assert [one.name for one in first.answers] == [en("Bela Invented denies it.")]
    # Two figures that read alike are named once.
    assert [(what, [one.anchor for one in some]) for what, some in first.events] == [
        ("time that the claim gives for", ["figure-1"])
    ]
    assert [point.number for point in first.points] == [1, 2]
    assert [(what, [one.anchor for one in some]) for what, some in last.events] == [("asserted by", ["appearance-1"])]
    assert found.weighed == "2026-11-24"


def test_evidence_gives_way_where_there_are_too_many_dates() -> None:
    entity = claim(*(f"{year}" for year in range(1900, 1900 + MOST)))
    cited = [{"record": entity["evidence"][0]["target"]["source"], "citedDate": "1863-04-01"}]
    found = made(entity, cited)
    assert found is not None
    assert found.cut
    assert len(found.lines) == MOST
    assert not any(line.points for line in found.lines)


def test_what_is_not_counted_has_no_date_here() -> None:
    entity = claim("2018", "2019")
    entity["evidence"][0]["sourceGrade"] = "X"
    cited = [{"record": entity["evidence"][0]["target"]["source"], "citedDate": "2018"}]
    found = made(entity, cited)
    assert found is not None
    assert [point.number for line in found.lines for point in line.points] == [2]


def test_every_line_links_to_its_item(own_library: Library, engine: Engine) -> None:
    measured = publish_figures(engine, own_library.known)
    page = own_library.reader.page(f"/claims/{measured.claim}")
    assert not page.faults
    assert "The lines run from 1 January 1863 to 31 December 2021." in page.text
    assert "1863 time that the claim gives for “4807”; time of “4.807”, “some 4800”" in page.text
    assert "2021 time of “4810”" in page.text
    tracks = [values for tag, values in page.tags if tag == "svg" and values.get("class", "").startswith("track")]
    # One for each of four figures and of three dates.
    assert len(tracks) == 7
    assert all(values["aria-hidden"] == "true" for values in tracks)
    inner = [fragment for path, fragment in page.addresses(f"/claims/{measured.claim}") if fragment]
    assert {"figure-1", "figure-2", "figure-3", "figure-4"} <= set(inner)
    assert set(page.ids) >= {one for one in inner if one.startswith(("figure", "evidence", "appearance"))}
