"""The report: figures, ratios, growth and the page's tables."""

import json
from pathlib import Path

import pytest

from bench import report
from bench.__main__ import ROWS
from bench.row import Corpus, Figure, Ratio, Row, Side, row_from


def made(claims: int = 1_000, ours: tuple[float, ...] = (1.0, 2.0, 4.0), **more: object) -> Row:
    """A row with a side that is twice as slow as ours, and an aim that it misses."""
    return Row(
        key=f"export-nq-{claims}",
        title="Export",
        method="Whole commands.",
        sides=[Side("claimbase", "claimbase export", "s", ours), Side("peer", "peer", "s", [2 * one for one in ours])],
        ratios=[Ratio("faster than the peer", "peer", "claimbase", 20)],
        figures=[Figure("memory", 87.4, "MiB", 100)],
        corpus=Corpus("light", claims, 1_100, 61.5),
        measure="export",
        grows="claimbase",
        **more,  # type: ignore[arg-type]
    )


def test_a_ratio_is_taken_pair_by_pair() -> None:
    sides = [Side("a", "a", "s", [1, 10]), Side("b", "b", "s", [2, 40])]
    row = Row("k", "t", "m", sides, [Ratio("b to a", "b", "a")])
    assert row.ratio_values(row.ratios[0]) == [2, 4]


def test_sides_of_unequal_rounds_are_no_pairs() -> None:
    row = Row("k", "t", "m", [Side("a", "a", "s", [1]), Side("b", "b", "s", [2, 4])], [Ratio("r", "b", "a")])
    with pytest.raises(ValueError, match="shorter"):
        row.ratio_values(row.ratios[0])


def test_a_kept_row_reads_back(tmp_path: Path) -> None:
    row = made(remarks=("Extrapolated.",), versions={"peer": "1.2"})
    file = report.keep(row, "python -m bench export", tmp_path)
    back, facts = report.kept(tmp_path)["export-nq-1000"]
    assert back.as_json() == json.loads(json.dumps(row.as_json())) | {
        "ratio_values": {"faster than the peer": [2.0, 2.0, 2.0]}
    }
    assert facts["command"] == "python -m bench export"
    assert {"commit", "at", "load", "machine", "pace"} < facts.keys()
    assert 0 < facts["pace"]["fastest"] <= facts["pace"]["middle"] <= facts["pace"]["slowest"]
    assert row_from(json.loads(file.read_text("utf-8"))).ratios == back.ratios


def test_a_second_run_stands_beside_the_first(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("<!-- table: again -->\n<!-- end -->\n")
    sides = [Side("claimbase", "claimbase", "s", [1.0, 1.0]), Side("peer", "peer", "s", [2.0, 3.0])]
    slower = [sides[0], Side("peer", "peer", "s", [4.0, 5.0])]
    ratios = [Ratio("faster than the peer", "peer", "claimbase", 20)]
    report.keep(Row("export-a", "Export", "m", sides, ratios), "", tmp_path)
    report.keep(Row("export-a", "Export", "m", slower, ratios), "", tmp_path / report.AGAIN)
    # Of a row that the first run has not there is nothing to say.
    report.keep(Row("export-b", "Another", "m", slower, ratios), "", tmp_path / report.AGAIN)
    report.write_tables(tmp_path, page)
    said = page.read_text()
    assert (
        "| Export: faster than the peer | 2.50× (2.00–3.00) | 4.50× (4.00–5.00) | 80% | spreads do not meet |" in said
    )
    assert "Another" not in said


def test_tables_go_into_their_places_and_leave_the_words(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(
        "Before.\n<!-- table: export -->\nold\n<!-- end -->\nAfter.\n<!-- table: growth -->\n<!-- end -->\n"
    )
    for claims, seconds in ((1_000, (1.0, 1.0)), (10_000, (10.0, 10.0)), (100_000, (100.0, 100.0))):
        report.keep(made(claims, seconds), "python -m bench export", tmp_path)
    report.write_tables(tmp_path, page)
    written = page.read_text("utf-8")
    assert written.startswith("Before.")
    assert "\nAfter.\n" in written
    assert "old" not in written
    assert "| **faster than the peer** | **2.00×** | 2.00–2.00 | at least 20: **missed** |" in written
    assert "| memory | 87.4 MiB | | at most 100: held |" in written
    assert "1,100 editions, 61.5 triples a claim" in written
    assert "| export | 1.00 s | 10.0 s | 100 s | 1.00 |" in written
    report.write_tables(tmp_path, page)
    assert page.read_text("utf-8") == written


@pytest.mark.parametrize(
    ("points", "expected"),
    [([(10, 1.0), (100, 10.0)], 1), ([(10, 5.0), (100, 5.0), (1_000, 5.0)], 0), ([(10, 1.0), (100, 100.0)], 2)],
)
def test_growth_is_an_exponent(points: list[tuple[int, float]], expected: float) -> None:
    assert report.slope(points) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.01234, "0.0123"), (1.005, "1.00"), (12.34, "12.3"), (1234.5, "1,234"), (9.999, "10.00")],
)
def test_three_digits_count(value: float, words: str) -> None:
    assert report.shown(value, "") == words


def test_the_page_has_a_place_for_each_group_of_rows() -> None:
    names = {place["name"] for place in report.PLACE.finditer(report.PAGE.read_text("utf-8"))}
    assert names == {*ROWS, "growth", "machine", report.AGAIN}


def test_the_page_says_what_the_raw_figures_say(tmp_path: Path) -> None:
    again = tmp_path / "performance.md"
    again.write_bytes(report.PAGE.read_bytes())
    report.write_tables(page=again)
    assert again.read_text("utf-8") == report.PAGE.read_text("utf-8")
