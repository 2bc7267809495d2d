"""Figures as JSON and as a table: each with its claim's replies and verdict, its finding, a caveat and the licence."""

from typing import Any

from app.web import links
from app.web.door import Site
from app.web.listing import replies_and_verdict, row_json
from app.web.said import plain
from app.web.views.shelf import ShelfRow, ShelfView
from app.web.words import read_as
from kb.formats.table import csv_bytes
from kb.projections.catalogue.shelves import Shelf

CAVEAT = (
    "A figure is as its source prints it; that it is listed does not make it right. "
    "Only figures of one group may be held against each other. "
    "The licence is for our own words; quotations keep their own rights."
)
WHERE = {"claim": "claim", "item": "evidence", "apart": "not counted"}
SHELVES = ["measure", "unit", "address", "figures", "claims"]
COLUMNS = (
    "claim", "replies", "question", "verdict", "as_printed", "lang", "read_as", "comparator",
    "value", "low", "low_inclusive", "high", "high_inclusive", "rounding_step",
    "unit", "counted", "scope", "period", "period_note", "counted_by", "where", "items",
    "sources", "source_titles", "note", "group", "finding", "not_comparable", "caveat", "license",
)  # fmt: skip
# Those that hold numbers, or yes and no.
TYPED = frozenset(
    {"value", "low", "low_inclusive", "high", "high_inclusive", "rounding_step", "group"}
)  # fmt: skip


def shelf_json(one: Shelf, site: Site) -> dict[str, Any]:
    """A measure or a unit with how many figures and claims there are of it."""
    return dict(zip(SHELVES, shelf_line(one, site), strict=True))


def shelf_line(one: Shelf, site: Site) -> list[object]:
    """The same as a row of a table."""
    measure = one.measure.label if one.measure else one.name
    address = site.base + links.figures_of(one.name, measure=one.is_measure)
    return [measure if one.is_measure else None, None if one.is_measure else one.name, address, one.figures, one.claims]


def as_json(shown: ShelfView, site: Site) -> dict[str, Any]:
    """Groups of comparable figures with what was found, and those that stand alone with the reason."""
    return {
        "groups": [
            {"finding": group.finding, "figures": [_figure(row, site) for row in group.rows]} for group in shown.groups
        ],
        "not_comparable": [_figure(row, site) | {"because": row.why} for row in shown.alone],
    }


def table(shown: ShelfView, site: Site) -> bytes:
    """One line for each row of the page; `group` numbers those that may be held against each other."""
    rows = [
        _line(row, site, number, group.finding) for number, group in enumerate(shown.groups, 1) for row in group.rows
    ]
    rows += [_line(row, site, None, None) for row in shown.alone]
    return csv_bytes(COLUMNS, rows, [name for name in COLUMNS if name not in TYPED])


def _figure(row: ShelfRow, site: Site) -> dict[str, Any]:
    page = site.base + row.claim.address
    return {
        "claim": row_json(row.claim, site.base),
        "where": WHERE[row.figure.whose],
        "items": [point.number for point in row.figure.points],
        "addresses": [f"{page}#{one.anchor}" for one in row.figure.bearers],
        "figure": row.node,
        "read_as": read_as(row.node),
        "counted_by": row.counted_by or row.node.get("countedBy"),
        "sources": list(row.sources),
    }


def _line(row: ShelfRow, site: Site, group: int | None, finding: str | None) -> list[object]:
    node = row.node
    replies, verdict = replies_and_verdict(row.claim)
    page = f"{site.base}{row.claim.address}#{row.figure.bearers[0].anchor}"
    printed = node["asPrinted"]
    numbers = [node.get(key) for key in ("value", "low", "lowInclusive", "high", "highInclusive", "roundingStep")]
    return [
        page, replies, row.claim.label, verdict, plain(printed), "en" if "en" in printed else min(printed),
        read_as(node), node["comparator"], *numbers,
        plain(node["unit"]), plain(node.get("counted")), plain(node.get("scope")),
        node.get("period", {}).get("edtf"), _notes(row, "periodNote"), plain(row.counted_by or node.get("countedBy")),
        WHERE[row.figure.whose], ", ".join(str(point.number) for point in row.figure.points),
        " ".join(one["record"] for one in row.sources), "; ".join(plain(one.get("citedTitle")) for one in row.sources),
        _notes(row, "note"), group, finding, row.why or None, CAVEAT, site.licence,
    ]  # fmt: skip


def _notes(row: ShelfRow, key: str) -> str:
    return "; ".join((f"{at}: " if at else "") + plain(words) for words, at in row.figure.notes(key))
