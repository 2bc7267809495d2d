"""figures.csv: one row for each figure in a claim or in its evidence, as printed and as read."""

from collections.abc import Iterable

from kb.documents import addresses
from kb.formats.tables.column import Column, Table
from kb.formats.tables.evidence import counts
from kb.formats.tables.row import BETWEEN, Cell, Row, address, joined, language, names, say, text, value, walk
from kb.formats.tables.shared import HERE, ID, LAST, OF_CLAIM, aspect, who
from kb.values import vocabulary
from kb.values.readback import read_as

PART = f"{HERE}/claims/{ID}#figure-2"


def _stands_in(row: Row) -> str:
    return "claim" if row.within is None else "evidence"


def _of_evidence(*path: str) -> Cell:
    return lambda row: walk(row.within, path)


def _sources(row: Row) -> list[str]:
    if row.within is not None:
        return [row.within["target"]["source"]]
    return list(row.entity.get("appearsIn", ()))


def _said_by(row: Row) -> str | None:
    """Of a figure in evidence the publisher of the source, of one in the claim whoever makes the claim."""
    if row.within is None:
        return who(row)
    return say(row.cited[row.within["target"]["source"]]["citedPublisher"])


def _aspect(row: Row) -> object:
    return walk(aspect(row, row.node.get("aspect")), ("code",))


def _counted_by(row: Row) -> str | None:
    printed = say(row.node.get("countedBy"))
    return printed or (row.name_of(row.node["countedByAgent"]) if "countedByAgent" in row.node else None)


def _rows(record: Row) -> Iterable[Row]:
    yield from map(record.part, record.node.get("figures", ()))
    for piece in record.node.get("evidence", ()):
        for node in piece.get("figures", ()):
            yield record.part(node, piece)


_WHAT = (
    Column("where", "“claim”: the claim says it; “evidence”: a passage that bears on it", _stands_in, "evidence",
           required=True),
    Column("evidence_address", "the piece of evidence in which it stands; empty for a figure of the claim",
           _of_evidence("@id"), f"{HERE}/claims/{ID}#evidence-3", "address"),
    Column("stance", "what that evidence does to its part of the claim", _of_evidence("stance"), "contradicts", "word",
           vocabulary.STANCE),
    Column("counts", "whether that evidence counts; empty for a figure of the claim",
           lambda row: None if row.within is None else counts(row.within), "true", "yes_or_no"),
    Column("said_by", "who says the figure: publisher of the source, or who makes the claim", _said_by,
           "Town of Example"),
    Column("as_printed", "the figure in the words of its source", text("asPrinted"), "over 70 million", quoted=True,
           required=True),
    Column("lang", "language of those words", language("asPrinted"), "en", "language", required=True),
    Column("read_as", "what the words give, and what they do not", lambda row: read_as(row.node),
           "more than 70\u202f000\u202f000, no upper limit", required=True),
    Column("comparator", "how the number stands to what was counted", value("comparator"), "over", "word",
           vocabulary.COMPARATOR, required=True),
    Column("value", "the number, where the words give one", value("value"), "70000000", "number",
           unit="that of the column unit"),
    Column("low", "lower bound, where the words give one; none is ever invented", value("low"), "70000000", "number",
           unit="that of the column unit"),
    Column("low_inclusive", "whether the lower bound itself is meant too", value("lowInclusive"), "false",
           "yes_or_no"),
    Column("high", "upper bound, where the words give one", value("high"), "80000000", "number",
           unit="that of the column unit"),
    Column("high_inclusive", "whether the upper bound itself is meant too", value("highInclusive"), "true",
           "yes_or_no"),
    Column("rounding_step", "step to which the number is rounded, where known", value("roundingStep"), "1000000",
           "number", unit="that of the column unit"),
    Column("unit", "what the number is in", text("unit"), "euro", required=True),
    Column("counted", "what is counted", text("counted"), "cost of the bridge"),
    Column("measure_address", "page of the measure, where one is given: figures of one measure may be compared",
           address("measure"), f"{HERE}/topics/cost-of-works", "address"),
    Column("measure", "its name", names("measure"), "Cost of works"),
    Column("scope", "place, group or part that it is said of", text("scope"), "in the town"),
    Column("period", "time that it is said of", value("period", "edtf"), "2018/2019", "edtf"),
    Column("period_start", "first day of that time", value("period", "startDate"), "2018-01-01", "day"),
    Column("period_end", "last day of that time", value("period", "endDate"), "2019-12-31", "day"),
    Column("period_note", "how the time is known", text("periodNote"), "The account says so."),
    Column("counted_by", "who counted", _counted_by, "Office of Works"),
    Column("aspect", "part of the claim that it is of", _aspect, "cost"),
    Column("share_of_address", "the figure of which it is a share", value("shareOf"), f"{HERE}/claims/{ID}#figure-1",
           "address"),
    Column("source_addresses", "pages of the sources in which it stands",
           lambda row: " ".join(map(addresses.page_of, _sources(row))) or None, f"{HERE}/sources/8kdw95pb2",
           "addresses"),
    Column("source_titles", "their titles", lambda row: BETWEEN.join(map(row.name_of, _sources(row))) or None,
           "Budget of the town, 2019", quoted=True),
    Column("note", "note of the desk", text("note"), "Without the access roads."),
    Column("external_ids", "ids in other collections, parted by a space", joined("externalIds"), "seed:F3"),
)  # fmt: skip
FIGURES = Table(
    name="figures",
    title="Figures",
    holds=(
        "One row for each figure in a claim or in its evidence. A figure is as its source prints it; that it is"
        " listed does not make it right, and two figures may be held against each other only where they count the"
        " same thing."
    ),
    key="address",
    columns=(
        Column("address", "this figure", value("@id"), PART, "address", required=True),
        *OF_CLAIM,
        *_WHAT,
        *LAST,
    ),
    rows=_rows,
    leads={"claim_address": ("claims", "address"), "evidence_address": ("evidence", "address")},
)
