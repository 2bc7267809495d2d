"""evidence.csv: one row for each piece of evidence, with the passage, its source and whether it counts."""

from collections.abc import Iterable
from typing import NamedTuple

from kb.formats.tables.column import Column, Table
from kb.formats.tables.row import Cell, Node, Row, address, joined, names, say, text, value, walk
from kb.formats.tables.shared import HERE, ID, LAST, OF_CLAIM, aspect, quote_of
from kb.values import vocabulary
from kb.values.origins import is_counted

PART = f"{HERE}/claims/{ID}#evidence-3"


class _Item(NamedTuple):
    """A piece of evidence as the rule of counting reads it."""

    stance: str
    grade: str
    quote_state: str
    origin: str
    aspect: str


def counts(node: Node) -> bool:
    """Whether it is among the seen evidence of its claim."""
    keys = ("stance", "sourceGrade", "quoteState", "origin", "aspect")
    return is_counted(_Item(*(node[key] for key in keys)))


def _cited(key: str) -> Cell:
    """Of the source, in the words that stand in the edition of the claim."""

    def cell(row: Row) -> object:
        found = row.cited[row.node["target"]["source"]].get(key)
        return say(found) if isinstance(found, dict) else found

    return cell


def _position(end: str) -> Cell:
    def cell(row: Row) -> object:
        selectors = row.node["target"].get("selector", ())
        return next((one[end] for one in selectors if one["@type"] == "TextPositionSelector"), None)

    return cell


def _quoted(key: str) -> Cell:
    return lambda row: quote_of(row.node["target"]).get(key)


def _aspect(key: str) -> Cell:
    def cell(row: Row) -> object:
        found = walk(aspect(row, row.node["aspect"]), (key,))
        return say(found) if isinstance(found, dict) else found

    return cell


def _aspect_verdict(row: Row) -> object:
    judged = row.entity["assessment"]["aspectVerdicts"]
    return next((one["verdict"] for one in judged if one["aspect"] == row.node["aspect"]), None)


def _rows(record: Row) -> Iterable[Row]:
    return map(record.part, record.node.get("evidence", ()))


_WHAT = (
    Column("aspect", "part of the claim that it bears on", _aspect("code"), "year", required=True),
    Column("aspect_label", "that part in words", _aspect("label"), "in 2018"),
    Column("aspect_main", "whether the verdict on the claim rests on that part", _aspect("main"), "true", "yes_or_no"),
    Column("aspect_verdict", "our verdict on that part", _aspect_verdict, "contradicted", "word", vocabulary.VERDICT),
    Column("stance", "what the passage does to that part", value("stance"), "contradicts", "word", vocabulary.STANCE,
           required=True),
    Column("counts", "whether it is one of seen_evidence: seen, not grade X, and for, against or qualifying",
           lambda row: counts(row.node), "true", "yes_or_no", required=True),
    Column("quote", "exact words of the passage; empty where nobody here read it", _quoted("exact"),
           "opened in May 2019", quoted=True),
    Column("quote_lang", "language of the quote", _quoted("language"), "en", "language"),
    Column("translation", "the quote in our translation", text("translation"), "opened in May 2019", quoted=True),
    Column("quote_state", "how the quote is known", value("quoteState"), "verified", "word", vocabulary.QUOTE_STATE,
           required=True),
    Column("start", "where the quote begins in the text of record", _position("start"), "1042", "integer",
           unit="Unicode code points"),
    Column("end", "where it ends; the character there is not part of it", _position("end"), "1060", "integer",
           unit="Unicode code points"),
    Column("text_sha256", "SHA-256 of the text in which it was found", value("target", "textSha256"), "9f2c" * 16,
           "digest"),
    Column("source_address", "page of the source", address("target", "source"), f"{HERE}/sources/8kdw95pb2", "address",
           required=True),
    Column("source_title", "its title", names("target", "source"), "Budget of the town, 2019", quoted=True,
           required=True),
    Column("source_publisher", "its publisher as printed", _cited("citedPublisher"), "Town of Example"),
    Column("source_author", "its author as printed", _cited("citedAuthor"), "Carla Example"),
    Column("source_published", "when it came out", _cited("citedDate"), "2019-05", "edtf", required=True),
    Column("source_url", "where it can be read", _cited("citedUrl"), "https://town.example/budget", "address"),
    Column("source_grade", "grade of the source, for this use", value("sourceGrade"), "A", "word", vocabulary.GRADE,
           required=True),
    Column("source_grade_reason", "why this grade", text("sourceGradeReason"), "Record of the office itself.",
           required=True),
    Column("origin_address", "page of the origin: where the information first came from", address("origin"),
           f"{HERE}/origins/27vttftd1", "address", required=True),
    Column("origin", "what the information goes back to", names("origin"), "The town’s own account",
           required=True),
    Column("strength", "how far the passage goes", value("strength"), "strong", "word", vocabulary.STRENGTH),
    Column("strength_reason", "why so far", text("strengthReason"), "It names the day."),
    Column("explains_addresses", "other evidence of the claim that it explains",
           joined("explains"), f"{HERE}/claims/{ID}#evidence-1", "addresses"),
    Column("note", "note of the desk", text("note"), "The same page was changed in June."),
    Column("external_ids", "ids in other collections, parted by a space", joined("externalIds"), "seed:E12"),
)  # fmt: skip
EVIDENCE = Table(
    name="evidence",
    title="Evidence",
    holds="One row for each passage of a source that bears on a part of a claim.",
    key="address",
    columns=(
        Column("address", "this piece of evidence", value("@id"), PART, "address", required=True),
        *OF_CLAIM,
        *_WHAT,
        *LAST,
    ),
    rows=_rows,
    leads={"claim_address": ("claims", "address"), "source_address": ("sources", "address")},
)
